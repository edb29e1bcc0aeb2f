"""
Imports of lists: what a table says, what taking it over would do, and its pages.

``columns`` names what can be read, ``vocabulary`` and ``cities`` understand single
cells, ``rows`` whole ones, ``plan`` holds them against rules and nominations,
``sentences`` says the result, ``pages`` shows it.
"""
