"""What may change of figures."""
