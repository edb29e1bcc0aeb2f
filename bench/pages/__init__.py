"""Every page of a large installation: its time, queries and size, and what it costs in memory."""
