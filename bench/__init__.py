"""
Measures Mosty beside a peer and beside a floor: ``make bench``.

All three run on one machine, on one PostgreSQL, with 10,000 rows each, in one run. The
peer is pretalx; the floor is a bare Django project (``bench/floor``).
"""
