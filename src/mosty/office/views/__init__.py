"""Pages that join several apps, by noun."""
