"""
The interval in which readers can place each unknown number.

A linear programme gives bounds that hold for certain. They are exact where the solver's
point is a world of whole numbers, checked in whole numbers; such points also speak for
all other cells at once. Where two of them differ enough nothing else is asked: so other
worlds near one that is known come first, bounds after them, and whole numbers are asked
for last, where the point is broken.
Intervals of suppressed cells: Fischetti & Salazar, Management Science 47 (2001), 2.1.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mosty.engines.disclosure.errors import BadTables
from mosty.engines.disclosure.moves import Moves
from mosty.engines.disclosure.programme import NEAR, Group, Programme
from mosty.engines.disclosure.seen import Seen
from mosty.engines.disclosure.world import World, groups

SECONDS = 5.0
# Groups with fewer cells are asked cell by cell at once.
WALK_FROM = 8
# For the first world of a group: without one nothing else can be shown.
WORLD_SECONDS = 20.0
# From so many cells on a linear programme alone takes longer than it helps.
LARGE = 10_000
NO_WORLD = "no world of whole numbers was found in time"


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
    world: World,
    widths: Mapping[int, int],
    *,
    exact: bool,
    seconds: float = SECONDS,
    seen: Seen | None = None,
) -> dict[int, Interval]:
    """
    Return the interval of each column in ``widths``, which has the width it needs.

    With ``exact`` every interval is worked out; else only until each is known to be
    wide enough. Columns that are published have the interval of one number. The search
    begins with the worlds that were ``seen``, and adds those that it finds.

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
            search = _Search(world, group, seconds, seen or Seen())
            found |= search.run(asked, exact=exact)
        elif len(group.row_low):
            # Nobody asks, but what cannot be must not be published.
            _first(Programme(group), group)
    return found


class _Search:
    """What is known so far of one group: worlds seen, bounds proven."""

    def __init__(self, world: World, group: Group, seconds: float, seen: Seen) -> None:
        self.world = world
        self.group = group
        self.seconds = seconds
        self.seen = seen
        self.linear = Programme(group)
        size = len(group.columns)
        self.least = np.full(size, np.iinfo(np.int64).max)
        self.most = np.full(size, -1)
        self._base: np.ndarray | None = None

    def run(
        self, asked: list[tuple[int, int, int]], *, exact: bool
    ) -> dict[int, Interval]:
        for one in tuple(self.seen.among(self.group.columns)):
            self._note(one, keep=False)
        if self._base is None and (exact or len(self.least) < LARGE):
            self._note(_first(self.linear, self.group))
        if not exact and len(asked) >= WALK_FROM:
            if self._world() is None:
                return {column: self._unknown(place) for place, column, _ in asked}
            self._walk(asked)
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

    def _walk(self, asked: list[tuple[int, int, int]]) -> None:
        """
        Find worlds near a known one, for each number that is not open enough yet.

        Each opens the other numbers on its way as well, also where it goes the same way
        twice as far, or backwards.
        """
        base = self._world()
        if base is None or not len(self.group.row_low):
            return
        if all(self._seen(place) >= width for place, _, width in asked):
            return
        moves = Moves(self.group, base)
        for place, _, width in asked:
            for rise in (True, False):
                if self._seen(place) >= width:
                    break
                least, most = int(self.least[place]), int(self.most[place])
                point = moves.to(place, least + width if rise else most - width)
                if point is None:
                    continue
                if not self._note(point):
                    point = moves.mended(place, point)
                if point is not None and self._note(point):
                    step = np.rint(point).astype(np.int64) - base
                    for times in (-1, 2):
                        self._note(base + times * step)

    def _world(self) -> np.ndarray | None:
        """Return a world of whole numbers, if one is found in time."""
        if self._base is None:
            seconds = max(WORLD_SECONDS, 4 * self.seconds)
            whole = Programme(self.group, whole=True, seconds=seconds)
            self._note(_first(whole, self.group))
        return self._base

    def _unknown(self, place: int) -> Interval:
        """Return what is certain without any world: on the side of caution, too little."""
        low, high = int(self.group.low[place]), int(self.group.high[place])
        told = self._told(low, high, exact=False)
        return Interval(told.low, told.high, False, True, (NO_WORLD,))

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

    def _note(self, point: np.ndarray | None, *, keep: bool = True) -> bool:
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
        if (whole < self.least).any() or (whole > self.most).any():
            np.minimum(self.least, whole, out=self.least)
            np.maximum(self.most, whole, out=self.most)
            if keep:
                self.seen.add(self.group.columns, whole, self.world.known)
        return True

    def _seen(self, place: int) -> int:
        """Return the widest distance between two worlds seen, -1 if none was."""
        if self.most[place] < 0:
            return -1
        return int(self.most[place] - self.least[place])

    def _told(self, low: int, high: int, *, exact: bool) -> Interval:
        limit = None if high >= self.world.cap else high
        return Interval(low, limit, exact, False)


def _first(programme: Programme, group: Group) -> np.ndarray | None:
    """
    Return one point; refuse what no numbers can be.

    ``None`` where the programme's time was up before.
    """
    answer = programme.any()
    if answer is None:
        about = group.sources[0] if group.sources else ""
        raise BadTables("contradiction", about=about)
    return answer.point
