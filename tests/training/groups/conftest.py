"""Eight people from four cities, and a plan of four groups over three rounds."""

from collections.abc import Callable
from datetime import datetime, time

import pytest

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.nominations.models import Call
from mosty.programmes.models import Course, SessionTrainer
from mosty.selection.models import Offer
from mosty.training import mixing
from mosty.training.actions import groups
from mosty.training.models import GroupPlan
from tests.factories import make_city, make_nomination
from tests.training.conftest import take_seat

NAMES = ("Ala", "Ewa", "Iga", "Jan", "Kaj", "Lea", "Ola", "Ula")


@pytest.fixture
def people(
    call: Call, krakow: Organisation, lodz: Organisation, ump: Organisation
) -> dict[str, Offer]:
    """Return eight participants by given name, two of each city in turn."""
    cities = (krakow, lodz, make_city("Gdańsk", terc="2261011", member_of=ump),
              make_city("Poznań", terc="3064011", member_of=ump))  # fmt: skip
    units = ("culture", "education")
    made = {}
    for number, name in enumerate(NAMES, start=1):
        own = make_nomination(
            call,
            cities[(number - 1) // 2],
            name,
            "Nowak",
            department=units[number % 2],
        )
        made[name] = take_seat(call, number, own)
        # Chance is drawn over codes: with these, a test gets the same groups each time.
        made[name].code = f"AAAA-{number:02}"
        made[name].save(update_fields=["code"])
    return made


@pytest.fixture
def led(course: Course, people: dict[str, Offer], trainer: User) -> Course:
    """Return the course, with a session that Tamara leads."""
    session = course.sessions.create(
        title="Group work",
        starts_at=f"{course.starts_on}T09:00Z",
        ends_at=f"{course.starts_on}T12:00Z",
    )
    SessionTrainer.objects.create(session=session, person=trainer.person)
    return course


@pytest.fixture
def wanted() -> groups.Wanted:
    """Return what is asked of a plan."""
    return groups.Wanted(groups=4, rounds=3, seed="chance")


@pytest.fixture
def plan(
    led: Course, wanted: groups.Wanted, coordinator: User, now: datetime
) -> GroupPlan:
    """Return a plan that Alice has made."""
    return groups.make(course=led, wanted=wanted, seen="", actor=coordinator, now=now)


@pytest.fixture
def acted(coordinator: User) -> Callable[..., dict[str, object]]:
    """Return what each action on a plan is given, at noon of the course's first day."""

    def by_coordinator(plan: GroupPlan) -> dict[str, object]:
        plan = GroupPlan.objects.get(pk=plan.pk)
        return {
            "plan": plan,
            "seen": mixing.seen_of(plan),
            "actor": coordinator,
            "now": datetime.combine(
                plan.course.starts_on, time(12), tzinfo=plan.course.programme.zone
            ),
        }

    return by_coordinator


def places(plan: GroupPlan, number: int) -> dict[str, int]:
    """Return who sits in which group of a round, by given name."""
    seating = mixing.read(GroupPlan.objects.get(pk=plan.pk))
    return {
        one.offer.nomination.given_name: one.group for one in seating.places[number - 1]
    }
