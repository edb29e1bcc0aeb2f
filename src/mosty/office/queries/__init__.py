"""What pages that join several apps need to know."""
