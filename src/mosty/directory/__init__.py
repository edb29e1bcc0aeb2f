"""Places, organisations, people and what is known of them, with dates and sources."""
