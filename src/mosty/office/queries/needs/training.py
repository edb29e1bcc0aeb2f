"""What waits for a trainer, and what waits after a course."""

from collections.abc import Iterator
from datetime import datetime, timedelta

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
from mosty.training.queries.due import due_in
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


# Longer after a course, who has no certificate is not to have one.
_REMEMBERED = timedelta(days=365)


def certificates(user: User, now: datetime) -> Iterator[Need]:
    """Yield the courses that are over and whose certificates can be issued."""
    today = timezone.localdate(now)
    courses = list(
        Course.objects.filter(
            programme__in=programmes.keys_coordinated_by(user),
            ends_on__lt=today,
            ends_on__gte=today - _REMEMBERED,
        ).order_by("ends_on", "pk")
    )
    waiting = due_in([course.pk for course in courses], now) if courses else {}
    for course in courses:
        if count := len(waiting.get(course.pk, ())):
            yield Need(
                count,
                ngettext(
                    "certificate can be issued: %(course)s",
                    "certificates can be issued: %(course)s",
                    count,
                )
                % {"course": course},
                reverse("training:certificates", args=[course.pk]),
                _("To the certificates"),
                day_range(course.starts_on, course.ends_on),
            )
