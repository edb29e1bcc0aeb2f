"""Runs of the selection, their sign-off, offers and the reserve list."""
