"""
Cohorts whose average gives wanted odds exactly, or a row that shows there are none.

Column generation (Flanigan and others 2021). A persistent linear programme weighs the
cohorts known so far and pays for what the odds miss; its prices say in which
direction a further cohort would help. The first cohorts are made one by one, each for
those whom the ones before left furthest behind. The weights are then solved for in
exact arithmetic.
"""

import math
from collections.abc import Sequence
from fractions import Fraction

import highspy
import numpy as np

from mosty.engines.errors import SolverFailed
from mosty.engines.selection.highs import INFINITY, must, new_model, solve
from mosty.engines.selection.lottery import exact
from mosty.engines.selection.lottery.exact import Ints
from mosty.engines.selection.lottery.finder import Finder, Floats
from mosty.engines.selection.lottery.mixture import Mixture
from mosty.engines.selection.program import Row
from mosty.engines.selection.watch import Watch

# What the odds may miss before a cohort more is looked for, in people.
MISSED = 1e-9
# The cohorts in use that are bent towards the prices, in each round.
BENT = 6
WEIGHTLESS = 1e-12
# Corners tried before giving up, and the cohorts added for each.
ATTEMPTS, WISHES = 20, 20
# Multiples of it spread evenly over 0 to 1.
GOLDEN = 0.6180339887498949


def mix(
    finder: Finder,
    expected: Sequence[Fraction],
    watch: Watch,
    *,
    or_more: bool = False,
) -> Mixture | Row:
    """
    Return cohorts with ``expected`` counts on average, or a row that rules them out.

    ``expected`` gives one number for each type, in people; with ``or_more`` the
    average may be greater. The row holds for the cohorts that ``finder`` looks among.

    :raises NoSuchCohort: if there are none.
    :raises SolverFailed: if no exact weights are found.
    """
    master = _Master(expected, finder.is_free, or_more=or_more)
    master.add(finder.best(np.zeros(len(expected)))[0])
    _begin(master, finder, np.array([float(e) for e in expected]), watch)
    while True:
        missed, prices, constant = master.solve()
        watch.step("cohorts", len(master.cohorts))
        if missed < MISSED:
            return _settled(master, finder, expected, watch)
        bent = [master.cohorts[number] for number in master.heaviest(BENT)]
        tried = [finder.near(prices), *(finder.mended(one, prices) for one in bent)]
        news = [
            counts
            for counts in tried
            if counts is not None and prices @ counts + constant > MISSED
        ]
        added = [master.add(counts) for counts in news]
        if any(added):
            continue
        counts, weights, most = finder.best(prices)
        if sum(int(w) * e for w, e in zip(weights, expected, strict=True) if w) > most:
            terms = {t: int(w) for t, w in enumerate(weights.tolist()) if w}
            return Row(terms, None, most, ("cut",))
        if not master.add(counts):
            raise SolverFailed("the odds cannot be reached nor refuted")


def _settled(
    master: "_Master", finder: Finder, expected: Sequence[Fraction], watch: Watch
) -> Mixture:
    """
    Return the exact weights of cohorts that meet the odds as far as the solver can tell.

    It can tell to about ten digits. Where its corner is no exact one (a weight is
    a little below zero), a corner elsewhere is tried, with some more cohorts.
    """
    for attempt in range(ATTEMPTS):
        mixture = master.exact_mixture()
        if mixture is not None:
            return mixture
        watch.step("cohorts", len(master.cohorts))
        wishes = _wishes(len(expected), attempt)
        for wish in wishes:
            counts = finder.near(wish)
            if counts is not None:
                master.add(counts)
        master.move(attempt)
    raise SolverFailed("the weights of the cohorts do not come out exactly")


def _wishes(types: int, attempt: int) -> Floats:
    """Return some directions that are always the same and favour nobody."""
    turns = np.arange(1, types * WISHES + 1, dtype=np.float64) * (attempt + 1)
    return (turns * GOLDEN % 1.0).reshape(WISHES, types)


def _begin(
    master: "_Master",
    finder: Finder,
    expected: Floats,
    watch: Watch,
) -> None:
    """Add about as many cohorts as there are odds to meet, each for those behind."""
    behind = np.zeros(len(expected))
    each = finder.sizes
    for number in range(master.dimension + 1):
        behind += expected
        counts = finder.near(behind / each)
        if counts is not None:
            behind -= counts
            master.add(counts)
        if number % 16 == 0:
            watch.step("cohorts", number)


