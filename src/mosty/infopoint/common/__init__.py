"""The common code lists, on which cities compare; no tables, no Django."""
