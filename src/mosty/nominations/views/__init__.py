"""Pages of calls, nominations and imports, by noun."""
