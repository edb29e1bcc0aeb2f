"""
The interval in which readers can place each unknown number.

A linear programme gives bounds that hold for certain. They are exact where the solver's
point is a world of whole numbers, checked in whole numbers; such points also speak for
all other cells at once. Only where the point is broken are whole numbers asked for.
Intervals of suppressed cells: Fischetti & Salazar, Management Science 47 (2001), 2.1.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mosty.engines.disclosure.errors import BadTables
from mosty.engines.disclosure.programme import NEAR, Group, Programme
from mosty.engines.disclosure.world import World, groups

SECONDS = 5.0
# Groups with fewer cells are asked cell by cell at once.
SWEEP_FROM = 8
SWEEPS_IN_VAIN = 3


@dataclass(frozen=True, slots=True)
class Interval:
    """
    Where a number can lie: ``low`` to ``high``, both possible.

    Without ``exact`` the true interval is this one or wider, ``narrow`` aside: then
    ``low`` and ``high`` hold for certain, and what is inside may be less. ``high`` is
    ``None`` where there is no limit. ``because`` has the equations that bind it.
    """

    low: int
    high: int | None
    exact: bool
    narrow: bool
    because: tuple[str, ...] = ()


def intervals(
    world: World, widths: Mapping[int, int], *, exact: bool, seconds: float = SECONDS
) -> dict[int, Interval]:
    """
    Return the interval of each column in ``widths``, which has the width it needs.

    With ``exact`` every interval is worked out; else only until each is known to be
    wide enough. Columns that are published have the interval of one number.

    :raises BadTables: if no whole numbers fit what is published.
    """
    found: dict[int, Interval] = {}
    for column, width in widths.items():
        value = int(world.known[column])
        if value >= 0:
            found[column] = Interval(value, value, True, width > 0)
    for group in groups(world):
        asked = [
            (place, int(column), widths[int(column)])
            for place, column in enumerate(group.columns)
            if int(column) in widths
        ]
        if asked:
            found |= _Search(world, group, seconds).run(asked, exact=exact)
        elif len(group.row_low):
            # Nobody asks, but what cannot be must not be published.
            _first(Programme(group), group)
    return found


class _Search:
    """What is known so far of one group: worlds seen, bounds proven."""

    def __init__(self, world: World, group: Group, seconds: float) -> None:
        self.world = world
        self.group = group
        self.seconds = seconds
        self.linear = Programme(group)
        size = len(group.columns)
        self.least = np.full(size, np.iinfo(np.int64).max)
        self.most = np.full(size, -1)
        self._base: np.ndarray | None = None

    def run(
        self, asked: list[tuple[int, int, int]], *, exact: bool
    ) -> dict[int, Interval]:
        self._note(_first(self.linear, self.group))
        if not exact:
            self._sweep(asked)
        found: dict[int, Interval] = {}
        for place, column, width in asked:
            if not exact and self._seen(place) >= width:
                continue
            found[column] = self._interval(place, width, exact=exact)
        for place, column, _ in asked:
            if column not in found:
                found[column] = self._told(
                    int(self.least[place]), int(self.most[place]), exact=False
                )
        return found

    def _sweep(self, asked: list[tuple[int, int, int]]) -> None:
        """
        Find worlds that differ in as many cells at once as can be.

        Each looks up or down, at random, from every cell that is not open enough yet,
        and no farther than it takes, so that one cell leaves room for the others. The
        draws are the same each time.
        """
        base = self._world()
        if base is None or len(asked) < SWEEP_FROM:
            return
        places = np.array([place for place, _, _ in asked])
        widths = np.array([width for _, _, width in asked])
        reach = 3 * int(widths.max())
        low = np.maximum(self.group.low, base - reach)
        high = np.minimum(self.group.high, base + reach)
        near = Programme(self.group)
        near.between(low, high)
        draw = np.random.default_rng(len(places))
        tired = 0
        before = len(places)
        while tired < SWEEPS_IN_VAIN:
            narrow = self.most[places] - self.least[places] < widths
            left = places[narrow]
            tired = tired + 1 if len(left) > 0.98 * before else 0
            before = len(left)
            if not len(left):
                return
            signs = draw.choice((-1, 1), size=len(left))
            if not self._note(near.far(left, signs)):
                whole = Programme(self.group, whole=True, seconds=self.seconds)
                whole.between(low, high)
                self._note(whole.far(left, signs))

    def _world(self) -> np.ndarray | None:
        """Return a world of whole numbers, if one is found in time."""
        if self._base is None:
            whole = Programme(self.group, whole=True, seconds=4 * self.seconds)
            self._note(whole.far(np.zeros(0, dtype=np.int32), np.zeros(0)))
        return self._base

    def _interval(self, place: int, width: int, *, exact: bool) -> Interval:
        low, below = self._bound(place, greatest=False)
        if not exact and self._seen(place) >= width:
            least, most = int(self.least[place]), int(self.most[place])
            return self._told(least, most, exact=False)
        high, above = self._bound(place, greatest=True)
        because = tuple(self.group.sources[row] for row in sorted({*below, *above}))
        if exact or (high - low >= width and self._seen(place) < width):
            low, high = self._exactly(place, low, high, width, exact=exact)
        seen = self._seen(place)
        if not exact and seen >= width:
            low, high = int(self.least[place]), int(self.most[place])
        reached = bool(self.least[place] == low and self.most[place] == high) and (
            exact or seen < width
        )
        if high - low >= width and seen < width:
            # Neither shown nor refuted in time: on the side of caution.
            if seen < 0:
                return Interval(low, high, False, True, because)
            low, high = int(self.least[place]), int(self.most[place])
        narrow = high - low < width
        told = self._told(low, high, exact=reached)
        return Interval(
            told.low, told.high, told.exact, narrow, because if narrow else ()
        )

    def _bound(self, place: int, *, greatest: bool) -> tuple[int, tuple[int, ...]]:
        answer = self.linear.best(place, greatest=greatest)
        if answer is None:
            raise BadTables("contradiction", about=self.group.sources[0])
        self._note(answer.point)
        if greatest:
            return math.floor(answer.bound + NEAR), answer.rows
        return math.ceil(answer.bound - NEAR), answer.rows

    def _exactly(
        self, place: int, low: int, high: int, width: int, *, exact: bool
    ) -> tuple[int, int]:
        """Return the bounds for whole numbers, asked for only where not seen yet."""
        if self.most[place] < high:
            enough = None
            if not exact and self._seen(place) >= 0:
                enough = int(self.least[place]) + width
            high = self._whole(place, high, enough, greatest=True)
        if self.least[place] > low and (exact or self._seen(place) < width):
            enough = None
            if not exact and self._seen(place) >= 0:
                enough = int(self.most[place]) - width
            low = self._whole(place, low, enough, greatest=False)
        return low, high

    def _whole(
        self, place: int, bound: int, enough: int | None, *, greatest: bool
    ) -> int:
        # A new one each time: a basis is of no use here, and the clock starts anew.
        whole = Programme(self.group, whole=True, seconds=self.seconds)
        answer = whole.best(place, greatest=greatest, enough=enough)
        if answer is None:
            raise BadTables("contradiction", about=self.group.sources[0])
        self._note(answer.point)
        if not math.isfinite(answer.bound):
            return bound
        if greatest:
            return min(bound, math.floor(answer.bound + NEAR))
        return max(bound, math.ceil(answer.bound - NEAR))

    def _note(self, point: np.ndarray | None) -> bool:
        """Keep what a point says of every column, if it is a world of whole numbers."""
        if point is None:
            return False
        near = np.rint(point)
        if np.abs(point - near).max(initial=0) > NEAR:
            return False
        whole = near.astype(np.int64)
        if not self.group.holds(whole):
            return False
        self._base = whole if self._base is None else self._base
        np.minimum(self.least, whole, out=self.least)
        np.maximum(self.most, whole, out=self.most)
        return True

    def _seen(self, place: int) -> int:
        """Return the widest distance between two worlds seen, -1 if none was."""
        if self.most[place] < 0:
            return -1
        return int(self.most[place] - self.least[place])

    def _told(self, low: int, high: int, *, exact: bool) -> Interval:
        limit = None if high >= self.world.cap else high
        return Interval(low, limit, exact, False)


def _first(linear: Programme, group: Group) -> np.ndarray:
    """Return one point; refuse what no numbers can be."""
    point = linear.far(np.zeros(0, dtype=np.int32), np.zeros(0))
    if point is None:
        about = group.sources[0] if group.sources else ""
        raise BadTables("contradiction", about=about)
    return point
