"""What the pages of information points show."""
