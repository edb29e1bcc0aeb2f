"""Questions about who takes part, and how: one file for each noun."""
