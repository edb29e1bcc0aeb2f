"""What a survey came to, as far as it may be shown. Pure: rows in, JSON out."""
