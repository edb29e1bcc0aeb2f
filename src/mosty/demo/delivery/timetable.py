"""Timetables: published, changed once, and what participants are written of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from mosty.audit.actors import SYSTEM
from mosty.demo.cast import Cast, Say, morning
from mosty.demo.mail import deliver
from mosty.outbox import actions as outbox
from mosty.outbox.models import Message
from mosty.programmes import actions as programmes
from mosty.programmes.models import Course
from mosty.programmes.queries.timetables import published
from mosty.training.actions import reminders, timetables


def publish(course: Course, cast: Cast, now: datetime, note: str = "") -> None:
    """Publish what is planned as the next version."""
    last = course.versions.first()
    timetables.publish(
        course=course,
        note=note,
        expected=last.number if last else 0,
        actor=cast.coordinator,
        now=now,
    )


def change(course: Course, cast: Cast, now: datetime, say: Say) -> None:
    """Move the third session by half an hour and into another room, and tell whom it concerns."""
    planned = [
        programmes.PlannedSession(
            key=row.pk,
            title=row.title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            room=row.room,
            online=row.online,
            trainers=tuple(one.person for one in row.trainers.all()),
        )
        for row in course.sessions.all()
    ]
    later = timedelta(minutes=30)
    planned[2] = replace(
        planned[2],
        starts_at=planned[2].starts_at + later,
        ends_at=planned[2].ends_at + later,
        room="sala\N{NO-BREAK SPACE}B",
    )
    programmes.set_sessions(
        course=course, sessions=planned, actor=cast.coordinator, now=now
    )
    publish(course, cast, now + timedelta(minutes=10), "Przyjazd pociągów z północy.")
    told = _let_leave("training.timetable_changed", cast, now + timedelta(minutes=30))
    say(f"Timetable of {course}: changed in version 2, {told} people told.")


def remind(course: Course, cast: Cast, say: Say) -> None:
    """Remind participants a week and a day before the course, thank them after it."""
    sessions = published(course).sessions
    first, last = sessions[0].starts_at, sessions[-1].ends_at
    count = 0
    for moment in (first - timedelta(days=8), first - timedelta(days=2), last):
        reminders.write_due(actor=SYSTEM, now=moment)
        for kind in (reminders.REMINDER, reminders.THANKS):
            count += _let_leave(kind, cast, morning(moment + timedelta(days=1)))
    say(f"  {count} reminders and thanks written, read and sent")


def _let_leave(kind: str, cast: Cast, at: datetime) -> int:
    waiting = Message.objects.filter(kind=kind, state=Message.State.DRAFT)
    released = outbox.release(
        messages=list(waiting.values_list("pk", flat=True)),
        actor=cast.coordinator,
        now=at,
    )
    deliver()
    return released