class _Master:
    """The linear programme over cohorts; cohorts are added, never built anew."""

    def __init__(
        self, expected: Sequence[Fraction], is_free: Sequence[bool], *, or_more: bool
    ) -> None:
        self._expected = expected
        self._free = np.nonzero(np.array(is_free, dtype=bool))[0]
        self.dimension = len(self._free)
        self._types = len(expected)
        self.cohorts: list[Ints] = []
        self._known: set[bytes] = set()
        self._weights: Floats = np.array([])
        self._beyond: Floats = np.array([])
        self._model = new_model(
            presolve="off",
            simplex_strategy=4,
            primal_feasibility_tolerance=1e-10,
            dual_feasibility_tolerance=1e-10,
        )
        none = (0, np.array([], dtype=np.int32), np.array([]))
        for t in self._free.tolist():
            must(self._model.addRow(float(expected[t]), float(expected[t]), *none))
        must(self._model.addRow(1.0, 1.0, *none))
        # Too little and too much of each, at a price; and of the whole.
        for row in range(self.dimension + 1):
            for sign in (1.0, -1.0):
                where = np.array([row], dtype=np.int32)
                price = 1.0 if row < self.dimension else 100.0
                if or_more and sign < 0 and row < self.dimension:
                    price = 0.0
                must(
                    self._model.addCol(price, 0.0, INFINITY, 1, where, np.array([sign]))
                )

    def add(self, counts: Ints) -> bool:
        """Add a cohort; return False if it is known."""
        key = counts.tobytes()
        if key in self._known:
            return False
        self._known.add(key)
        self.cohorts.append(counts)
        own = counts[self._free]
        where = np.nonzero(own)[0]
        must(
            self._model.addCol(
                0.0,
                0.0,
                INFINITY,
                len(where) + 1,
                np.append(where, self.dimension).astype(np.int32),
                np.append(own[where], 1).astype(np.float64),
            )
        )
        return True

    def solve(self) -> tuple[float, Floats, float]:
        """Return by how much the odds are missed, each type's price, and the constant."""
        solve(self._model)
        if self._model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise SolverFailed("the cohorts could not be weighed")
        solution = self._model.getSolution()
        duals = np.array(solution.row_dual)
        values = np.array(solution.col_value)
        self._weights = values[2 * (self.dimension + 1) :]
        self._beyond = values[1 : 2 * self.dimension : 2]
        prices = np.zeros(self._types)
        prices[self._free] = duals[:-1]
        return self._model.getInfo().objective_function_value, prices, duals[-1]

    def move(self, attempt: int) -> None:
        """Go to another corner of the weights that meet the odds."""
        first = 2 * (self.dimension + 1)
        costs = _wishes(len(self.cohorts), attempt)[0]
        for number, cost in enumerate(costs.tolist()):
            must(self._model.changeColCost(first + number, cost))
        for column in range(first):
            must(self._model.changeColCost(column, 1e6))
        self.solve()

    def heaviest(self, most: int) -> list[int]:
        """Return the numbers of the cohorts with the greatest weights."""
        order = np.argsort(-self._weights, kind="stable")
        return [int(n) for n in order[:most] if self._weights[n] > 0]

    def exact_mixture(self) -> Mixture | None:
        """Return the weights of the last solution, exact, or None if it is not."""
        used = [n for n, weight in enumerate(self._weights) if weight > WEIGHTLESS]
        # Where more than expected comes out, nothing is to be met.
        meets = [*self._free[self._beyond < WEIGHTLESS].tolist(), self._types]
        matrix = np.array([np.append(self.cohorts[n], 1) for n in used]).T[meets]
        unit = math.lcm(*(e.denominator for e in self._expected))
        wanted = [*self._expected, Fraction(1)]
        right = [int(wanted[row] * unit) for row in meets]
        solved = exact.solve(matrix, right, unit)
        if solved is None or min(solved[0]) < 0:
            return None
        weights, total = solved
        return Mixture(
            tuple(
                tuple(self.cohorts[n].tolist())
                for n, weight in zip(used, weights, strict=True)
                if weight
            ),
            tuple(weight for weight in weights if weight),
            total,
        )
