"""A call with strict rules, nominations of two cities, and their links."""

from collections.abc import Callable

import pytest

from mosty.directory.models import Organisation
from mosty.nominations.models import Call, Nomination
from mosty.outbox.models import Link
from mosty.programmes.models import Course
from tests.factories import make_call, make_link, make_nomination
from tests.nominations.nominations.people import STRICT


@pytest.fixture
def call(course: Course, ump: Organisation) -> Call:
    """Return an open call with strict rules."""
    return make_call(course, channel=ump, rules=STRICT)


@pytest.fixture
def own(call: Call, krakow: Organisation) -> Nomination:
    """Return a submitted nomination of Kraków, to which no answer has come."""
    return make_nomination(
        call, krakow, "Anna", "Kowalska", position="Inspector", answer="pending"
    )


@pytest.fixture
def foreign(call: Call, lodz: Organisation) -> Nomination:
    """Return a submitted nomination of Łódź, confirmed."""
    return make_nomination(call, lodz, "Zofia", "Lis", position="Officer")


@pytest.fixture
def draft(call: Call, krakow: Organisation) -> Nomination:
    """Return a draft of Kraków, with the name only."""
    return make_nomination(
        call,
        krakow,
        "Jan",
        "Nowak",
        state="draft",
        answer="pending",
        email="",
        department="",
        level="",
        position="",
    )


@pytest.fixture
def city_link(call: Call, krakow: Organisation) -> Link:
    """Return Kraków's nominating link."""
    invitation = call.invitations.create(organisation=krakow, code="INV0-KR")
    return make_link(invitation.code, purpose=Link.Purpose.NOMINATE)


@pytest.fixture
def own_link(own: Nomination) -> Link:
    """Return the link of Kraków's nominee."""
    return make_link(own.code)


@pytest.fixture
def state_of() -> Callable[[], dict[str, list[tuple[object, ...]]]]:
    """Return what reads every row of every table, to see that nothing changed."""
    from django.apps import apps

    def read() -> dict[str, list[tuple[object, ...]]]:
        return {
            model._meta.label: sorted(model._default_manager.values_list(), key=repr)
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed and model._meta.app_label != "sessions"
        }

    return read
