"""The timetable of a course: its sessions, their rooms and trainers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.models import Person
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes import policies
from mosty.programmes.actions.courses import locked
from mosty.programmes.actions.rows import kept
from mosty.programmes.actions.twice import refuse_if_needed_twice
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Session, SessionTrainer
from mosty.programmes.queries import timetables
from mosty.programmes.timetable import Change, Timetable, compare


class CannotSetSessions(Refusal):
    """The timetable contradicts itself or another; ``fields`` has keys like ``2.room``."""


class ChangedMeanwhile(CannotSetSessions):
    """Somebody else has written since the form was opened; ``changes`` says what."""

    def __init__(self, sentence: object, *, changes: Sequence[Change]) -> None:
        super().__init__(sentence)
        self.changes = changes


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """One session as it shall be; ``key`` names the one it replaces."""

    title: Text
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    online: str = ""
    trainers: tuple[Person, ...] = ()
    is_cancelled: bool = False
    key: int | None = None

    def meets(self, other: "PlannedSession | Session") -> bool:
        """Test if both take place at one moment; one may begin as the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@transaction.atomic(durable=True)
def set_sessions(
    *,
    course: Course,
    sessions: Sequence[PlannedSession],
    actor: User,
    now: datetime,
    seen: Timetable | None = None,
) -> None:
    """
    Make ``sessions`` the draft of the timetable; those not named are deleted.

    A cancelled session keeps its attendance, and needs neither room nor trainer. With
    ``seen`` nothing is written over that others have written since.

    :raises PermissionDenied: if ``actor`` does not coordinate its programme.
    :raises CourseGone: if somebody has deleted it since.
    :raises ChangedMeanwhile: if the draft is not as it was ``seen``.
    :raises CannotSetSessions: if one ends before it begins or lies outside the course's
        days, if a room or a trainer would be needed twice at one moment, or if one
        that goes has attendance.
    """
    require(policies.can_edit_course(actor, course))
    course = locked(course)
    _refuse_if_changed(course, seen)
    rows = {row.pk: row for row in course.sessions.all()}
    for number, planned in enumerate(sessions):
        if not planned.is_cancelled:
            _refuse_unless_in_course(course, number, planned)
        if planned.key is not None and planned.key not in rows:
            raise CannotSetSessions(
                _("Somebody else has deleted a session meanwhile. Look again.")
            )
    _refuse_if_needed_twice(sessions)
    _refuse_if_busy_elsewhere(course, sessions)

    before = _kept(course)
    named = {planned.key for planned in sessions}
    for key, row in rows.items():
        if key not in named:
            _delete(row)
    written = [
        _write(rows.get(planned.key or 0) or Session(course=course), planned)
        for planned in sessions
    ]
    _refuse_if_rooms_taken(written)
    refuse_if_needed_twice(CannotSetSessions)
    after = _kept(course)
    if before != after:
        audit.record(
            actor=actor,
            verb="course.sessions_set",
            target=course,
            at=now,
            scope=course.programme.slug,
            before={"sessions": before},
            after={"sessions": after},
        )


def _refuse_if_changed(course: Course, seen: Timetable | None) -> None:
    there = timetables.as_edited(course)
    if seen is not None and seen.content() != there.content():
        raise ChangedMeanwhile(
            _("Somebody else has changed this timetable meanwhile."),
            changes=compare(seen.sessions, there.sessions),
        )


def _delete(row: Session) -> None:
    try:
        row.delete()
    except ProtectedError as hindered:
        raise CannotSetSessions(
            _(
                "Attendance was taken at this session, so it cannot be removed: "
                "%(title)s. Mark it as cancelled instead; what was marked stays."
            )
            % {"title": row.title}
        ) from hindered


