"""Who takes a seat that has become free: the limits, then the priorities as they stand."""

from collections.abc import Collection, Sequence

from mosty.engines.errors import BadProblem
from mosty.engines.selection.collision import collision
from mosty.engines.selection.explain import harm
from mosty.engines.selection.limits import named_limits
from mosty.engines.selection.model import Problem
from mosty.engines.selection.optimum import optimum
from mosty.engines.selection.outcome import NamedLimit, Reason, Replacement
from mosty.engines.selection.types import Types


def replace(
    problem: Problem, seated: Collection[str], reserve: Sequence[str]
) -> Replacement:
    """
    Return who of ``reserve`` is best beside those ``seated``, and why nobody before her.

    A *completion* is a cohort that keeps every limit, in which all those seated sit and
    people of the reserve list have seats still free. The best completions fill the most
    seats and then serve each priority in its turn, each to proven optimum. The first of
    the list who sits in some best completion comes in. Without priorities, the first
    who sits in any.

    Only people seated or on the reserve list count as available, so an organisation
    whose people have all withdrawn no longer has a least number to get. ``must_in``
    binds no more, since must-ins may have withdrawn; nobody in ``must_out`` is taken.
    Nothing is drawn: equals stand on the list as they were drawn.

    :raises BadProblem: if a code is unknown.
    :raises SolverFailed: if the solver's answer does not check.
    """
    seated = frozenset(seated)
    people = {person.code: person for person in problem.candidates}
    for code in (*sorted(seated), *reserve):
        if code not in people:
            raise BadProblem("unknown_code", code=code)
    available = {*seated, *(code for code in reserve if code not in problem.must_out)}
    fits = _Fits(
        Problem(
            candidates=tuple(people[code] for code in available),
            limits=problem.limits,
            priorities=problem.priorities,
            must_in=seated,
        )
    )
    skipped: list[tuple[str, Reason]] = []
    for code in reserve:
        if code in problem.must_out:
            skipped.append((code, Reason("excluded")))
        elif code in seated:
            skipped.append((code, Reason("already_seated")))
        elif why := fits.not_now(code):
            skipped.append((code, why))
        else:
            return Replacement(code, tuple(skipped))
    return Replacement(None, tuple(skipped))


class _Fits:
    """The best completions of those seated, who are the must-ins of ``problem``."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._pool = Types(problem)
        self._found = optimum(self._pool)
        # Limits tell fewer people apart than priorities do.
        self._coarse = Types(Problem(problem.candidates, problem.limits))
        # People of one type have one answer.
        self._harms: dict[int, Reason | None] = {}
        self._collisions: dict[int, Reason] = {}

    def not_now(self, code: str) -> Reason | None:
        """Return why no best completion has her, or None if one has."""
        if self._found is None:
            return self._collision(code)
        t = self._pool.type_of[code]
        if t not in self._harms:
            self._harms[t] = harm(self._found, t)
        why = self._harms[t]
        if why and why.code == "limit":
            return self._collision(code)
        if why and why.code == "fewer_seats" and not self._problem.priorities:
            return None
        return why

    def _collision(self, code: str) -> Reason:
        """Return limits that cannot hold with her; that those seated stay is no limit."""
        t = self._coarse.type_of[code]
        if t not in self._collisions:
            stay = sorted(self._problem.must_in)
            wanted = [NamedLimit("must_in", {"code": c}) for c in (*stay, code)]
            limits = named_limits(self._coarse.problem)
            found = collision(self._coarse, limits, wanted=wanted)
            self._collisions[t] = Reason("limit", limits=found)
        return self._collisions[t]
