"""Calls, their rules in words, nominations and the import of lists."""
