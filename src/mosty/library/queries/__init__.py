"""What the library's pages show."""
