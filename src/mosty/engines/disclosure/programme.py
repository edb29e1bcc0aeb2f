"""One group of unknown numbers that hang together, as a programme for HiGHS."""

from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from mosty.engines.errors import SolverFailed

# The solver holds rows to 1e-7; whole numbers are told apart far above that.
NEAR = 1e-5
INF = highspy.kHighsInf
# A side of a row beyond it is no limit.
FAR = 2**61


@dataclass(frozen=True)
class Group:
    """
    Unknown whole numbers and what binds them, nothing of it shared with others.

    Args:
        columns: n columns of the system, of which these are the numbers 0 to n - 1.
        low, high: n bounds, whole, both possible.
        start: m + 1 places: row i has the entries from ``start[i]`` to before
            ``start[i + 1]`` of ``index`` (columns, from 0) and ``factor`` (whole).
        row_low, row_high: m sides; beyond ``FAR`` they are no limit.
        sources: where each of the m rows is published.
    """

    columns: np.ndarray
    low: np.ndarray
    high: np.ndarray
    start: np.ndarray
    index: np.ndarray
    factor: np.ndarray
    row_low: np.ndarray
    row_high: np.ndarray
    sources: Sequence[str]

    def holds(self, point: np.ndarray) -> bool:
        """
        Test, in whole numbers, if ``point`` is one of all possible worlds.

        ``point`` has n whole numbers. Exact, O(entries of the rows).
        """
        if (point < self.low).any() or (point > self.high).any():
            return False
        if not len(self.row_low):
            return True
        sums = np.add.reduceat(self.factor * point[self.index], self.start[:-1])
        return bool((sums >= self.row_low).all() and (sums <= self.row_high).all())

    def part(self, free: np.ndarray, point: np.ndarray) -> "Group":
        """
        Return the group of the numbers that are ``free``, the others as in ``point``.

        ``free`` is n truths, ``point`` n whole numbers. Rows without a free number are
        left out; the sides of the others are less what is fixed.
        """
        lengths = np.diff(self.start)
        rows = np.repeat(np.arange(len(lengths)), lengths)
        inside = free[self.index]
        kept = np.unique(rows[inside])
        fixed = np.where(inside, 0, self.factor * point[self.index])
        moved = np.add.reduceat(fixed, self.start[:-1])[kept]
        place = np.cumsum(free) - 1
        counts = np.add.reduceat(inside.astype(np.int64), self.start[:-1])[kept]
        low, high = self.row_low[kept], self.row_high[kept]
        return Group(
            columns=self.columns[free],
            low=self.low[free],
            high=self.high[free],
            start=np.concatenate(([0], np.cumsum(counts))),
            index=place[self.index[inside]],
            factor=self.factor[inside],
            row_low=np.where(low < -FAR, low, low - moved),
            row_high=np.where(high > FAR, high, high - moved),
            sources=[self.sources[row] for row in kept],
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """
    The best value of a column, a point that has it, and the rows that bind it.

    ``point`` has n numbers, not yet whole; ``rows`` are numbered from 0. Without
    ``proven`` time ran out: nothing is beyond ``bound``, but it may not be reached.
    """

    bound: float
    point: np.ndarray | None
    rows: tuple[int, ...]
    proven: bool


class Programme:
    """
    Least and greatest values of columns of a group, each from the last one's basis.

    One model; from one question to the next only the objective changes, so that the
    basis stays feasible and the primal simplex method goes on from it.
    """

    def __init__(
        self, group: Group, *, whole: bool = False, seconds: float = 0
    ) -> None:
        self._group = group
        self._whole = whole
        self._aimed = np.zeros(0, dtype=np.int32)
        model = highspy.Highs()  # type: ignore[no-untyped-call]  # as the library is
        model.silent()
        model.setOptionValue("threads", 1)
        if whole:
            model.setOptionValue("mip_rel_gap", 0.0)
            model.setOptionValue("mip_abs_gap", 0.5)
            model.setOptionValue("time_limit", seconds)
        else:
            model.setOptionValue("presolve", "off")
            model.setOptionValue("solver", "simplex")
            model.setOptionValue("simplex_strategy", 4)
        model.passModel(_model(group, whole=whole))
        self._model = model

    def best(
        self, column: int, *, greatest: bool, enough: float | None = None
    ) -> Answer | None:
        """
        Return the greatest (or least) value of ``column``, ``None`` if none is possible.

        ``column`` is from 0. With whole numbers the search ends where a value is
        ``enough``, in the unit of the column.

        :raises SolverFailed: if the solver gives no answer.
        """
        sign = -1.0 if greatest else 1.0
        self._aim(np.array([column]), np.array([sign]))
        if enough is not None:
            self._model.setOptionValue("objective_target", sign * enough)
        return self._answer(column, greatest=greatest)

    def any(self) -> Answer | None:
        """
        Return any point, ``None`` if there is none; one without a point if late.

        :raises SolverFailed: if the solver gives no answer.
        """
        self._aim(np.zeros(0, dtype=np.int32), np.zeros(0))
        return self._answer(0, greatest=False)

    def between(self, low: np.ndarray, high: np.ndarray) -> None:
        """Look only at points between ``low`` and ``high``, n numbers each, from now on."""
        size = len(self._group.columns)
        places = np.arange(size, dtype=np.int32)
        self._model.changeColsBounds(
            size, places, low.astype(float), high.astype(float)
        )

    def _aim(self, columns: np.ndarray, costs: np.ndarray) -> None:
        old = self._aimed.astype(np.int32)
        self._model.changeColsCost(len(old), old, np.zeros(len(old)))
        self._model.changeColsCost(len(columns), columns.astype(np.int32), costs)
        self._aimed = columns

    def _answer(self, column: int, *, greatest: bool) -> Answer | None:
        model = self._model
        model.run()
        status = model.getModelStatus()
        kinds = highspy.HighsModelStatus
        if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
            return None
        ended = (kinds.kTimeLimit, kinds.kObjectiveTarget)
        late = self._whole and status in ended
        if status != kinds.kOptimal and not late:
            raise SolverFailed(
                f"The solver ended with {model.modelStatusToString(status)}."
            )
        solution = model.getSolution()
        if self._whole:
            point = np.array(solution.col_value) if solution.value_valid else None
            info = model.getInfo()
            bound = info.mip_dual_bound * (-1 if greatest else 1)
            return Answer(bound, point, (), not late)
        point = np.array(solution.col_value)
        duals = np.array(solution.row_dual)
        rows = tuple(int(row) for row in np.flatnonzero(np.abs(duals) > NEAR))
        return Answer(float(point[column]), point, rows, True)


def _model(group: Group, *, whole: bool) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_ = len(group.columns)
    lp.num_row_ = len(group.row_low)
    lp.col_cost_ = np.zeros(lp.num_col_)
    lp.col_lower_ = group.low.astype(float)
    lp.col_upper_ = group.high.astype(float)
    lp.row_lower_ = np.where(group.row_low < -FAR, -INF, group.row_low.astype(float))
    lp.row_upper_ = np.where(group.row_high > FAR, INF, group.row_high.astype(float))
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = group.start.astype(np.int32)
    lp.a_matrix_.index_ = group.index.astype(np.int32)
    lp.a_matrix_.value_ = group.factor.astype(float)
    if whole:
        lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    return lp
