"""What the pages of plans need."""
