"""Seats of a call: who holds them, who still waits, and until when anybody may come in."""

from datetime import datetime, time, timedelta

from mosty.nominations.models import Call, Nomination
from mosty.selection.models import Decision, Offer, Run

LIVE = (Offer.State.OPEN, Offer.State.ACCEPTED)
# How long somebody from the reserve list has to answer, if the course leaves so much.
REPLACEMENT_ANSWERS_IN = timedelta(days=5)


def begins_at(call: Call) -> datetime | None:
    """Return the first moment of the course's first day, on the programme's clocks."""
    starts_on = call.course.starts_on
    if starts_on is None:
        return None
    return datetime.combine(starts_on, time.min, tzinfo=call.course.programme.zone)


def has_begun(call: Call, now: datetime) -> bool:
    """Test if the call's course has begun; then nobody comes in any more."""
    begins = begins_at(call)
    return begins is not None and now >= begins


def replacement_answers_by(call: Call, now: datetime) -> datetime:
    """Return until when somebody who comes in at ``now`` may answer."""
    begins = begins_at(call)
    end = now + REPLACEMENT_ANSWERS_IN
    return end if begins is None else min(end, begins)


def announced_run(call: Call) -> Run | None:
    """Return the announced draw of ``call`` without its record, or None."""
    return (
        Run.objects.filter(call=call, kind=Run.Kind.DRAW, state=Run.State.ANNOUNCED)
        .defer("record")
        .first()
    )


def waiting(run: Run) -> dict[str, Nomination]:
    """Return who still waits on the reserve list, by code, in its order."""
    asked = Offer.objects.filter(seat__call=run.call_id).values("nomination")
    decisions = (
        Decision.objects.filter(
            run=run,
            outcome=Decision.Outcome.RESERVE,
            nomination__state=Nomination.State.SUBMITTED,
        )
        .exclude(nomination__answer=Nomination.Answer.DECLINED)
        .exclude(nomination__in=asked)
        .select_related("nomination__organisation")
        .order_by("reserve_place")
    )
    return {decision.nomination.code: decision.nomination for decision in decisions}
