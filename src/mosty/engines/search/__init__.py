"""
Search without a database: words, their keys, what was asked, distances, snippets.

No Django, no tables: ``mosty.library`` keeps the index and asks it.
"""
