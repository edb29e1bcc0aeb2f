"""
The fairest odds: level by level, from the smallest up.

Odds are averages over cohorts, so all that a lottery can give form a convex set.
In a convex set the leximin optimum is found by raising everybody together until
somebody can rise no further (she is then fixed), and going on with the others. Each
halt is proven by multipliers of the rows: a weighted sum of counts that no cohort
exceeds, in which only people with these odds or smaller ones have weights. What is
fair here, and why: Flanigan and others, Nature 596 (2021).

The rows describe the cohorts without asking for whole numbers, so the odds found
here are at least as fair as those of any lottery; ``hull`` shows that one gives them,
or finds a row that was missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import highspy
import numpy as np
from numpy.typing import NDArray

from mosty.engines.errors import SolverFailed
from mosty.engines.selection.highs import INFINITY, must, new_model, sides, solve
from mosty.engines.selection.lottery.exact import Ints, null_vector
from mosty.engines.selection.program import Name, Row

SMALL = 1e-9
# What exact odds and those of the solver may differ.
NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Level:
    """
    Types that can rise no further than ``odds``, and why.

    ``proof`` gives rows by name and whole multipliers: positive ones use a row's upper
    side, negative ones its lower side. The sum is a row that bounds their counts.
    """

    odds: Fraction
    types: tuple[int, ...]
    proof: tuple[tuple[Name, int], ...]


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels from the smallest odds up, and each type's odds."""

    levels: tuple[Level, ...]
    odds: tuple[Fraction, ...]


