"""
Information points for migrants: what was asked, by whom in numbers, never by name.

A point belongs to a city. An operator, often a contracted organisation, runs it for a
time; what it recorded stays with the point. docs/how-to/consultations.md.
"""
