"""What may change with runs and offers, and in what state."""
