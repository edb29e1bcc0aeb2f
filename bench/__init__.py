"""
What Mosty takes, beside what others take: ``make bench``, or one of them by its name.

A bench is a package of this one, named in :data:`bench.benches.NAMES`. Its ``goals`` say
what is promised (``TITLE``, ``GOALS``) and hold it against what was measured
(``rows``); its ``run`` measures (``run``). All else is here: each runs in a process of
its own, what it found is kept in ``bench/results`` with its date and machine, and one
table in the documentation is made of all of them.
"""
