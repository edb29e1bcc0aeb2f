"""
The floor: as little Django as shows the same list and stores the same row.

No middleware, no sign-in, no forms, no policy. Its database is a copy of Mosty's, so
tables, rows and indexes are the same.
"""
