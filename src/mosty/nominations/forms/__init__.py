"""What is entered for calls, nominations and imports. Forms never save."""
