"""Who sees and changes what in the directory, as one table."""

from dataclasses import dataclass

import pytest

from mosty.accounts.models import User
from mosty.directory import policies
from mosty.directory.models import FactProposal, Organisation, Person
from tests.factories import make_person, make_position

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class World:
    """One person of Kraków, one of Łódź."""

    ewa: Person
    jan: Person


@pytest.fixture
def world(krakow: Organisation, lodz: Organisation, odihr: Organisation) -> World:
    ewa, jan = make_person("Ewa", "Nowak"), make_person("Jan", "Kos")
    make_position(ewa, krakow)
    make_position(jan, lodz)
    return World(ewa, jan)


ALL = ("Kraków", "ODIHR", "UMP", "Łódź")


@pytest.mark.parametrize(
    ("who", "organisations", "places", "people"),
    (
        ("coordinator", ALL, ("Kraków", "Łódź"), ("Kos", "Nowak")),
        ("secretariat", ALL, ("Kraków", "Łódź"), ("Kos", "Nowak")),
        ("city", ("Kraków", "UMP"), ("Kraków",), ("Nowak",)),
        ("other_city", ("UMP", "Łódź"), ("Łódź",), ("Kos",)),
        ("auditor", (), (), ()),
        ("administrator", (), (), ()),
        ("stranger", (), (), ()),
    ),
)
def test_who_sees_what(
    request: pytest.FixtureRequest,
    world: World,
    who: str,
    organisations: tuple[str, ...],
    places: tuple[str, ...],
    people: tuple[str, ...],
) -> None:
    user: User = request.getfixturevalue(who)

    seen = policies.organisations_visible_to(user)
    assert tuple(sorted(map(str, seen))) == organisations
    assert tuple(sorted(map(str, policies.territories_visible_to(user)))) == places
    known = policies.people_visible_to(user)
    assert tuple(sorted(person.family_name for person in known)) == people
    assert policies.can_look(user) == bool(organisations)
    assert policies.facts_visible_to(user).count() == len(places)


def test_a_partner_sees_all_and_a_trainer_nothing(
    world: World, partner: User, trainer: User
) -> None:
    assert policies.people_visible_to(partner).filter(pk=world.ewa.pk).exists()
    assert policies.can_look(trainer) is False
    assert policies.people_visible_to(trainer).exists() is False


@pytest.mark.parametrize(
    ("who", "edits", "edits_members", "proposes"),
    (
        ("coordinator", True, True, False),
        ("partner", False, False, False),
        ("secretariat", False, True, False),
        ("city", False, False, True),
        ("other_city", False, False, False),
        ("trainer", False, False, False),
        ("auditor", False, False, False),
        ("administrator", False, False, False),
        ("stranger", False, False, False),
    ),
)
def test_who_does_what(
    request: pytest.FixtureRequest,
    krakow: Organisation,
    ump: Organisation,
    who: str,
    edits: bool,
    edits_members: bool,
    proposes: bool,
) -> None:
    user: User = request.getfixturevalue(who)
    fact = krakow.territory.facts.get()

    assert policies.can_edit(user) == edits
    assert policies.can_decide(user) == edits
    assert policies.can_edit_members(user, ump) == edits_members
    assert policies.can_propose(user, fact) == proposes


def test_a_person_who_left_stays_known_to_the_city_once(
    world: World, krakow: Organisation, city: User
) -> None:
    make_position(world.ewa, krakow, until="2020-12-31")

    assert list(policies.people_visible_to(city)) == [world.ewa]


def test_a_city_sees_the_corrections_of_its_own_facts(
    krakow: Organisation, city: User, other_city: User, coordinator: User, now: object
) -> None:
    FactProposal.objects.create(
        fact=krakow.territory.facts.get(),
        value="little",
        as_of="2022-02-01",
        source="City",
        reason="Wrong",
        proposed_by="Celina Cisek",
        proposed_at=now,
    )

    seen = [
        policies.proposals_visible_to(u).count()
        for u in (city, other_city, coordinator)
    ]
    assert seen == [1, 0, 1]
