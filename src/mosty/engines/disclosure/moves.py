"""
From one world to the nearest others in which a number is what it has to be.

The smallest change of all numbers together touches few of them: some dozen that form a
closed line through the tables, each up or down by the same. Such a change is nearly
always one of whole numbers, whereas the farthest point in many directions nearly never
is; and from where nothing has changed yet it takes the dual simplex method as many steps
as there are numbers on the line. Where it is broken, whole numbers are asked for among
the few that it touches.
"""

import highspy
import numpy as np

from mosty.engines.disclosure.programme import FAR, INF, NEAR, Group, Programme
from mosty.engines.errors import SolverFailed

# A change that is not whole is mended among so many numbers at most.
MENDED_MOST = 400
MENDING_SECONDS = 0.2


class Moves:
    """
    Worlds near ``base``, which is one of ``group``: n whole numbers, one a column.

    Columns of the programme: how much each number rises, and how much it falls.
    """

    def __init__(self, group: Group, base: np.ndarray) -> None:
        self._group, self._base = group, base
        size = len(base)
        self._most = np.concatenate((group.high - base, base - group.low)).astype(float)
        sums = np.add.reduceat(group.factor * base[group.index], group.start[:-1])
        lengths = np.diff(group.start)
        rows = np.repeat(np.arange(len(lengths)), lengths)
        both = np.argsort(np.concatenate((rows, rows)), kind="stable")
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = 2 * size, len(lengths)
        lp.col_cost_ = np.ones(2 * size)
        lp.col_lower_ = np.zeros(2 * size)
        lp.col_upper_ = self._most
        lp.row_lower_ = np.where(
            group.row_low < -FAR, -INF, (group.row_low - sums).astype(float)
        )
        lp.row_upper_ = np.where(
            group.row_high > FAR, INF, (group.row_high - sums).astype(float)
        )
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = (2 * group.start).astype(np.int32)
        index = np.concatenate((group.index, group.index + size))[both]
        lp.a_matrix_.index_ = index.astype(np.int32)
        factor = np.concatenate((group.factor, -group.factor))[both]
        lp.a_matrix_.value_ = factor.astype(float)
        model = highspy.Highs()  # type: ignore[no-untyped-call]  # as the library is
        model.silent()
        model.setOptionValue("threads", 1)
        model.setOptionValue("presolve", "off")
        model.setOptionValue("solver", "simplex")
        model.setOptionValue("simplex_strategy", 1)
        model.passModel(lp)
        self._model = model

    def to(self, place: int, value: int) -> np.ndarray | None:
        """
        Return a point near the base in which the number at ``place`` is ``value``.

        A point has a number for each of the group's n columns, ``place`` is one of
        them, from 0. ``None`` if there is none. It may be broken, but none is nearer:
        the sum of all changes is the least. One linear programme of 2n columns.
        """
        size = len(self._base)
        step = value - int(self._base[place])
        own, other = (place, place + size) if step > 0 else (place + size, place)
        if abs(step) > self._most[own]:
            return None
        model = self._model
        model.changeColBounds(own, float(abs(step)), float(abs(step)))
        model.changeColBounds(other, 0.0, 0.0)
        # From the base itself, where no number has moved: every cost is positive there.
        model.setBasis()
        model.run()
        solved = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        found = np.array(model.getSolution().col_value) if solved else None
        for one in (own, other):
            model.changeColBounds(one, 0.0, float(self._most[one]))
        if found is None:
            return None
        point: np.ndarray = self._base + found[:size] - found[size:]
        return point

    def mended(self, place: int, point: np.ndarray) -> np.ndarray | None:
        """
        Return a point of whole numbers that differs where ``point`` does, if any.

        It has at ``place``, from 0, what ``point`` has there, rounded.
        """
        moved = np.abs(point - self._base) > NEAR
        for free in (moved, self._around(moved)):
            if free.sum() > MENDED_MOST:
                return None
            part = self._group.part(free, self._base)
            low = part.low.copy()
            high = part.high.copy()
            own = int(np.count_nonzero(free[:place]))
            low[own] = high[own] = round(float(point[place]))
            whole = Programme(part, whole=True, seconds=MENDING_SECONDS)
            whole.between(low, high)
            try:
                answer = whole.any()
            except SolverFailed:
                return None
            if answer is not None and answer.point is not None:
                world = self._base.astype(float)
                world[free] = answer.point
                return world
        return None

    def _around(self, moved: np.ndarray) -> np.ndarray:
        """Return the numbers that stand in an equation with some that have moved."""
        group = self._group
        touched = np.add.reduceat(moved[group.index], group.start[:-1]) > 1
        free = moved.copy()
        free[group.index[np.repeat(touched, np.diff(group.start))]] = True
        return free
