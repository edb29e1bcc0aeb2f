"""
Hiding what else is needed, where the audit finds a number given away.

For each such cell a linear programme looks for the cheapest other world in which the
cell is larger by what it needs; whatever differs there is hidden as well. This is the
heuristic step of Kelly, Golden & Assad, Networks 22 (1992), as in Fischetti & Salazar
(2001), 4; what is hidden already costs nothing, so the cells help one another.
"""

from collections.abc import Collection, Mapping, Sequence

import highspy
import numpy as np

from mosty.engines.disclosure.programme import INF, NEAR
from mosty.engines.disclosure.system import System


class Finisher:
    """
    The programme over all cells of ``system`` that may be hidden.

    Columns: how much each number rises, how much it falls; and what nobody has counted:
    persons by all traits, and what only statements speak of. ``values`` has the others.
    What is hidden in one question is free of cost in the next.
    """

    def __init__(
        self,
        system: System,
        values: Sequence[int],
        costs: Mapping[int, int],
        fixed: Collection[int],
        lowest: int,
    ) -> None:
        count = len(values)
        true = np.array(values, dtype=np.int64)
        may = (true > 0) | (lowest == 0)
        may[list(fixed)] = False
        self._cells = np.flatnonzero(may)
        self._place = np.full(system.width, -1, dtype=np.int64)
        self._place[self._cells] = np.arange(len(self._cells))
        self._risen, self._fallen = np.zeros(count), np.zeros(count)
        self._cap = 20 * max(10**5, int(true.max(initial=0)))
        self._model = highspy.Highs()  # type: ignore[no-untyped-call]  # as it is
        self._model.silent()
        self._model.setOptionValue("threads", 1)
        self._model.setOptionValue("presolve", "off")
        self._model.setOptionValue("solver", "simplex")
        self._model.setOptionValue("simplex_strategy", 1)
        self._model.passModel(self._programme(system, true, costs, lowest))

    def _programme(
        self, system: System, true: np.ndarray, costs: Mapping[int, int], lowest: int
    ) -> highspy.HighsLp:
        size, count = len(self._cells), len(true)
        uncounted = system.width - count
        starts, index, factors, lows, highs = [0], [], [], [], []
        for row in system.rows:
            level = 0
            for column, factor in zip(row.columns, row.factors, strict=True):
                if column >= count:
                    index.append(2 * size + column - count)
                    factors.append(factor)
                    continue
                level += factor * int(true[column])
                place = int(self._place[column])
                if place >= 0:
                    index += [place, size + place]
                    factors += [factor, -factor]
            if len(index) == starts[-1]:
                continue
            starts.append(len(index))
            lows.append(-INF if row.low is None else row.low - level)
            highs.append(INF if row.high is None else row.high - level)
        lp = highspy.HighsLp()
        cost = np.array([float(costs.get(int(i), 1)) for i in self._cells])
        down = np.maximum(true[self._cells] - lowest, 0).astype(float)
        self._down = down
        free = np.full(uncounted, float(self._cap))
        lp.num_col_ = 2 * size + uncounted
        lp.num_row_ = len(lows)
        lp.col_cost_ = np.concatenate((cost, cost, np.zeros(uncounted)))
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.col_upper_ = np.concatenate((np.full(size, float(self._cap)), down, free))
        lp.row_lower_ = np.array(lows, dtype=float)
        lp.row_upper_ = np.array(highs, dtype=float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(index, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(factors, dtype=float)
        return lp

    def hidden(self, columns: Collection[int]) -> None:
        """Note that these are hidden: to change them costs nothing any more."""
        places = self._place[np.array(sorted(columns), dtype=np.int64)]
        places = places[places >= 0].astype(np.int32)
        both = np.concatenate((places, places + len(self._cells)))
        self._model.changeColsCost(
            len(both), both.astype(np.int32), np.zeros(len(both))
        )

    def partners(self, column: int, need: int) -> frozenset[int] | None:
        """
        Return what differs in the cheapest world where ``column`` is larger by ``need``.

        ``None`` if there is none: then hiding more does not help.
        """
        model, place = self._model, int(self._place[column])
        if place < 0:
            return None
        # It rises for good: rising and falling at once would change nothing.
        fall = place + len(self._cells)
        model.changeColBounds(place, float(need), float(self._cap))
        model.changeColBounds(fall, 0.0, 0.0)
        # From where nothing has moved: as many steps as numbers that have to.
        model.setBasis()
        model.run()
        solved = model.getModelStatus() == highspy.HighsModelStatus.kOptimal
        point = np.array(model.getSolution().col_value) if solved else None
        model.changeColBounds(place, 0.0, float(self._cap))
        model.changeColBounds(fall, 0.0, float(self._down[place]))
        if point is None:
            return None
        size = len(self._cells)
        moved = point[:size] - point[size : 2 * size]
        own = self._cells
        self._risen[own] = np.maximum(self._risen[own], moved)
        self._fallen[own] = np.minimum(self._fallen[own], moved)
        return frozenset(own[np.abs(moved) > NEAR].tolist())

    def open(self, column: int, need: int) -> bool:
        """Test if worlds that were found already differ by ``need`` in ``column``."""
        return bool(self._risen[column] - self._fallen[column] >= need - NEAR)