def _refuse_unless_in_course(
    course: Course, number: int, planned: PlannedSession
) -> None:
    if planned.ends_at <= planned.starts_at:
        sentence = _("A session must end after it begins.")
        raise CannotSetSessions(sentence, fields={f"{number}.ends": sentence})
    first = course.programme.local(planned.starts_at).date()
    last = course.programme.local(planned.ends_at).date()
    if (course.starts_on is not None and first < course.starts_on) or (
        course.ends_on is not None and last > course.ends_on
    ):
        sentence = _("This day lies outside the course.")
        raise CannotSetSessions(sentence, fields={f"{number}.day": sentence})


def _refuse_if_needed_twice(sessions: Sequence[PlannedSession]) -> None:
    """Refuse a room or trainer that two of the sessions need at one moment."""
    held = [
        (number, one) for number, one in enumerate(sessions) if not one.is_cancelled
    ]
    for (_first, one), (second, other) in combinations(held, 2):
        if not one.meets(other):
            continue
        if {person.pk for person in one.trainers} & {p.pk for p in other.trainers}:
            sentence = _("A trainer would lead two sessions at one time.")
            raise CannotSetSessions(sentence, fields={f"{second}.trainers": sentence})


def _refuse_if_busy_elsewhere(
    course: Course, sessions: Sequence[PlannedSession]
) -> None:
    """Refuse a trainer who leads a session of another course meanwhile."""
    people = {person.pk for planned in sessions for person in planned.trainers}
    elsewhere = (
        SessionTrainer.objects.filter(person__in=people, session__is_cancelled=False)
        .exclude(session__course=course)
        .select_related("session__course")
    )
    for busy in elsewhere:
        for number, planned in enumerate(sessions):
            if planned.is_cancelled:
                continue
            if busy.person_id in {p.pk for p in planned.trainers} and planned.meets(
                busy.session
            ):
                sentence = _(
                    "A trainer leads a session of another course at that time: %(course)s."
                ) % {"course": busy.session.course}
                raise CannotSetSessions(
                    sentence, fields={f"{number}.trainers": sentence}
                )


def _refuse_if_rooms_taken(written: Sequence[Session]) -> None:
    """
    Refuse a room in which another session, of any course, takes place meanwhile.

    Asked of rows that are written: only the database folds rooms and places.
    """
    places = {row.pk: number for number, row in enumerate(written)}
    keys = dict(
        Session.objects.filter(pk__in=places, is_cancelled=False)
        .exclude(room_key="")
        .values_list("pk", "room_key")
    )
    others = list(
        Session.objects.filter(room_key__in=set(keys.values()), is_cancelled=False)
        .select_related("course")
        .order_by("starts_at", "id")
    )
    for number, row in enumerate(written):
        for other in others:
            # Of two sessions of this course, the blame is the later row's.
            if (
                places.get(other.pk, -1) < number
                and other.room_key == keys.get(row.pk)
                and row.starts_at < other.ends_at
                and other.starts_at < row.ends_at
            ):
                sentence = (
                    _("Two sessions would be in this room at one time.")
                    if other.pk in places
                    else _("Another course has this room at that time: %(course)s.")
                    % {"course": other.course}
                )
                raise CannotSetSessions(sentence, fields={f"{number}.room": sentence})


def _write(row: Session, planned: PlannedSession) -> Session:
    row.title = planned.title
    row.starts_at = planned.starts_at
    row.ends_at = planned.ends_at
    row.room = planned.room
    row.online = planned.online
    row.is_cancelled = planned.is_cancelled
    row.save()
    wanted = {person.pk for person in planned.trainers}
    row.trainers.exclude(person__in=wanted).delete()
    present = set(row.trainers.values_list("person", flat=True))
    SessionTrainer.objects.bulk_create(
        SessionTrainer(session=row, person_id=key) for key in sorted(wanted - present)
    )
    return row


def _kept(course: Course) -> list[dict[str, Any]]:
    """Return the timetable as the ledger keeps it: people by their codes."""
    return [
        {
            **kept(
                row, ("title", "starts_at", "ends_at", "room", "online", "is_cancelled")
            ),
            "trainers": sorted(trainer.person.code for trainer in row.trainers.all()),
        }
        for row in course.sessions.prefetch_related("trainers__person")
    ]
