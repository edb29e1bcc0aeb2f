"""
Figures: one number with its unit, the rule by which it is counted, its day and source.

What an app computes of its own rows is a :class:`mosty.figures.queries.Figure`; what
somebody has published is kept as a cited figure and never mixed with the former.
"""
