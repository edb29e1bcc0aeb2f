"""What is typed into the library's pages; nothing here saves."""
