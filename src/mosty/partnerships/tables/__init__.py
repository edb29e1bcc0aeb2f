"""
Maps as tables, in the column names of mapping tools: one of actors, one of ties.

:mod:`.columns` names them, :mod:`.writing` makes them, :mod:`.reading` reads one from a
sheet, :mod:`.planning` says what would change. What was written, read again, changes
nothing. Words in cells are codes, the same in every language; people's words are read
as well.
"""
