"""
Kraków's point, at which the cast's Wiera records; Wanda records at Łódź's.

Today is the day of the test, and other days are said relative to it.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from mosty.accounts.models import Role, User
from mosty.directory.models import Organisation
from mosty.infopoint.actions import recording
from mosty.infopoint.actions.codes import load_common
from mosty.infopoint.actions.saying import Said
from mosty.infopoint.models import Code, Consultation, Operation, Point
from mosty.library.models import Edition, Tool
from tests.factories import make_organisation, make_user

# What a record of these tests says unless they say otherwise.
CODES = {"channel": "phone", "language": "uk", "outcome": "informed", "sex": "female"}


@pytest.fixture
def common(db: None) -> None:
    """Load the common code list where a test that commits has emptied the database."""
    if not Code.objects.exists():
        load_common()


def make_point(
    city: Organisation, operator: Organisation, slug: str, **fields: Any
) -> Point:
    """Return a point open for long, run by ``operator`` from its first day."""
    defaults = {"opened_on": date(2020, 1, 1), "languages": ["pl", "uk"]}
    point = Point.objects.create(
        city=city, slug=slug, name=f"Point {slug}", **{**defaults, **fields}
    )
    Operation.objects.create(point=point, operator=operator, since=point.opened_on)
    return point


@pytest.fixture
def point(common: None, krakow: Organisation, operator: Organisation) -> Point:
    """Return Kraków's point."""
    return make_point(krakow, operator, "krakow")


@pytest.fixture
def other_point(common: None, lodz: Organisation) -> Point:
    """Return Łódź's point."""
    return make_point(lodz, make_organisation("Society", kind="ngo"), "lodz")


@pytest.fixture
def other_worker(other_point: Point) -> User:
    """Return Wanda, who records in Łódź."""
    operator = other_point.operations.get().operator
    return make_user("Wanda Wrona", role=Role.WORKER, organisation=operator)


@pytest.fixture
def today(point: Point, now: datetime) -> date:
    """Return the day on the point's clocks."""
    return point.today(now)


Recorded = Callable[..., Consultation]


@pytest.fixture
def recorded(point: Point, worker: User, now: datetime) -> Recorded:
    """Return what records a consultation."""

    def record(
        day: date | None = None,
        topics: tuple[str, ...] = ("stay",),
        at: datetime | None = None,
        **codes: str,
    ) -> Consultation:
        key = uuid4()
        recording.record(
            point=point,
            said=Said(day or point.today(now), {**CODES, **codes}, topics),
            key=key,
            actor=worker,
            now=at or now,
        )
        return Consultation.objects.select_related("point").get(pk=key)

    return record


def last_month(today: date) -> date:
    """Return the last day of the month before."""
    return today.replace(day=1) - timedelta(days=1)


@pytest.fixture
def edition(now: datetime) -> Edition:
    """Return the Polish edition of a handbook that anybody can read."""
    tool = Tool.objects.create(
        slug="handbook",
        kind="handbook",
        name="Handbook",
        issuer="ODIHR",
        created_at=now,
    )
    return Edition.objects.create(
        tool=tool, language="pl", is_source=True, licence="cc-by-4.0"
    )
