"""Filters for the pages of the selection."""
