"""What waits for a trainer."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.accounts.models import User
from mosty.office.queries.needs.need import Need
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course
from mosty.training import policies as training
from mosty.training.queries import attendance
from mosty.ui.dates import day_range, moment


def rosters(user: User, now: datetime) -> Iterator[Need]:
    """Yield the courses to come in which the user leads a session, with who takes part."""
    courses = (
        Course.objects.filter(pk__in=programmes.sessions_led_by(user).values("course"))
        .exclude(ends_on__lt=timezone.localdate(now))
        .order_by("starts_on", "pk")
    )
    seated = dict(
        training.accepted()
        .filter(seat__call__course__in=courses)
        .values_list("seat__call__course")
        .annotate(Count("id"))
        .order_by()
    )
    for course in courses:
        count = seated.get(course.pk, 0)
        if not count:
            continue
        yield Need(
            count,
            ngettext(
                "person takes part in: %(course)s",
                "people take part in: %(course)s",
                count,
            )
            % {"course": course},
            reverse("training:roster", args=[course.pk]),
            _("See who"),
            day_range(course.starts_on, course.ends_on),
        )


def unmarked(user: User, now: datetime) -> Iterator[Need]:
    """Yield the sessions that have begun, which the user leads, with people not marked."""
    for session, left in attendance.unmarked(user, now):
        yield Need(
            left,
            ngettext(
                "person is not marked at: %(session)s",
                "people are not marked at: %(session)s",
                left,
            )
            % {"session": session},
            reverse(
                "training:attendance_session", args=[session.course_id, session.pk]
            ),
            _("Mark attendance"),
            moment(session.starts_at, session.course.programme.time_zone),
        )
