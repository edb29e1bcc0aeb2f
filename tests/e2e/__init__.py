"""Tests that walk the product in a real browser."""
