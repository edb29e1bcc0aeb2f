"""Rows that only these tests need."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from mosty.directory.models import Person
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Session


def both(text: str) -> Text:
    """Return a text in Polish and English."""
    return Text({"pl": f"{text} (pl)", "en": text})


def at(course: Course, hour: int, day: int = 0) -> datetime:
    """Return the moment at which the programme's clocks show ``hour`` on a course day."""
    first = course.starts_on + timedelta(days=day)
    return datetime.combine(first, time(hour), tzinfo=course.programme.zone)


def make_session(
    course: Course,
    title: str = "Stereotypes",
    *,
    hour: int = 9,
    day: int = 0,
    trainers: Sequence[Person] = (),
    **fields: object,
) -> Session:
    """Return a session of two hours on one of the course's days."""
    session = Session.objects.create(
        course=course,
        title=title,
        **{
            "starts_at": at(course, hour, day),
            "ends_at": at(course, hour + 2, day),
            **fields,
        },
    )
    for person in trainers:
        session.trainers.create(person=person)
    return session
