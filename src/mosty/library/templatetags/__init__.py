"""How the library's pages show citations, frames and courses."""
