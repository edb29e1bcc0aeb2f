"""Plain files: people as CSV, rules as TOML, quotas in the field's two conventions."""