class Ascent:
    """
    The linear programme that raises everybody's odds.

    Column 0 is the common rise; the others say how far a type's odds lie above it
    (above her fixed odds, once she is fixed), and the auxiliary columns follow.

    ``sizes`` are the people of each type, ``certain`` the types that are seated in any
    case, ``bounds`` those of the auxiliary columns.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        sizes: Sequence[int],
        certain: Sequence[int],
        bounds: Sequence[tuple[int, int]],
    ) -> None:
        self._sizes = np.array(sizes, dtype=np.int64)
        self._count = len(sizes)
        self._aux = np.array(bounds, dtype=np.int64).reshape(-1, 2)
        self._certain = np.zeros(self._count, dtype=bool)
        self._certain[list(certain)] = True
        self._rising = ~self._certain
        self._odds = [Fraction(int(one)) for one in self._certain]
        self._near = self._certain.astype(np.float64)  # the same, rounded
        self._names: list[Name] = []
        self._lower: list[int | None] = []
        self._upper: list[int | None] = []
        width = self._count + len(self._aux)
        self._factors: Ints = np.zeros((0, width), dtype=np.int64)
        self._model = new_model(presolve="off")
        must(self._model.addCol(-1.0, 0.0, 2.0, 0, *_nothing()))
        for one in self._certain:
            must(self._model.addVar(0.0, 0.0 if one else INFINITY))
        for lower, upper in self._aux:
            must(self._model.addVar(float(lower), float(upper)))
        self._add([row for row in rows if row.terms])

    def run(self, *, first: bool = False) -> Levels:
        """
        Return the levels; with ``first`` none after the first that is above zero.

        Types beyond it then keep its odds, which is what they have at least. At most as
        many linear programmes as there are types, usually a few.

        :raises SolverFailed: if an answer does not check.
        """
        found = []
        while self._rising.any():
            rise, over, prices = self._solve()
            if len(over):
                # Nobody's odds exceed 1; the rows that say so come when needed.
                self._add(
                    [
                        Row({int(t): 1}, None, int(self._sizes[t]), ("people", int(t)))
                        for t in over
                    ]
                )
                continue
            level = self._level(rise, -prices)
            self._fix(level)
            found.append(level)
            if first and level.odds > 0:
                rest = np.nonzero(self._rising)[0].tolist()
                self._fix(Level(level.odds, tuple(rest), ()))
        return Levels(tuple(found), tuple(self._odds))

    def _add(self, rows: Sequence[Row]) -> None:
        block = np.zeros((len(rows), self._factors.shape[1]), dtype=np.int64)
        for number, row in enumerate(rows):
            block[number, list(row.terms)] = list(row.terms.values())
            self._names.append(row.name)
            self._lower.append(row.lower)
            self._upper.append(row.upper)
        start = len(self._factors)
        self._factors = np.vstack([self._factors, block])
        for number in range(start, len(self._factors)):
            values = self._scaled(number)
            where = np.nonzero(values)[0]
            rise = values[: self._count][self._rising].sum()
            indices = np.concatenate(([0], where + 1)).astype(np.int32)
            factors = np.concatenate(([rise], values[where])).astype(np.float64)
            must(
                self._model.addRow(*self._sides(number), len(indices), indices, factors)
            )

    def _scaled(self, number: int) -> Ints:
        """Return a row's factors per odds of a type and per auxiliary column."""
        values: Ints = self._factors[number].copy()
        values[: self._count] *= self._sizes
        return values

    def _sides(self, number: int) -> tuple[float, float]:
        spent = float(self._scaled(number)[: self._count] @ self._near)
        lower, upper = sides(self._lower[number], self._upper[number])
        return lower - spent, upper - spent

    def _solve(self) -> tuple[float, NDArray[np.intp], NDArray[np.float64]]:
        solve(self._model)
        if self._model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise SolverFailed("the odds could not be raised")
        solution = self._model.getSolution()
        columns = np.array(solution.col_value)
        odds = self._near + columns[1 : self._count + 1] + columns[0] * self._rising
        known = {name[1] for name in self._names if name[0] == "people"}
        over = [t for t in np.nonzero(odds > 1 + SMALL)[0] if t not in known]
        return columns[0], np.array(over, dtype=np.intp), np.array(solution.row_dual)

    def _level(self, rise: float, prices: NDArray[np.float64]) -> Level:
        largest = np.abs(prices).max(initial=0.0)
        used = np.nonzero(np.abs(prices) > SMALL * largest)[0]
        if not len(used):
            raise SolverFailed("nothing keeps the odds from rising")
        multipliers = self._multipliers(prices, used, largest)
        factors = self._factors[used].astype(object)
        weights = np.array(multipliers, dtype=object) @ factors
        bound = sum(
            times * _side(times, self._lower[row], self._upper[row])
            for times, row in zip(multipliers, used.tolist(), strict=True)
        )
        for column, (lower, upper) in enumerate(self._aux.tolist(), self._count):
            bound -= min(weights[column] * lower, weights[column] * upper)
        types = [t for t in np.nonzero(self._rising)[0].tolist() if weights[t] > 0]
        spent = sum(
            Fraction(int(weights[t]) * int(self._sizes[t])) * self._odds[t]
            for t in range(self._count)
            if not self._rising[t] and weights[t]
        )
        some = [t for t in range(self._count) if not self._certain[t]]
        if not types or any(weights[t] < 0 for t in some):
            raise SolverFailed("the proof of a level has a weight below zero")
        risen = sum(int(weights[t] * self._sizes[t]) for t in types)
        odds = Fraction(bound - spent) / risen
        if abs(float(odds) - rise) > NEAR:
            raise SolverFailed(f"a level's odds are {float(odds)}, not {rise}")
        proof = zip((self._names[row] for row in used), multipliers, strict=True)
        return Level(odds, tuple(types), tuple(proof))

    def _multipliers(
        self,
        prices: NDArray[np.float64],
        used: NDArray[np.intp],
        largest: float,
    ) -> list[int]:
        """Return the exact prices of the rows in use, up to scale."""
        if len(used) == 1:
            return [1 if prices[used[0]] > 0 else -1]
        weights = prices @ self._factors
        balanced = np.abs(weights) < SMALL * largest * len(used) * 10
        balanced[: self._count] &= ~self._certain
        # A price system at a corner is the only one with these weights at zero.
        equations = {*map(tuple, self._factors[used][:, balanced].T.tolist())}
        found = null_vector(np.array(sorted(equations)).reshape(-1, len(used)))
        if found is None:
            shares = prices[used] / np.abs(prices[used]).max()
            nearest = [Fraction(float(s)).limit_denominator(5040) for s in shares]
            scale = int(np.lcm.reduce([one.denominator for one in nearest]))
            found = [int(one * scale) for one in nearest]
        first = next(i for i, times in enumerate(found) if times)
        if found[first] * prices[used[first]] < 0:
            found = [-times for times in found]
        return found

    def _fix(self, level: Level) -> None:
        for t in level.types:
            self._odds[t] = level.odds
            self._near[t] = float(level.odds)
            self._rising[t] = False
        touched = self._factors[:, list(level.types)].any(axis=1)
        for number in np.nonzero(touched)[0].tolist():
            rise = self._scaled(number)[: self._count][self._rising].sum()
            must(self._model.changeCoeff(number, 0, float(rise)))
            must(self._model.changeRowBounds(number, *self._sides(number)))


def _side(times: int, lower: int | None, upper: int | None) -> int:
    side = upper if times > 0 else lower
    if side is None:
        raise SolverFailed("a proof uses a side that a row does not have")
    return side


def _nothing() -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    return np.array([], dtype=np.int32), np.array([], dtype=np.float64)
