"""Tags of this app's own pages."""
