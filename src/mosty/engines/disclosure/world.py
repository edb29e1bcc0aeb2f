"""What readers know: numbers put in, the rest split into groups that hang together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mosty.engines.disclosure.errors import BadTables
from mosty.engines.disclosure.programme import Group
from mosty.engines.disclosure.system import System

LIMITLESS = 2**62


@dataclass
class World:
    """
    All that readers know of the columns of a system.

    Three arrays of whole numbers, one for each column: ``known`` has each number that is
    published, -1 where there is none; ``low`` and ``high`` bound the others. ``cap`` is
    where a number without limit is cut off: far beyond all that is published, and on the
    side of caution, since cutting off possible worlds only makes an interval narrower.
    """

    system: System
    known: np.ndarray
    low: np.ndarray
    high: np.ndarray
    cap: int


def world_of(system: System, values: Sequence[int | None]) -> World:
    """Return the world in which the first columns have these ``values``, None: unknown."""
    known = np.full(system.width, -1, dtype=np.int64)
    for column, value in enumerate(values):
        if value is not None:
            known[column] = value
    cap = max(10**7, 20 * int(known.max(initial=0)))
    low = np.zeros(system.width, dtype=np.int64)
    high = np.full(system.width, cap, dtype=np.int64)
    return World(system, known, low, high, cap)


def groups(world: World) -> Iterator[Group]:
    """
    Yield the unknown columns in groups, published numbers put into their rows.

    :raises BadTables: if a row without unknowns does not hold.
    """
    known = world.known
    columns, factors, lows, highs, sources, lengths = [], [], [], [], [], []
    for row in world.system.rows:
        own = np.array(row.columns, dtype=np.int64)
        factor = np.array(row.factors, dtype=np.int64)
        numbers = known[own]
        shown = numbers >= 0
        moved = int((factor[shown] * numbers[shown]).sum())
        low = -LIMITLESS if row.low is None else row.low - moved
        high = LIMITLESS if row.high is None else row.high - moved
        if shown.all():
            if low > 0 or high < 0:
                raise BadTables("contradiction", about=row.source)
            continue
        columns.append(own[~shown])
        factors.append(factor[~shown])
        lengths.append(int((~shown).sum()))
        lows.append(low)
        highs.append(high)
        sources.append(row.source)
    yield from _split(
        world,
        columns,
        factors,
        np.array(lows, dtype=np.int64),
        np.array(highs, dtype=np.int64),
        sources,
    )


def _split(
    world: World,
    columns: Sequence[np.ndarray],
    factors: Sequence[np.ndarray],
    lows: np.ndarray,
    highs: np.ndarray,
    sources: Sequence[str],
) -> Iterator[Group]:
    parent = np.arange(world.system.width)

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = int(parent[one])
        return one

    for own in columns:
        first = root(int(own[0]))
        for other in own[1:]:
            parent[root(int(other))] = first
    rows_of: dict[int, list[int]] = {}
    for row, own in enumerate(columns):
        rows_of.setdefault(root(int(own[0])), []).append(row)
    members: dict[int, list[int]] = {}
    for column in np.flatnonzero(world.known < 0):
        members.setdefault(root(int(column)), []).append(int(column))
    place = np.zeros(world.system.width, dtype=np.int64)
    for top, own_columns in members.items():
        rows = rows_of.get(top, [])
        own = np.array(own_columns, dtype=np.int64)
        place[own] = np.arange(len(own))
        parts = [columns[row] for row in rows]
        start = np.concatenate(([0], np.cumsum([len(part) for part in parts])))
        nothing = np.zeros(0, dtype=np.int64)
        yield Group(
            columns=own,
            low=world.low[own],
            high=world.high[own],
            start=start.astype(np.int64),
            index=place[np.concatenate(parts)] if parts else nothing,
            factor=np.concatenate([factors[row] for row in rows]) if rows else nothing,
            row_low=np.maximum(lows[rows], -LIMITLESS),
            row_high=np.minimum(highs[rows], LIMITLESS),
            sources=[sources[row] for row in rows],
        )
