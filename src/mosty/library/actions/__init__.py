"""What may change in the library, and in which state."""
