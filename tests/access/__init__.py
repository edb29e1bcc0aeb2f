"""Every address crossed with every reader, against a written table of who may what."""
