"""The courses in which a trainer leads sessions, those that are over, too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course
from mosty.ui.dates import day_range
from mosty.ui.numerals import roman


@dataclass(frozen=True, slots=True)
class LedCourse:
    """One course, and where the trainer works on it."""

    title: str
    url: str
    when: str
    state: str
    kind: str


def courses_led(user: User, now: datetime) -> Sequence[LedCourse]:
    """Return them, the last to begin first; one query."""
    today = timezone.localdate(now)
    found = Course.objects.filter(
        pk__in=programmes.sessions_led_by(user).values("course")
    ).order_by(F("starts_on").desc(nulls_first=True), "pk")
    return [
        _row(course, is_over=bool(course.ends_on and course.ends_on < today))
        for course in found
    ]


def _row(course: Course, *, is_over: bool) -> LedCourse:
    part = f"{roman(course.part)} · " if course.part else ""
    return LedCourse(
        title=f"{part}{course.title}",
        # What was there, who came and what they say; before that, what is planned.
        url=reverse(
            "training:attendance" if is_over else "training:timetable", args=[course.pk]
        ),
        when=day_range(course.starts_on, course.ends_on),
        state=_("delivered") if is_over else _("to come"),
        kind="wait" if is_over else "open",
    )
