"""Pages of maps and agreements. Those of a map stand behind an account and behind a link."""
