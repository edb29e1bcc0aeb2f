"""Mosty's part of the measurement: its data, its files, its counts of queries."""
