"""A programme with two courses that were held, and one that comes."""

from datetime import UTC, datetime, timedelta

import pytest

from mosty.directory.models import Organisation, Person
from mosty.nominations.models import Call
from mosty.programmes.models import Course, Programme, Session
from mosty.selection.models import Offer, Seat
from mosty.training.models import Mark
from tests.factories import make_call, make_course, make_nomination, make_person

_TODAY = datetime.now(UTC).replace(hour=8, minute=0, second=0, microsecond=0)
FIRST = _TODAY - timedelta(days=90)
SECOND = _TODAY - timedelta(days=30)


def hold(course: Course, starts: datetime, minutes: list[int]) -> list[Session]:
    """Give the course a session of so many ``minutes`` on each day from ``starts``."""
    return [
        Session.objects.create(
            course=course,
            title=f"Session {number + 1}",
            starts_at=starts + timedelta(days=number),
            ends_at=starts + timedelta(days=number, minutes=length),
        )
        for number, length in enumerate(minutes)
    ]


def seat(call: Call, person: Person, city: Organisation, **more: object) -> Offer:
    """Seat the person in the call's course."""
    nomination = make_nomination(
        call, city, person.given_name, person.family_name, person=person, **more
    )
    return Offer.objects.create(
        seat=Seat.objects.create(
            call=call, number=Seat.objects.filter(call=call).count() + 1
        ),
        nomination=nomination,
        state="accepted",
        made_at=call.opens_at,
        expires_at=call.closes_at,
        answered_at=call.opens_at,
    )


def mark(offer: Offer, session: Session, kind: str, late: int | None = None) -> None:
    """Mark one person at one session."""
    Mark.objects.create(
        session=session,
        offer=offer,
        kind=kind,
        minutes=late,
        way="roster",
        noted_at=session.starts_at,
        marked_at=session.starts_at,
        marked_by="Tamara",
        marker_key="user:1",
    )


@pytest.fixture
def held(
    programme: Programme, krakow: Organisation, lodz: Organisation, ump: Organisation
) -> Programme:
    """
    Return the programme: two courses held, three persons, one of them at both.

    Course one: two sessions of 90 and 60 minutes. Anna at both (late by 15 at the
    second), Zenon at the first. Course two: one session of 120 minutes. Anna again;
    Maria was excused; a fourth person never came.
    """
    one, two = (
        make_course(
            programme,
            slug=slug,
            title=slug,
            part=None,
            starts_on=starts.date(),
            ends_on=starts.date() + timedelta(days=1),
        )
        for slug, starts in (("one", FIRST), ("two", SECOND))
    )
    hold(make_course(programme, slug="three"), _TODAY + timedelta(days=60), [60])
    first = hold(one, FIRST, [90, 60])
    (second,) = hold(two, SECOND, [120])
    anna, zenon = make_person("Anna", "Żak"), make_person("Zenon", "Abacki")
    maria = make_person("Maria", "Mak")
    call = make_call(one, slug="one", channel=ump)
    anna_one = seat(call, anna, krakow, gender="woman", department="culture")
    zenon_one = seat(call, zenon, lodz, gender="man", department="education")
    call = make_call(two, slug="two", channel=ump)
    anna_two = seat(call, anna, krakow, gender="woman", department="culture")
    maria_two = seat(call, maria, lodz, gender="woman", department="education")
    mark(anna_one, first[0], "present")
    mark(anna_one, first[1], "late", 15)
    mark(zenon_one, first[0], "present")
    mark(zenon_one, first[1], "absent")
    mark(anna_two, second, "present")
    mark(maria_two, second, "excused")
    return programme
