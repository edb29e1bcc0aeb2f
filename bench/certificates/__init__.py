"""Measures certificates beside WeasyPrint."""
