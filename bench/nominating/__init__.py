"""Calls and nominations, beside pretalx and bare Django, with 10,000 rows each."""
