"""
What a city knows of its partners: maps of stakeholders, and agreements with them.

A map belongs to a city; what it thinks of others never leaves it. docs/adr/0026.
"""
