"""Pages of the back office that join several apps."""
