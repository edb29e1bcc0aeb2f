"""When a course is over."""

from datetime import datetime, time, timedelta

from django.db.models import Max

from mosty.programmes.models import Course


def ended_at(course: Course) -> datetime | None:
    """
    Return the end of the last session of ``course``; without sessions, of its last day.

    None where neither is known.
    """
    last: datetime | None = course.sessions.aggregate(last=Max("ends_at"))["last"]
    if last is not None or course.ends_on is None:
        return last
    midnight = datetime.combine(course.ends_on, time(), course.programme.zone)
    return midnight + timedelta(days=1)
