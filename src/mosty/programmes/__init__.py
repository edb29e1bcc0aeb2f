"""Programmes with their partners, courses and sessions."""
