"""
Kraków's map of partners in education, made at the course; Łódź has one of its own.

Anna of Kraków and Zenon of Łódź take part in the course, and have links.
"""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.outbox.models import Link
from mosty.partnerships.actions import actors as actor_actions
from mosty.partnerships.actions import agreements as agreement_actions
from mosty.partnerships.actions import maps as map_actions
from mosty.partnerships.actions import ties as tie_actions
from mosty.partnerships.actions import versions as version_actions
from mosty.partnerships.models import Actor, Agreement, MapVersion, StakeholderMap, Tie
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from tests.factories import make_link
from tests.training.conftest import seated, take_seat  # noqa: F401 - fixtures

# What must never leave the city, in words that stand nowhere else.
SECRETS = {
    "contribution": "secret-contribution",
    "hindrance": "secret-hindrance",
    "engagement": "secret-engagement",
    "contact": "secret-contact@office.example.org",
}


def actor_details(name="School No. 5", **fields) -> actor_actions.Details:
    return actor_actions.Details(**{"name": name, "function": "public", **fields})


@pytest.fixture
def city_map(
    krakow: Organisation,
    seated: Course,  # noqa: F811
    city: User,
    now: datetime,
) -> StakeholderMap:
    """Return Kraków's map, on which nobody stands yet."""
    return map_actions.make(
        city=krakow,
        details=map_actions.Details(
            title="Partners in education",
            topic="education",
            made_on=date(2024, 5, 28),
            target_groups=("children", "women"),
            course=seated,
        ),
        actor=city,
        now=now,
    )


@pytest.fixture
def other_map(lodz: Organisation, other_city: User, now: datetime) -> StakeholderMap:
    """Return Łódź's map."""
    return map_actions.make(
        city=lodz,
        details=map_actions.Details(title="Work", topic="work", made_on=now.date()),
        actor=other_city,
        now=now,
    )


@pytest.fixture
def put(city_map: StakeholderMap, city: User, now: datetime) -> Callable[..., Actor]:
    """Return what puts an actor on Kraków's map."""

    def add(name: str, **fields: object) -> Actor:
        return actor_actions.add(
            found=city_map, details=actor_details(name, **fields), actor=city, now=now
        )

    return add


@pytest.fixture
def tie(city_map: StakeholderMap, city: User, now: datetime) -> Callable[..., Tie]:
    """Return what ties two actors of Kraków's map."""

    def add(source: Actor, target: Actor, **fields: object) -> Tie:
        said = {"kind": "cooperation", **fields}
        details = tie_actions.Details(source=source.pk, target=target.pk, **said)
        return tie_actions.add(found=city_map, details=details, actor=city, now=now)

    return add


@pytest.fixture
def school(put: Callable[..., Actor]) -> Actor:
    """Return a school with everything said of it."""
    return put(
        "School No. 5",
        target_groups=("children",),
        services="Polish lessons",
        interest="high",
        influence="high",
        **SECRETS,
    )


@pytest.fixture
def club(put: Callable[..., Actor]) -> Actor:
    """Return a club of migrants."""
    return put(
        "Club of Neighbours", function="migrant-led", interest="high", influence="low"
    )


@pytest.fixture
def frozen(city_map, school, club, tie, city, now) -> MapVersion:
    """Return the first version of Kraków's map: school and club, tied."""
    tie(school, club, strength=3)
    return version_actions.freeze(
        found=city_map,
        day=now.date(),
        note_text="after the course",
        actor=city,
        now=now,
    )


def share(found: StakeholderMap, actor: User, now: datetime) -> None:
    """Open a map to the network."""
    found.refresh_from_db()
    map_actions.change(
        found=found,
        details=map_actions.Details(
            title=found.title,
            topic=found.topic,
            made_on=found.made_on,
            target_groups=tuple(found.target_groups),
            course=found.course,
            visibility="network",
        ),
        seen=found.revision,
        actor=actor,
        now=now,
    )


def link_of(given_name: str, now: datetime) -> Link:
    """Return the course link of a participant."""
    offer = Offer.objects.get(nomination__given_name=given_name)
    return make_link(offer.code, purpose="course", created_at=now)


@pytest.fixture
def anna(seated: Course, now: datetime) -> Link:  # noqa: F811
    """Return the link of Anna, who takes part for Kraków."""
    return link_of("Anna", now)


@pytest.fixture
def zenon(seated: Course, now: datetime) -> Link:  # noqa: F811
    """Return the link of Zenon, who takes part for Łódź."""
    return link_of("Zenon", now)


@pytest.fixture
def agreement(krakow: Organisation, city: User, now: datetime) -> Agreement:
    """Return an agreement of Kraków that is being prepared."""
    return agreement_actions.make(
        city=krakow,
        details=agreement_actions.Details(
            title="secret-agreement",
            parties=("secret-party",),
            data_sharing="No data of people.",
            starts_on=date(2024, 1, 1),
        ),
        actor=city,
        now=now,
    )
