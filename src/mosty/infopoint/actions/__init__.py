"""What may change at an information point, and in what state."""
