"""A course with a timetable and people from two cities who have accepted seats."""

from datetime import datetime, timedelta

import pytest

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.nominations.models import Call, Needs, Nomination
from mosty.programmes.models import Course, Session, SessionTrainer
from mosty.selection.models import Offer, Seat
from tests.factories import make_nomination, make_version


def take_seat(
    call: Call, number: int, nomination: Nomination, state: str = "accepted"
) -> Offer:
    """Return an offer of a new seat in this state."""
    return Offer.objects.create(
        seat=Seat.objects.create(call=call, number=number),
        nomination=nomination,
        state=state,
        made_at=call.opens_at,
        expires_at=call.closes_at,
        answered_at=None if state == "open" else call.opens_at,
    )


@pytest.fixture
def seated(call: Call, krakow: Organisation, lodz: Organisation) -> Course:
    """Return the course: Anna and Łucja of Kraków, Zenon of Łódź; two who did not accept."""
    anna = make_nomination(
        call, krakow, "Anna", "Żak", position="Inspector", department="culture"
    )
    take_seat(call, 1, anna)
    take_seat(call, 2, make_nomination(call, krakow, "Łucja", "Ćwik"))
    take_seat(
        call, 3, make_nomination(call, lodz, "Zenon", "Abacki", is_fictional=True)
    )
    take_seat(call, 4, make_nomination(call, lodz, "Otwarta", "Nowak"), "open")
    take_seat(call, 5, make_nomination(call, lodz, "Odmowa", "Nowak"), "declined")
    Needs.objects.create(
        nomination=anna, diet="vegan", access="lift", delete_after=call.closes_at
    )
    return call.course


@pytest.fixture
def timetable(seated: Course, trainer: User) -> Course:
    """Return the course with two sessions in its first morning, one in the afternoon, published."""
    for hour, title in ((9, "Opening"), (11, "Practice"), (14, "Groups")):
        starts = datetime.combine(
            seated.starts_on, datetime.min.time(), tzinfo=seated.programme.zone
        ) + timedelta(hours=hour)
        session = Session.objects.create(
            course=seated,
            title=title,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=90),
            room="Room 2",
        )
    SessionTrainer.objects.create(session=session, person=trainer.person)
    make_version(seated)
    return seated


@pytest.fixture
def begun(timetable: Course, now: datetime) -> Session:
    """Return the session that Tamara leads; it began five minutes ago."""
    session = timetable.sessions.latest("starts_at")
    session.starts_at = now - timedelta(minutes=5)
    session.ends_at = now + timedelta(minutes=85)
    session.save()
    return session


@pytest.fixture
def people(timetable: Course) -> dict[str, Offer]:
    """Return the participants by given name."""
    return {
        offer.nomination.given_name: offer
        for offer in Offer.objects.filter(state="accepted").select_related("nomination")
    }
