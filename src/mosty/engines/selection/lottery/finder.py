"""
Optimal cohorts in a wanted direction, quickly: by a linear programme and swaps.

A corner of the linear programme is mostly whole; what is not is rounded, and mended
by swapping one person's type for another's. Every cohort is checked in whole
numbers. Where this finds none, the integer programme is asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import highspy
import numpy as np
from numpy.typing import NDArray

from mosty.engines.selection.highs import must, new_model, numbers, sides, solve
from mosty.engines.selection.lottery.exact import Ints
from mosty.engines.selection.model import Balance, Coverage
from mosty.engines.selection.optimum import Optimum
from mosty.engines.selection.program import Name, Row

Floats = NDArray[np.float64]
Range = tuple[int | None, int | None]

# The swaps made to mend one cohort, those weighed for each, the least number of types
# on either side, and how many a rule in need brings forward.
SWAPS, WEIGHED, CHOICE, NEEDED = 30, 2500, 24, 6
WHOLE = 1e-6
FREE = 10**9
# Weights are whole for the integer programme: the greatest of them.
FINE = 5040
AUXILIARY = {"covered", "over", "under", "chord"}


class NoSuchCohort(Exception):
    """No optimal cohort is of the kind that is looked for."""


class Finder:
    """
    Cohorts of one face of the optimal ones.

    ``counts`` gives for each type how many are seated in every cohort wanted, or None;
    ``tight`` names the rows that every cohort wanted meets with equality, with a
    positive number for the upper side. Without both, all optimal cohorts are wanted.
    """

    def __init__(
        self,
        found: Optimum,
        counts: Sequence[int | None],
        tight: Mapping[Name, int],
        cuts: Sequence[Row],
    ) -> None:
        self._found = found
        self._count = len(found.pool)
        self._sizes = np.array([len(one.codes) for one in found.pool.types], dtype=int)
        self.sizes = self._sizes.astype(np.float64)
        self.is_free = [one is None for one in counts]
        self._least = np.array([one or 0 for one in counts], dtype=int)
        self._most = np.where(self.is_free, self._sizes, self._least)
        rows = [_tightened(row, tight) for row in (*found.program.rows, *cuts)]
        self.rows = _merged(rows)
        self._model = self._relaxed()
        self._rules = _Rules(found, self.rows)
        self._extra = [row for row in rows if row.name in tight]
        self._extra += [row for row in cuts if row.name not in tight]

    def narrow(self, least: Ints, most: Ints, ranges: Sequence[Range]) -> None:
        """
        From now on look only among counts from ``least`` to ``most``.

        ``ranges`` are the new sides of ``rows``. Only for :meth:`near`.
        """
        self._least, self._most = least, most
        floats = least.astype(np.float64), most.astype(np.float64)
        must(self._model.changeColsBounds(*numbers(0, self._count), *floats))
        for number, (lower, upper) in enumerate(ranges):
            must(self._model.changeRowBounds(number, *sides(lower, upper)))
        self._rules.narrow(ranges)

    def near(self, weights: Floats) -> Ints | None:
        """Return a cohort of nearly the greatest sum of ``weights``, or None."""
        columns = len(self._found.program.bounds)
        costs = np.zeros(columns)
        costs[: self._count] = -weights
        must(self._model.changeColsCost(*numbers(0, columns), costs))
        solve(self._model)
        if self._model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        corner = np.array(self._model.getSolution().col_value[: self._count])
        counts = np.floor(corner + WHOLE).astype(np.int64)
        rest = corner - counts
        missing = round(float(rest.sum()))
        if missing:
            counts[np.argsort(-rest, kind="stable")[:missing]] += 1
        return self.mended(counts, weights, further=False)

    def mended(
        self, counts: Ints, weights: Floats, *, further: bool = True
    ) -> Ints | None:
        """
        Return ``counts`` after swaps until the rules are kept, or None.

        Swaps that break least come first, of these such that gain most weight. With
        ``further``, swaps that only gain weight follow.
        """
        scale = float(np.abs(weights).max(initial=0.0)) or 1.0
        counts = counts.copy()
        broken = self._rules.broken(counts)
        for _ in range(SWAPS):
            if not broken and not further:
                break
            out, into = self._choice(counts, weights)
            after = self._rules.after_swaps(counts, out, into)
            gain = weights[into][None, :] - weights[out][:, None]
            score = after * (1e3 * scale) - gain
            if not score.size:
                break
            one, other = divmod(int(score.argmin()), len(into))
            now = int(after[one, other])
            if now > broken or (now == broken and gain[one, other] <= 1e-9 * scale):
                break
            counts[out[one]] -= 1
            counts[into[other]] += 1
            broken = now
        return None if broken else counts

    def best(self, weights: Floats) -> tuple[Ints, Ints, int]:
        """
        Return a cohort of the greatest sum of whole weights near ``weights``.

        Returns the cohort, those weights, and their sum, which is proven greatest.

        :raises NoSuchCohort: if there is none at all.
        :raises SolverFailed: if the solver's answer does not check.
        """
        exact = _whole(weights)
        program = self._found.program
        with program.trial():
            for t in range(self._count):
                program.set_bounds(t, int(self._least[t]), int(self._most[t]))
            for row in self._extra:
                program.add_row(row.terms, row.lower, row.upper, row.name)
            answer = program.maximise(
                {t: int(w) for t, w in enumerate(exact.tolist()) if w}
            )
        if answer is None:
            raise NoSuchCohort
        counts = np.array(answer.point[: self._count], dtype=np.int64)
        return counts, exact, answer.value

    def _choice(
        self, counts: Ints, weights: Floats
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return which types may give a seat away, and which may get one."""
        order = np.argsort(weights, kind="stable")
        give = order[counts[order] > self._least[order]]
        take = order[counts[order] < self._most[order]][::-1]
        if len(give) * len(take) <= WEIGHED:
            return give, take
        too_many, too_few = self._rules.wanted(counts)
        out = [give[: max(CHOICE, WEIGHED // len(take))]]
        into = [take[: max(CHOICE, WEIGHED // len(give))]]
        out += [give[row[give] != 0][:NEEDED] for row in too_many]
        into += [take[row[take] != 0][:NEEDED] for row in too_few]
        return _each(out), _each(into)

    def _relaxed(self) -> highspy.Highs:
        """Return the linear programme over all columns."""
        model = new_model(presolve="off", simplex_strategy=4)
        for column, (lower, upper) in enumerate(self._found.program.bounds):
            if column < self._count:
                lower, upper = int(self._least[column]), int(self._most[column])
            must(model.addVar(float(lower), float(upper)))
        for row in self.rows:
            must(
                model.addRow(
                    *sides(row.lower, row.upper),
                    len(row.terms),
                    np.fromiter(row.terms.keys(), np.int32, len(row.terms)),
                    np.fromiter(row.terms.values(), np.float64, len(row.terms)),
                )
            )
        return model


class _Rules:
    """How far counts are from keeping all rows, for many counts at once."""

    def __init__(self, found: Optimum, rows: Iterable[Row]) -> None:
        size = len(found.pool)
        own: list[Ints] = []
        lower: list[int] = []
        upper: list[int] = []
        stages = {
            ("stage", number)
            for number, priority in enumerate(found.pool.problem.priorities, 1)
            if isinstance(priority, Coverage | Balance)
        }
        # Where each of our rows stands among those given.
        self._places: list[int] = []
        for place, row in enumerate(rows):
            if row.name[0] in AUXILIARY or row.name in stages or not row.terms:
                continue
            self._places.append(place)
            own.append(_dense(row.terms, size))
            lower.append(-FREE if row.lower is None else row.lower)
            upper.append(FREE if row.upper is None else row.upper)
        self._plain = len(own)
        self._lower = np.array(lower, dtype=np.int32)
        self._upper = np.array(upper, dtype=np.int32)
        self._spread: list[tuple[slice, Coverage | Balance, int]] = []
        for number, priority in enumerate(found.pool.problem.priorities, 1):
            if isinstance(priority, Coverage | Balance):
                start = len(own)
                groups = found.pool.by_value(priority.attribute).values()
                own += [_dense(dict.fromkeys(types, 1), size) for types in groups]
                value = found.stages[number].value
                self._spread.append((slice(start, len(own)), priority, value))
        self._factors = np.array(own, dtype=np.int32).reshape(len(own), size)
        self._people = found.size

    def narrow(self, ranges: Sequence[Range]) -> None:
        """Take the new sides of the rows given at first."""
        for number, place in enumerate(self._places):
            lower, upper = ranges[place]
            self._lower[number] = -FREE if lower is None else lower
            self._upper[number] = FREE if upper is None else upper

    def broken(self, counts: Ints) -> int:
        """Return by how much ``counts`` break the rules, 0 if they keep them."""
        return int(self._breach(self._factors @ counts))

    def after_swaps(
        self, counts: Ints, out: NDArray[np.intp], into: NDArray[np.intp]
    ) -> Ints:
        """Return the same for each swap of one of ``out`` for one of ``into``."""
        sums = self._factors @ counts.astype(np.int32)
        without = sums[None, :] - self._factors[:, out].T
        return self._breach(without[:, None, :] + self._factors[:, into].T[None, :, :])

    def wanted(self, counts: Ints) -> tuple[list[Ints], list[Ints]]:
        """Return the rows with too many, and those with too few."""
        sums = self._factors @ counts
        plain = sums[: self._plain]
        over = list(np.nonzero(plain > self._upper)[0])
        under = list(np.nonzero(plain < self._lower)[0])
        for part, priority, _ in self._spread:
            numbers_of = np.arange(part.start, part.stop)
            share = (
                1 if isinstance(priority, Coverage) else self._people // len(numbers_of)
            )
            under += list(numbers_of[sums[part] < share])
            over += list(numbers_of[sums[part] > max(share, 1)])
        return [self._factors[r] for r in over], [self._factors[r] for r in under]

    def _breach(self, sums: Ints) -> Ints:
        plain = sums[..., : self._plain]
        found: Ints = np.maximum(0, plain - self._upper).sum(-1)
        found = found + np.maximum(0, self._lower - plain).sum(-1)
        for part, priority, value in self._spread:
            each = sums[..., part]
            if isinstance(priority, Coverage):
                found = found + np.maximum(0, value - np.minimum(each, 1).sum(-1))
            else:
                k = each.shape[-1]
                off = np.abs(k * each - self._people).sum(-1)
                found = found + np.maximum(0, off - value)
        return found


def _tightened(row: Row, tight: Mapping[Name, int]) -> Row:
    times = tight.get(row.name, 0)
    if not times:
        return row
    side = row.upper if times > 0 else row.lower
    return Row(row.terms, side, side, row.name)


def _merged(rows: Iterable[Row]) -> list[Row]:
    """Return the rows with those of the same terms made one."""
    found: dict[frozenset[tuple[int, int]], Row] = {}
    for row in rows:
        key = frozenset(row.terms.items())
        if key not in found:
            found[key] = Row(row.terms, row.lower, row.upper, row.name)
            continue
        known = found[key]
        lowers = [one for one in (known.lower, row.lower) if one is not None]
        uppers = [one for one in (known.upper, row.upper) if one is not None]
        known.lower = max(lowers, default=None)
        known.upper = min(uppers, default=None)
    return list(found.values())


def _dense(terms: Mapping[int, int], size: int) -> Ints:
    row = np.zeros(size, dtype=np.int64)
    row[list(terms)] = list(terms.values())
    return row


def _each(types: Sequence[NDArray[np.intp]]) -> NDArray[np.intp]:
    """Return each type once, in order."""
    return np.array(sorted({*np.concatenate(types).tolist()}), dtype=np.intp)


def _whole(weights: Floats) -> Ints:
    """Return small whole weights in the proportions of ``weights``, or near them."""
    if not weights.any():
        return np.zeros(len(weights), dtype=np.int64)
    shares = weights / np.abs(weights).max()
    denominators: dict[int, int] = defaultdict(int)
    for share in {*np.round(shares, 9).tolist()}:
        denominators[Fraction(share).limit_denominator(60).denominator] += 1
    scale = int(np.lcm.reduce([*denominators, 1]))
    if scale > FINE or np.abs(shares * scale - np.rint(shares * scale)).max() > WHOLE:
        scale = FINE
    found: Ints = np.rint(shares * scale).astype(np.int64)
    return found
