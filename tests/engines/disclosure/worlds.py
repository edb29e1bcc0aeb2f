"""
All worlds of a few persons, one by one: what readers can know, without any solver.

A world says how many persons there are of each kind (a code in each dimension). What is
published leaves some worlds possible; a number can be what it is in one of them.
"""

from collections.abc import Sequence
from functools import cache
from itertools import product

import numpy as np

from mosty.engines.disclosure import TOTAL, Protected

DIMENSIONS = {"a": ("a1", "a2"), "b": ("b1", "b2"), "c": ("c1", "c2")}
KINDS = tuple(product(*DIMENSIONS.values()))


@cache
def worlds(kinds: int, most: int) -> np.ndarray:
    """Return every world with these kinds and at most so many persons."""
    if kinds == 1:
        return np.arange(most + 1)[:, None]
    parts = []
    for first in range(most + 1):
        rest = worlds(kinds - 1, most - first)
        parts.append(np.column_stack((np.full(len(rest), first), rest)))
    return np.concatenate(parts)


def counts(every: np.ndarray, table: Protected, codes: Sequence[str], tree=None):
    """Return the number that a cell has in each world."""
    chosen = np.ones(len(KINDS), dtype=bool)
    for dimension, code in [*zip(table.dimensions, codes, strict=True), *table.where]:
        place = list(DIMENSIONS).index(dimension)
        below = {code, *(c for c, up in (tree or {}).items() if up == code)}
        chosen &= np.array([code == TOTAL or kind[place] in below for kind in KINDS])
    return every[:, chosen].sum(axis=1)


def ranges(tables: Sequence[Protected], most: int, *, positive=True, tree=None):
    """Return the least and greatest number of each hidden cell: {(table, codes): ...}."""
    every = worlds(len(KINDS), most)
    for table in tables:
        for codes, cell in table.cells.items():
            numbers = counts(every, table, codes, tree)
            if cell.value is not None:
                every = every[numbers == cell.value]
            elif positive:
                every = every[numbers >= 1]
    return {
        (table.name, codes): (int(numbers.min()), int(numbers.max()))
        for table in tables
        for codes, cell in table.cells.items()
        if cell.value is None
        for numbers in [counts(every, table, codes, tree)]
    }
