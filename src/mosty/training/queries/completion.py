"""
Hours and status of participants, computed from sessions and marks.

Everything is counted in whole minutes; a per cent is only for showing, and rounded down,
so that nobody reads 80 % who does not have it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import pgettext_lazy

from mosty.programmes.models import Course, Session
from mosty.selection.models import Offer
from mosty.training import times
from mosty.training.models import CompletionRule, Mark
from mosty.training.models.attendance import Attended


class Status(models.TextChoices):
    """What came of taking part."""

    COMPLETED = "completed", pgettext_lazy("participation", "completed")
    NOT_COMPLETED = "not_completed", pgettext_lazy("participation", "not completed")
    NO_PART = "no_part", pgettext_lazy("participation", "did not take part")


@dataclass(frozen=True, slots=True)
class Standing:
    """
    How much of a course somebody attended, in minutes, and what that makes.

    ``total`` is without excused sessions where the rule takes them out. Before the
    course has ended, and while sessions are ``unmarked``, the status is not final.
    """

    attended: int
    total: int
    late: int
    excused: int
    unmarked: int
    least_percent: int
    is_over: bool

    @property
    def percent(self) -> int:
        """Return the share attended, rounded down."""
        return self.attended * 100 // self.total if self.total else 0

    @property
    def status(self) -> Status:
        """Return what the hours make, as the rule of the course says."""
        if not self.attended:
            return Status.NO_PART
        # No division: 80 % of 449 minutes is not 359.
        enough = self.attended * 100 >= self.total * self.least_percent
        return Status.COMPLETED if enough else Status.NOT_COMPLETED

    @property
    def is_final(self) -> bool:
        """Test if nothing is open any more: the course is over and all is marked."""
        return self.is_over and not self.unmarked


def rule_of(course: Course) -> CompletionRule:
    """Return the rule of ``course``, or the one that holds where none was set."""
    found = CompletionRule.objects.filter(pk=course.pk).first()
    return found or CompletionRule(course=course)


def standing(
    sessions: Sequence[Session],
    marks: Mapping[int, Mark],
    rule: CompletionRule,
    now: datetime,
) -> Standing:
    """Return the standing of somebody with these ``marks``, by the session's key."""
    attended = total = late = excused = unmarked = 0
    for session in sessions:
        length = times.minutes_of(session)
        mark = marks.get(session.pk)
        total += length
        if mark is None:
            unmarked += 1
        elif mark.kind == Attended.EXCUSED:
            excused += length
            total -= length if rule.excused_counts else 0
        elif mark.kind != Attended.ABSENT:
            missed = min(mark.minutes or 0, length)
            late += missed
            attended += length - missed
    return Standing(
        attended=attended,
        total=total,
        late=late,
        excused=excused,
        unmarked=unmarked,
        least_percent=rule.least_percent,
        is_over=all(session.ends_at <= now for session in sessions),
    )


def sessions_of(course: Course) -> list[Session]:
    """Return the sessions whose hours count, in order: none that is cancelled."""
    return list(course.sessions.filter(is_cancelled=False).order_by("starts_at", "id"))


def marks_of(offers: Iterable[int]) -> dict[int, dict[int, Mark]]:
    """
    Return the marks of offers, named by their keys: by offer, then by session.

    Only what they say and their version; not who made them.
    """
    found: dict[int, dict[int, Mark]] = {}
    rows = Mark.objects.filter(offer__in=list(offers))
    for mark in rows.only("offer_id", "session_id", "kind", "minutes", "version"):
        found.setdefault(mark.offer_id, {})[mark.session_id] = mark
    return found


def standings(
    course: Course, offers: Sequence[Offer], now: datetime
) -> dict[int, Standing]:
    """Return the standing of each of ``offers`` by its key; three queries for all."""
    sessions, rule = sessions_of(course), rule_of(course)
    marks = marks_of(offer.pk for offer in offers)
    return {
        offer.pk: standing(sessions, marks.get(offer.pk, {}), rule, now)
        for offer in offers
    }


def standing_of(offer: Offer, course: Course, now: datetime) -> Standing:
    """Return the standing of one participant of ``course``, for her own page."""
    return standings(course, [offer], now)[offer.pk]
