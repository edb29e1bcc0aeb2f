"""How everybody of several courses stands, in few queries, and how that is said."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mosty.programmes.models import Session
from mosty.selection.models import Offer
from mosty.training import policies
from mosty.training.models import CompletionRule
from mosty.training.queries import completion
from mosty.training.queries.completion import Standing, Status
from mosty.ui.percent import percent

__all__ = ["Standing", "Status", "in_hours", "sentence", "standings"]


def standings(
    courses: Sequence[int], now: datetime, *, seats: QuerySet[Offer] | None = None
) -> dict[int, Standing]:
    """
    Return, by the key of her seat, how everybody in ``courses`` stands; four queries.

    Or only those of ``seats``: nobody's marks are read in vain.
    """
    rules = CompletionRule.objects.in_bulk(courses)
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in Session.objects.filter(course__in=courses):
        sessions[session.course_id].append(session)
    # Keys only: with each seat would come its call and that one's long texts.
    taken = dict(
        (policies.accepted() if seats is None else seats)
        .filter(seat__call__course__in=courses)
        .values_list("pk", "seat__call__course")
    )
    marks = completion.marks_of(taken)
    return {
        seat: completion.standing(
            sessions[course],
            marks.get(seat, {}),
            rules.get(course) or CompletionRule(course_id=course),
            now,
        )
        for seat, course in taken.items()
    }


def sentence(standing: Standing) -> str:
    """Say to herself how she stands."""
    if not standing.total:
        return _("Attendance has not been recorded yet.")
    if not standing.attended and not standing.is_over:
        return _(
            "Your hours are counted from the first session on. For the certificate at "
            "least %(least)s of %(of)s are needed."
        ) % {"least": percent(standing.least_percent), "of": in_hours(standing.total)}
    return _(
        "You were present for %(minutes)s of %(of)s (%(percent)s); "
        "%(least)s are needed."
    ) % {
        "minutes": in_hours(standing.attended),
        "of": in_hours(standing.total),
        "percent": percent(standing.percent),
        "least": percent(standing.least_percent),
    }


def in_hours(minutes: int) -> str:
    """Return "10 h", "10 h 30 min", "30 min"."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours or not rest:
        parts.append(_("%(count)s h") % {"count": hours})
    if rest:
        parts.append(_("%(count)s min") % {"count": rest})
    return " ".join(parts)
