"""Delivering a course: for now, its roster and sign-in sheets."""
