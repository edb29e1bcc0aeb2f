"""What may change with calls, nominations and imports, and in what state."""
