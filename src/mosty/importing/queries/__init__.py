"""What a file says, what taking it over would do, and what pages show of both."""
