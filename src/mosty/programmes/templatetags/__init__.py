"""Tags for texts in several languages."""
