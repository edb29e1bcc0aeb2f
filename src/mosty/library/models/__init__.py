"""What is always true of practices, their reviews and adoptions, and tools."""
