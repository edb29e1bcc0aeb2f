"""
Action plans of cities: drafted on course day, signed off, and followed for a year.

A plan belongs to a city. What was signed off and what was answered never changes.
docs/adr/0023-action-plans.md, docs/how-to/action-plans.md.
"""
