"""The public site, and the home pages that join several apps."""
