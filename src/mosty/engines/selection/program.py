"""
Integer programmes, solved by HiGHS and believed only after exact arithmetic.

The one module that knows the solver. All data are integers and are kept here as
well; each answer is rounded and put into every row in integer arithmetic. What
stays the solver's word is that nothing better exists; its bound is compared.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import highspy
import numpy as np

from mosty.engines.errors import SolverFailed
from mosty.engines.selection.highs import must, new_model, numbers, sides, solve

# What a row stands for, such as ("organisation_most", "krakow").
Name = tuple[str | int, ...]

# The gap is closed fully, and the tolerance is far below what integers of our size
# could lose.
OPTIONS = {
    "mip_rel_gap": 0.0,
    "mip_feasibility_tolerance": 1e-9,
    "primal_feasibility_tolerance": 1e-9,
}
ROUNDING = 1e-4
IMPOSSIBLE = {
    highspy.HighsModelStatus.kInfeasible,
    # Every column is bounded, so "unbounded or infeasible" is the latter.
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """
    An integer point that keeps every row, its objective, and the best possible.

    ``point`` has a number for each column; ``bound`` is ``value``, since that is proven.
    """

    point: tuple[int, ...]
    value: int
    bound: int


@dataclass(slots=True)
class Row:
    """``lower`` <= the sum of ``terms`` (column -> factor) <= ``upper``; its name."""

    terms: dict[int, int]
    lower: int | None
    upper: int | None
    name: Name


class Program:
    """A growing integer programme: bounded integer columns and two-sided rows."""

    def __init__(self) -> None:
        self._highs = new_model(**OPTIONS)
        self._bounds: list[tuple[int, int]] = []
        self._rows: list[Row] = []

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows, in order of their numbers."""
        return tuple(self._rows)

    @property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """The least and the greatest value of each column."""
        return tuple(self._bounds)

    def add_column(self, lower: int, upper: int) -> int:
        """Add an integer from ``lower`` to ``upper``; return its number."""
        column = len(self._bounds)
        self._bounds.append((lower, upper))
        must(self._highs.addVar(lower, upper))
        must(self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger))
        return column

    def add_row(
        self,
        terms: Mapping[int, int],
        lower: int | None,
        upper: int | None,
        name: Name = (),
    ) -> int:
        """Ask for ``lower`` <= the sum of ``terms`` <= ``upper``; return its number."""
        self._rows.append(Row(dict(terms), lower, upper, name))
        must(
            self._highs.addRow(
                *sides(lower, upper),
                len(terms),
                np.fromiter(terms.keys(), np.int32, len(terms)),
                np.fromiter(terms.values(), np.float64, len(terms)),
            )
        )
        return len(self._rows) - 1

    def set_bounds(self, column: int, lower: int, upper: int) -> None:
        """Let a column, from 0, be an integer from ``lower`` to ``upper``."""
        self._bounds[column] = (lower, upper)
        must(self._highs.changeColBounds(column, lower, upper))

    def set_row(self, row: int, lower: int | None, upper: int | None) -> None:
        """Let a row, from 0, ask for ``lower`` to ``upper``; None is no side."""
        self._rows[row].lower, self._rows[row].upper = lower, upper
        must(self._highs.changeRowBounds(row, *sides(lower, upper)))

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Undo at the end all columns, rows and bounds set inside the block."""
        bounds = list(self._bounds)
        before = [(row.lower, row.upper) for row in self._rows]
        try:
            yield
        finally:
            must(self._highs.deleteRows(*numbers(len(before), len(self._rows))))
            must(self._highs.deleteCols(*numbers(len(bounds), len(self._bounds))))
            del self._rows[len(before) :], self._bounds[len(bounds) :]
            for row, (lower, upper) in enumerate(before):
                if (lower, upper) != (self._rows[row].lower, self._rows[row].upper):
                    self.set_row(row, lower, upper)
            for column, (lower, upper) in enumerate(bounds):
                if (lower, upper) != self._bounds[column]:
                    self.set_bounds(column, lower, upper)

    def maximise(self, terms: Mapping[int, int]) -> Answer | None:
        """
        Return a point with the greatest sum of ``terms``, or None if there is none.

        ``terms`` are column -> factor. Exact: checked in integers, proven by the bound.

        :raises SolverFailed: if HiGHS's answer does not check, or is not proven best.
        """
        return self._optimise(terms, sign=1)

    def minimise(self, terms: Mapping[int, int]) -> Answer | None:
        """
        Return a point with the least sum of ``terms``, or None if there is none.

        :raises SolverFailed: as :meth:`maximise`.
        """
        return self._optimise(terms, sign=-1)

    def any_point(self) -> tuple[int, ...] | None:
        """
        Return some point that keeps every row, or None if there is none.

        :raises SolverFailed: if HiGHS's answer does not check.
        """
        answer = self._optimise({}, sign=1)
        return None if answer is None else answer.point

    def _optimise(self, terms: Mapping[int, int], sign: int) -> Answer | None:
        columns = len(self._bounds)
        costs = np.zeros(columns)
        for column, coefficient in terms.items():
            costs[column] = -sign * coefficient
        if columns:
            must(self._highs.changeColsCost(*numbers(0, columns), costs))
        # Mostly a corner of the linear programme is whole already, which is known soon.
        for relaxed in (True, False):
            found = self._run(relaxed=relaxed)
            if found is None:
                return None
            point, best = found
            value = sum(factor * point[column] for column, factor in terms.items())
            fault = self._breaks(point)
            if fault is None and sign * best == value:
                return Answer(point, value, sign * best)
        if fault is not None:
            raise SolverFailed(f"HiGHS's answer does not check: {fault}")
        raise SolverFailed(f"value {value} is not proven: the bound is {sign * best}")

    def _run(self, *, relaxed: bool) -> tuple[tuple[int, ...], int] | None:
        """
        Return a point, rounded, and the best value of any, or None if there is none.

        ``relaxed`` asks for no whole numbers, so that rounding may spoil the point.
        """
        if not self._bounds:
            return ((), 0) if self._breaks(()) is None else None
        must(self._highs.setOptionValue("solve_relaxation", relaxed))
        solve(self._highs)
        status = self._highs.getModelStatus()
        if status in IMPOSSIBLE:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverFailed(f"HiGHS ended with {status}")
        values = self._highs.getSolution().col_value
        point = tuple(round(number) for number in values)
        # HiGHS minimises, so its bound is mirrored back; the best whole number cannot
        # lie beyond the bound rounded inwards.
        info = self._highs.getInfo()
        bound = info.objective_function_value if relaxed else info.mip_dual_bound
        return point, math.floor(-bound + ROUNDING)

    def _breaks(self, point: tuple[int, ...]) -> str | None:
        for column, (lower, upper) in enumerate(self._bounds):
            if not lower <= point[column] <= upper:
                return f"column {column}"
        for number, row in enumerate(self._rows):
            total = sum(factor * point[column] for column, factor in row.terms.items())
            if row.lower is not None and total < row.lower:
                return f"row {number}"
            if row.upper is not None and total > row.upper:
                return f"row {number}"
        return None
