"""Settings, root addresses and the command: the only place that knows every app."""
