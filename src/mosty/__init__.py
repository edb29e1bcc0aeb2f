"""Mosty runs an inter-agency academy for cities from end to end."""
