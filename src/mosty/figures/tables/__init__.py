"""
Tables that count records: each is defined once and runs on several engines.

A :class:`Table` says what is counted and by what. :mod:`mosty.figures.tables.expression`
makes of it one Ibis expression over named relations; :mod:`mosty.figures.tables.live` runs
that on the installation's own database.
"""

from mosty.figures.tables.definition import (
    UNMAPPED,
    UNSTATED,
    Cell,
    Coding,
    Days,
    Dimension,
    Filter,
    Hierarchy,
    Measure,
    Relation,
    Scope,
    Source,
    Table,
)

__all__ = [
    "UNMAPPED",
    "UNSTATED",
    "Cell",
    "Coding",
    "Days",
    "Dimension",
    "Filter",
    "Hierarchy",
    "Measure",
    "Relation",
    "Scope",
    "Source",
    "Table",
]
