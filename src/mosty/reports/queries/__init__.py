"""What the numbers of a programme are computed from, and what its pages show."""
