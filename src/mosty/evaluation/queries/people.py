"""Whom a survey asks: those who take part, or who were there."""

from django.db.models import QuerySet

from mosty.evaluation.models import Survey
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training.models import Mark
from mosty.training.models.attendance import Attended
from mosty.training.policies import accepted

THERE = (Attended.PRESENT, Attended.LATE)


def asked(course: Course, kind: str) -> QuerySet[Offer]:
    """
    Return the seats of whom a survey of this kind asks.

    Before a course everybody who has a seat; after it those who were at some session,
    or, where nobody marked attendance, again everybody who has a seat.
    """
    seats = accepted().filter(seat__call__course=course)
    if kind == Survey.Kind.BEFORE:
        return seats
    marks = Mark.objects.filter(session__course=course)
    if not marks.exists():
        return seats
    return seats.filter(pk__in=marks.filter(kind__in=THERE).values("offer"))


def count_asked(survey: Survey) -> int:
    """Return how many people the survey asks: no more answers than these are taken."""
    if survey.expected is not None:
        return survey.expected
    return asked(survey.course, survey.kind).count()
