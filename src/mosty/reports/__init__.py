"""Reports: what a programme came to, computed from its rows."""
