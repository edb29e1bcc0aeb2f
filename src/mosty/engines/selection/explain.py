"""Why somebody who could have had a seat has none."""

from mosty.engines.selection.collision import collision
from mosty.engines.selection.limits import named_limits
from mosty.engines.selection.optimum import Optimum
from mosty.engines.selection.outcome import NamedLimit, Reason

MOST_TYPES = 400


def reasons(found: Optimum, possible: set[int], *, explain: bool) -> dict[int, Reason]:
    """
    Return for each type the reason of its people who got no seat.

    Forces one more of the type in and solves again, once for each type that no
    optimal cohort seats; not if ``explain`` is false or these are more than
    ``MOST_TYPES``.
    """
    known = {t: Reason("drawn_later") for t in possible}
    unsure = [
        t
        for t, type_ in enumerate(found.pool.types)
        if t not in possible and type_.floor < len(type_.codes)
    ]
    if not explain or len(unsure) > MOST_TYPES:
        return known | dict.fromkeys(unsure, Reason("not_explained"))
    return known | {t: _reason(found, t) for t in unsure}


def _reason(found: Optimum, t: int) -> Reason:
    number, value = found.best_with(t)
    if value is None:
        problem = found.pool.problem
        # Must-ins sit first, so she is one whom the cohort does not owe a seat.
        her = next(c for c in found.pool.types[t].codes if c not in problem.must_in)
        wanted = [NamedLimit("must_in", {"code": her})]
        colliding = collision(found.pool, named_limits(problem), wanted=wanted)
        return Reason("limit", limits=colliding)
    change = {"before": found.stages[number].value, "after": value}
    if number == 0:
        return Reason("fewer_seats", change)
    return Reason("would_harm", {"priority": number, **change})
