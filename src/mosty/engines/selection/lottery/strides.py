"""
Few cohorts with exact weights, where the odds are simple.

A walk in whole numbers: of the tickets not yet given out, as many as possible go to
one cohort, as long as what remains could still be shared out by the rows. What remains
is a point of the same polytope, so the walk goes on from there. With one or two levels
of odds it mostly ends after as many cohorts as the odds' denominator; else it may end
in a corner that no whole cohort reaches, and nothing is returned.
"""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from mosty.engines.selection.lottery.exact import Ints
from mosty.engines.selection.lottery.finder import Finder, Range
from mosty.engines.selection.lottery.mixture import Mixture
from mosty.engines.selection.watch import Watch

# Numbers of tickets tried in all, for each type; and one after the other before the
# tries become coarser.
TRIES, FINE_TRIES, COARSEST = 4, 5, 8
# Walks tried, and how much a later one may prefer somebody.
WALKS, TASTE = 16, 0.05
GOLDEN = 0.6180339887498949


def stride(
    finder: Finder, expected: Sequence[Fraction], watch: Watch
) -> Mixture | None:
    """
    Return cohorts with ``expected`` counts on average, or None if all walks got stuck.

    Afterwards ``finder`` is narrowed and of no use for anything else.
    """
    for number in range(WALKS):
        mixture = _walked(_Walk(finder, expected, number), watch)
        if mixture is not None:
            return mixture
    return None


def _walked(walk: "_Walk", watch: Watch) -> Mixture | None:
    tickets = walk.left
    cohorts: list[tuple[int, ...]] = []
    weights: list[int] = []
    while walk.left:
        watch.step("cohorts", len(cohorts))
        step = walk.step()
        if step is None:
            return None
        counts, weight = step
        cohorts.append(tuple(counts.tolist()))
        weights.append(weight)
    return Mixture(tuple(cohorts), tuple(weights), tickets)


class _Walk:
    """What is left to share out: ``left`` tickets, and seats by type in tickets."""

    def __init__(
        self, finder: Finder, expected: Sequence[Fraction], number: int
    ) -> None:
        self._finder = finder
        # Later walks prefer other people a little, always the same ones.
        turns = np.arange(1, len(expected) + 1) * (GOLDEN * (number + 1)) % 1.0
        self._taste = turns * (TASTE * number)
        self._sizes = [int(size) for size in finder.sizes]
        self.left = math.lcm(*(e.denominator for e in expected))
        self._seats = [int(e * self.left) for e in expected]
        self._tries = TRIES * len(self._sizes) + 100
        count = len(self._sizes)
        # Rows with auxiliary columns say nothing of what is left; others do.
        self._plain = [max(row.terms, default=0) < count for row in finder.rows]
        self._terms: list[list[tuple[int, int]]] = [
            list(row.terms.items()) for row in finder.rows
        ]

    def step(self) -> tuple[Ints, int] | None:
        """Give as many tickets as possible to one cohort; None if none can have any."""
        sums = [
            sum(factor * self._seats[t] for t, factor in terms) if plain else 0
            for terms, plain in zip(self._terms, self._plain, strict=True)
        ]
        wanted = np.array([s / self.left for s in self._seats]) / self._finder.sizes
        wanted = wanted + self._taste
        for tickets in self._amounts():
            self._tries -= 1
            if self._tries < 0:
                return None
            narrowed = self._narrowed(tickets, sums)
            if narrowed is None:
                continue
            self._finder.narrow(*narrowed)
            counts = self._finder.near(wanted)
            if counts is not None:
                tickets = max(tickets, self._furthest(counts.tolist(), sums))
                self._give(counts.tolist(), tickets)
                return counts, tickets
        return None

    def _amounts(self) -> Iterator[int]:
        """Yield numbers of tickets after which something is used up, the most first."""
        found = {self.left}
        for seats, size in zip(self._seats, self._sizes, strict=True):
            for rest in (seats, self.left * size - seats):
                found |= {
                    rest // n for n in range(1, size + 1) if rest and not rest % n
                }
        amounts = sorted((a for a in found if a <= self.left), reverse=True)
        place, wide = 0, 1
        while place < len(amounts):
            yield amounts[place]
            place += wide
            wide = 1 if place < FINE_TRIES else min(2 * wide, COARSEST)
        fewer = amounts[-1] // 2
        while fewer:
            yield fewer
            fewer //= 4

    def _narrowed(
        self, tickets: int, sums: Sequence[int]
    ) -> tuple[Ints, Ints, list[Range]] | None:
        """Return what a cohort with so many tickets may be, so that the rest works out."""
        rest = self.left - tickets
        least, most = [], []
        for seats, size in zip(self._seats, self._sizes, strict=True):
            least.append(max(0, -((rest * size - seats) // tickets)))
            most.append(min(size, seats // tickets))
            if least[-1] > most[-1]:
                return None
        ranges: list[Range] = []
        for row, plain, total in zip(self._finder.rows, self._plain, sums, strict=True):
            lower, upper = row.lower, row.upper
            if plain and row.upper is not None:
                own = -((rest * row.upper - total) // tickets)
                lower = own if lower is None else max(lower, own)
            if plain and row.lower is not None:
                own = (total - rest * row.lower) // tickets
                upper = own if upper is None else min(upper, own)
            if lower is not None and upper is not None and lower > upper:
                return None
            ranges.append((lower, upper))
        return np.array(least), np.array(most), ranges

    def _furthest(self, counts: Sequence[int], sums: Sequence[int]) -> int:
        """Return the most tickets with which the rest still works out."""
        found = [self.left]
        for seats, size, count in zip(self._seats, self._sizes, counts, strict=True):
            if count:
                found.append(seats // count)
            if size > count:
                found.append((self.left * size - seats) // (size - count))
        for number, row in enumerate(self._finder.rows):
            if not self._plain[number]:
                continue
            own = sum(factor * counts[t] for t, factor in self._terms[number])
            if row.upper is not None and row.upper > own:
                room = self.left * row.upper - sums[number]
                found.append(room // (row.upper - own))
            if row.lower is not None and own > row.lower:
                room = sums[number] - self.left * row.lower
                found.append(room // (own - row.lower))
        return min(found)

    def _give(self, counts: Sequence[int], tickets: int) -> None:
        self.left -= tickets
        for t, count in enumerate(counts):
            self._seats[t] -= tickets * count
