"""Publishing a timetable, and telling those whose sessions it changes."""

from datetime import datetime

from django.db import transaction

from mosty.accounts.models import User
from mosty.programmes import actions as programmes
from mosty.programmes.models import Course, TimetableVersion
from mosty.training.actions import timetable_letters as letters


@transaction.atomic(durable=True)
def publish(
    *, course: Course, note: str, expected: int, actor: User, now: datetime
) -> TimetableVersion:
    """
    Make the draft the next version; write to participants and trainers whom it concerns.

    The first version tells nobody: nothing has changed for anybody. Messages wait in the
    outbox until somebody has read them. Those about an earlier version that nobody has
    let leave are taken back; what they said is said in the new ones.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CourseGone: if somebody has deleted the course since.
    :raises CannotPublishTimetable: if there is nothing new to publish, or not what was
        read.
    """
    version, _changes = programmes.add_version(
        course=course, note=note, expected=expected, actor=actor, now=now
    )
    if version.number > 1:
        letters.changed(course=course, version=version, actor=actor, now=now)
    return version
