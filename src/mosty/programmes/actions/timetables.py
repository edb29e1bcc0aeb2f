"""Publishing a timetable: its draft becomes the next version."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes import policies
from mosty.programmes.actions.courses import locked
from mosty.programmes.models import Course, TimetableVersion
from mosty.programmes.queries import timetables
from mosty.programmes.timetable import Change


class CannotPublishTimetable(Refusal):
    """There is nothing to publish, or it is not what was read."""


def add_version(
    *, course: Course, note: str, expected: int, actor: User, now: datetime
) -> tuple[TimetableVersion, Sequence[Change]]:
    """
    Make the draft the next version; return it and what it changes.

    ``expected`` is the number of the last version that was read, 0 for none. Whoever
    must be told is told by the caller: call this inside an action's transaction.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CourseGone: if somebody has deleted it since.
    :raises CannotPublishTimetable: if the draft is empty and was never published,
        says nothing new, or another version was published meanwhile.
    """
    require(policies.can_edit_course(actor, course))
    course = locked(course)
    found = timetables.pending(course, now)
    number = found.last.number if found.last else 0
    if number != expected:
        raise CannotPublishTimetable(
            _("Another version was published meanwhile. Read what is new in it.")
        )
    if not found.changes:
        raise CannotPublishTimetable(
            _("Nothing has changed since the last version.")
            if found.last
            else _("There are no sessions yet.")
        )
    version = TimetableVersion.objects.create(
        course=course,
        number=number + 1,
        published_at=now,
        published_by=actor.ledger_label[:300],
        note=note.strip(),
        content=found.after.content(),
    )
    audit.record(
        actor=actor,
        verb="course.timetable_published",
        target=course,
        at=now,
        scope=course.programme.slug,
        after={"number": version.number, "changed": len(found.changes)},
    )
    return version, found.changes
