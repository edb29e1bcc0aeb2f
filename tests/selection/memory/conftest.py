"""What several of these tests begin with."""

from datetime import timedelta

import pytest

from mosty.nominations.models import Call
from mosty.programmes.models import Course
from mosty.selection.actions import runs
from mosty.selection.models import Offer, Seat
from tests.factories import (
    make_call,
    make_nomination,
)
from tests.selection.memory.given import MEMORY


@pytest.fixture
def took(closed, ump, now):
    """Return what lets cities take seats in another course, by its days from this one."""

    def take(slug, days, cities, state="accepted", programme=None, **fields):
        course = Course.objects.create(
            programme=programme or closed.course.programme,
            slug=slug,
            title=slug.title(),
            languages=["pl"],
            starts_on=None
            if days is None
            else closed.course.starts_on + timedelta(days=days),
        )
        call = make_call(course, slug=slug, channel=ump)
        for number, city in enumerate(cities, 1):
            Offer.objects.create(
                seat=Seat.objects.create(call=call, number=number),
                nomination=make_nomination(call, city),
                state=state,
                made_at=now - timedelta(days=20),
                expires_at=now + timedelta(days=9),
                **{
                    "answered_at": None if state == "open" else now - timedelta(days=9),
                    "accepted_at": now - timedelta(days=9),
                    **fields,
                },
            )
        return call

    return take


@pytest.fixture
def remembering(closed, cities, took):
    """Return the call with the memory as its only aim, and what cities had before."""
    leszno, rzeszow, _gdansk, lublin = cities
    took("first", -60, [leszno, rzeszow])
    took("second", -30, [leszno, lublin])
    closed.versions.create(
        number=2,
        stored={**closed.rules.as_json(), "priorities": [MEMORY]},
        reason="Cities that had fewer seats come first.",
        made_by="Alice",
        made_at=closed.opens_at,
    )
    return Call.objects.select_related("course__programme").get(pk=closed.pk)


@pytest.fixture
def run(remembering, coordinator, now):
    """Return the draw of that call."""
    return runs.draw(call=remembering, actor=coordinator, now=now)
