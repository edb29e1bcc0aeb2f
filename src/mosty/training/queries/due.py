"""Who has completed a course and has no certificate yet."""

from collections.abc import Sequence
from datetime import datetime

from mosty.programmes.models import Course
from mosty.training import policies
from mosty.training.models import Certificate
from mosty.training.queries.standing import Standing, Status, standings


def due(course: Course, now: datetime) -> dict[int, Standing]:
    """Return, by seat, who completed ``course`` and never had a certificate; five queries."""
    return due_in([course.pk], now).get(course.pk, {})


def due_in(courses: Sequence[int], now: datetime) -> dict[int, dict[int, Standing]]:
    """
    Return the same for several courses, by course; as many queries as for one.

    Whose certificate was revoked waits for a person: the batch gives her no other.
    """
    never = policies.accepted().exclude(pk__in=Certificate.objects.values("offer"))
    completed = {
        seat: standing
        for seat, standing in standings(courses, now, seats=never).items()
        if standing.status == Status.COMPLETED
    }
    found: dict[int, dict[int, Standing]] = {}
    for seat, course in (
        policies.accepted()
        .filter(pk__in=completed)
        .order_by("pk")
        .values_list("pk", "seat__call__course")
    ):
        found.setdefault(course, {})[seat] = completed[seat]
    return found
