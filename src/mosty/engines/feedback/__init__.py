"""Feedback: changes of pairs, and what a set of shown sums gives away. No Django."""
