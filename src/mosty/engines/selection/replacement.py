"""Who takes a seat that has become free, without breaking any limit."""

from collections.abc import Collection, Sequence

from mosty.engines.selection.collision import collision
from mosty.engines.selection.errors import BadProblem
from mosty.engines.selection.limits import named_limits
from mosty.engines.selection.model import Problem
from mosty.engines.selection.outcome import NamedLimit, Reason, Replacement
from mosty.engines.selection.types import Types


def replace(
    problem: Problem, seated: Collection[str], reserve: Sequence[str]
) -> Replacement:
    """
    Return the first of ``reserve`` with whom the limits hold or can still hold.

    That is: beside those ``seated``, her, and further people of the reserve list
    on seats still free, some cohort keeps every limit. Only people seated or on
    the reserve list count as available, so an organisation whose people have all
    withdrawn no longer has a least number to get. ``must_in`` binds no more, since
    must-ins may have withdrawn; nobody in ``must_out`` is taken.

    :raises BadProblem: if a code is unknown.
    """
    seated = frozenset(seated)
    people = {person.code: person for person in problem.candidates}
    for code in (*sorted(seated), *reserve):
        if code not in people:
            raise BadProblem("unknown_code", code=code)
    available = {*seated, *(code for code in reserve if code not in problem.must_out)}
    pool = Types(
        Problem(
            candidates=tuple(people[code] for code in available),
            limits=problem.limits,
        )
    )
    limits = named_limits(pool.problem)
    skipped: list[tuple[str, Reason]] = []
    for code in reserve:
        if code in problem.must_out:
            skipped.append((code, Reason("excluded")))
        elif code in seated:
            skipped.append((code, Reason("already_seated")))
        else:
            fixed = [NamedLimit("must_in", {"code": c}) for c in (*seated, code)]
            if not (colliding := collision(pool, limits, wanted=fixed)):
                return Replacement(code, tuple(skipped))
            skipped.append((code, Reason("limit", limits=colliding)))
    return Replacement(None, tuple(skipped))
