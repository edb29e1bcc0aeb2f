"""Why somebody has a seat in every cohort, in some, or in none."""

from collections.abc import Sequence
from fractions import Fraction

from mosty.engines.errors import SolverFailed
from mosty.engines.selection.collision import collision
from mosty.engines.selection.limits import named_limits
from mosty.engines.selection.optimum import Optimum
from mosty.engines.selection.outcome import NamedLimit, Reason
from mosty.engines.selection.serial import possible_types
from mosty.engines.selection.watch import Watch

MOST_TYPES = 400


def reasons(
    found: Optimum,
    odds: Sequence[Fraction] | None,
    *,
    explain: bool,
    watch: Watch,
) -> dict[int, tuple[Reason, Reason]]:
    """
    Return for each type the reasons of its people with a seat, and without.

    Types that no optimal cohort seats, and those that all seat, are solved for once
    more each, with one person forced in or out; not if ``explain`` is false, or if
    these types are more than ``MOST_TYPES``.

    :raises SolverFailed: if the solver contradicts what it has found before.
    """
    types = found.pool.types
    some = possible_types(found)
    never = [t for t, one in enumerate(types) if t not in some and not one.floor]
    always = [
        t
        for t, one in enumerate(types)
        if odds is not None and odds[t] == 1 and not one.floor
    ]
    asked = {*never, *always} if explain else set()
    if len(asked) > MOST_TYPES:
        asked = set()
    why = {}
    for t, one in enumerate(types):
        watch.step("reasons", t)
        with_seat, without = Reason("drawn"), Reason("not_drawn")
        if one.floor:
            with_seat = Reason("must_in")
        elif t in always:
            with_seat = _certain(found, t) if t in asked else Reason("not_explained")
        elif t in never:
            without = _impossible(found, t) if t in asked else Reason("not_explained")
        why[t] = with_seat, without
    return why


def harm(found: Optimum, t: int) -> Reason | None:
    """
    Return what suffers if somebody of type ``t`` is seated, or None if nothing does.

    Where no cohort keeps the limits with her, ``limit`` names none of them yet.
    """
    changed = found.best_with(t)
    if changed is None:
        return None
    number, value = changed
    if value is None:
        return Reason("limit")
    change = {"before": found.stages[number].value, "after": value}
    if number == 0:
        return Reason("fewer_seats", change)
    return Reason("would_harm", {"priority": number, **change})


def _impossible(found: Optimum, t: int) -> Reason:
    why = harm(found, t)
    if why is None:
        raise SolverFailed("somebody was said to be in no optimal cohort, but is")
    if why.code != "limit":
        return why
    wanted = [NamedLimit("must_in", {"code": found.pool.types[t].codes[0]})]
    limits = named_limits(found.pool.problem)
    return Reason("limit", limits=collision(found.pool, limits, wanted=wanted))


def _certain(found: Optimum, t: int) -> Reason:
    changed = found.best_without(t)
    if changed is None:
        # Cohorts without her exist, but nobody with smaller odds would gain by them.
        return Reason("nobody_gains")
    number, value = changed
    if value is None:
        wanted = [NamedLimit("must_out", {"code": found.pool.types[t].codes[0]})]
        limits = named_limits(found.pool.problem)
        return Reason(
            "limit_without", limits=collision(found.pool, limits, wanted=wanted)
        )
    change = {"before": found.stages[number].value, "after": value}
    if number == 0:
        return Reason("fewer_seats_without", change)
    return Reason("would_harm_without", {"priority": number, **change})
