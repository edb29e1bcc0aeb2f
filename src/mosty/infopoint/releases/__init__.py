"""A point's year as a release: what is counted for it, in which words."""
