"""Who comes in for a seat that falls free, by the rules and as everything stands now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mosty.engines.selection import BadProblem, SolverFailed, replace
from mosty.engines.selection.result_json import reason_to_json
from mosty.nominations.models import Call, Nomination
from mosty.nominations.rules import parse
from mosty.selection import words
from mosty.selection.models import Offer, Run
from mosty.selection.queries import records
from mosty.selection.queries.seats import LIVE, announced_run, has_begun, waiting


class NotFound(Exception):  # no error of the reader's: the calculation failed
    """The calculation did not succeed."""


@dataclass(frozen=True, slots=True)
class ComingIn:
    """Whom the rules put first now, and who was passed over and why, as it is kept."""

    nomination: Nomination | None
    passed_over: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of a seat that is given back now, as the page says it."""

    # Nobody comes in any more: the course has begun, or the call is cancelled.
    stays_free: bool = False
    failed: bool = False
    nomination: Nomination | None = None
    place: int | None = None
    passed_over: tuple[str, ...] = ()


def coming_in(run: Run, *, leaving: str = "") -> ComingIn:
    """
    Return who comes in from the reserve list of ``run`` once ``leaving`` has no seat.

    :raises NotFound: if the calculation does not succeed.
    """
    left = waiting(run)
    seated = Offer.objects.filter(seat__call=run.call_id, state__in=LIVE).exclude(
        nomination__code=leaving
    )
    try:
        found = replace(
            records.problem_of(run),
            list(seated.values_list("nomination__code", flat=True)),
            list(left),
        )
    except (BadProblem, SolverFailed) as fault:
        raise NotFound from fault
    return ComingIn(
        None if found.code is None else left[found.code],
        [
            {"nomination": code, **reason_to_json(reason)}
            for code, reason in found.skipped
        ],
    )


def preview(offer: Offer, now: datetime) -> Preview:
    """Return to whom the seat of a live ``offer`` would go if it were given back now."""
    call = offer.nomination.call
    if has_begun(call, now) or call.state == Call.State.CANCELLED:
        return Preview(stays_free=True)
    run = announced_run(call)
    if run is None:
        return Preview(stays_free=True)
    try:
        found = coming_in(run, leaving=offer.nomination.code)
    except NotFound:
        return Preview(failed=True)
    place = None
    if found.nomination is not None:
        place = run.decisions.get(nomination=found.nomination).reserve_place
    return Preview(
        nomination=found.nomination,
        place=place,
        passed_over=tuple(words.passed_over(found.passed_over, parse(run.rules))),
    )


def successor(offer: Offer) -> Offer | None:
    """Return the offer by which the seat of ``offer`` was passed on, if it was."""
    return (
        Offer.objects.filter(replaces=offer)
        .select_related("nomination__organisation")
        .first()
    )
