"""
The optimal cohorts: first the most seats, then each priority in its turn.

Each stage is solved to proven optimum and its value is asked for from then on,
so that what remains at the end are exactly the lexicographically best cohorts.
"""

from dataclasses import dataclass

from mosty.engines.errors import SolverFailed
from mosty.engines.selection import check
from mosty.engines.selection.limits import named_limits, program_over
from mosty.engines.selection.model import Balance, Coverage, Memory, Prefer, Priority
from mosty.engines.selection.program import Answer, Program
from mosty.engines.selection.types import Types


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing to make as great, or as small, as possible, and its optimum."""

    terms: dict[int, int]
    smallest: bool
    row: int
    value: int
    bound: int


class Optimum:
    """
    All optimal cohorts of a pool, as a programme over its types.

    ``stages[0]`` is the number of filled seats, ``stages[i]`` the i-th priority.
    ``counts`` is one optimal cohort. Use :func:`optimum` to make one.
    """

    def __init__(self, pool: Types, program: Program) -> None:
        self.pool = pool
        self.program = program
        self.stages: list[Stage] = []
        self.counts: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """The number of filled seats."""
        return self.stages[0].value

    def best_with(self, t: int) -> tuple[int, int | None] | None:
        """
        Return what it costs to seat somebody of type ``t``.

        Returns the first stage that gets worse and the best value it then has (None if
        no cohort keeps the limits), or None if nothing gets worse.
        """
        return self._best(t, 1, len(self.pool.types[t].codes))

    def best_without(self, t: int) -> tuple[int, int | None] | None:
        """Return what it costs to leave one person of type ``t`` out, likewise."""
        return self._best(t, 0, len(self.pool.types[t].codes) - 1)

    def _best(self, t: int, least: int, most: int) -> tuple[int, int | None] | None:
        with self.program.trial():
            self.program.set_bounds(t, least, most)
            for stage in self.stages:
                self.program.set_row(stage.row, None, None)
            for number, stage in enumerate(self.stages):
                answer = _solve(self.program, stage.terms, smallest=stage.smallest)
                if answer is None:
                    return number, None
                if answer.value != stage.value:
                    return number, answer.value
                self.program.set_row(stage.row, stage.value, stage.value)
        return None

    def add_stage(self, terms: dict[int, int], *, smallest: bool) -> bool:
        """Solve one more stage and hold its value; False if there is no cohort."""
        answer = _solve(self.program, terms, smallest=smallest)
        if answer is None:
            return False
        name = ("stage", len(self.stages))
        row = self.program.add_row(terms, answer.value, answer.value, name)
        self.stages.append(Stage(terms, smallest, row, answer.value, answer.bound))
        self.counts = answer.point[: len(self.pool)]
        return True


def optimum(pool: Types) -> Optimum | None:
    """
    Return the optimal cohorts of ``pool``, or None if no cohort keeps the limits.

    :raises SolverFailed: if an answer does not stand up to :mod:`.check`.
    """
    problem = pool.problem
    found = Optimum(pool, program_over(pool, named_limits(problem)))
    if not found.add_stage(dict.fromkeys(range(len(pool)), 1), smallest=False):
        return None
    for priority in problem.priorities:
        terms = _terms(found, priority)
        if not found.add_stage(terms, smallest=isinstance(priority, Balance | Memory)):
            raise SolverFailed("a cohort was found and then lost")
    judge(found, pool.cohort(found.counts))
    return found


def judge(found: Optimum, cohort: list[str]) -> None:
    """Raise :class:`SolverFailed` unless ``cohort`` is lawful and optimal."""
    problem = found.pool.problem
    if faults := check.faults(problem, cohort):
        raise SolverFailed(f"the cohort breaks a limit: {faults[0]}")
    reached = (len(cohort), *check.values(problem, cohort))
    claimed = tuple(stage.value for stage in found.stages)
    if reached != claimed:
        raise SolverFailed(f"the cohort reaches {reached}, not {claimed}")


def _solve(program: Program, terms: dict[int, int], *, smallest: bool) -> Answer | None:
    return program.minimise(terms) if smallest else program.maximise(terms)


def _terms(found: Optimum, priority: Priority) -> dict[int, int]:
    pool = found.pool
    match priority:
        case Prefer(condition):
            return dict.fromkeys(pool.matching(condition), 1)
        case Memory():
            had = {t: priority.had(one.sample) for t, one in enumerate(pool.types)}
            return {t: seats for t, seats in had.items() if seats}
        case Coverage(attribute):
            return dict.fromkeys(_covered(found, attribute), 1)
        case Balance(attribute):
            return dict.fromkeys(_deviations(found, attribute), 1)


def _covered(found: Optimum, attribute: str) -> list[int]:
    """Add for each value a column that can be 1 only if somebody seated has it."""
    program, number = found.program, len(found.stages)
    columns = []
    for value, types in found.pool.by_value(attribute).items():
        column = program.add_column(0, 1)
        # column <= count(value)
        terms = {column: -1, **dict.fromkeys(types, 1)}
        program.add_row(terms, 0, None, ("covered", number, value))
        columns.append(column)
    return columns


def _deviations(found: Optimum, attribute: str) -> list[int]:
    """Add for each of k values a column that is at least |k * count - size|."""
    program, number, size = found.program, len(found.stages), found.size
    by_value = found.pool.by_value(attribute)
    k = len(by_value)
    whole, over = divmod(size, k or 1)
    columns = []
    for value, types in by_value.items():
        column = program.add_column(0, k * size)
        # column >= k * count - size
        terms = {column: 1, **dict.fromkeys(types, -k)}
        program.add_row(terms, -size, None, ("over", number, value))
        # column >= size - k * count
        terms = {column: 1, **dict.fromkeys(types, k)}
        program.add_row(terms, size, None, ("under", number, value))
        # The deviation is convex in the count, so it lies above the chord through
        # (whole, over) and (whole + 1, k - over) at every integer. True anyway,
        # but without this row a fractional count would seem to cost nothing, and
        # the solver would have to try the counts one by one.
        slope = k - 2 * over
        terms = {column: 1, **dict.fromkeys(types, -slope)}
        program.add_row(terms, over - slope * whole, None, ("chord", number, value))
        columns.append(column)
    return columns
