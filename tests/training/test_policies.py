"""Who sees what of a roster, in one table."""

import pytest

from mosty.accounts.models import Role
from mosty.nominations.models import Call
from mosty.training import policies
from tests.factories import make_organisation, make_user

# reader: sees the roster, everybody, addresses, needs, how many people
TABLE = {
    "coordinator": (True, True, True, True, 3),
    "partner": (True, True, False, False, 3),
    "secretariat": (True, True, True, False, 3),
    "trainer": (True, True, False, False, 3),
    "city": (True, False, False, False, 2),
    "other_city": (True, False, False, False, 1),
    "stranger": (False, False, False, False, 0),
    "auditor": (False, False, False, False, 0),
    "administrator": (False, False, False, False, 0),
    "other_trainer": (False, False, False, False, 0),
    "other_coordinator": (False, False, False, False, 0),
}


@pytest.fixture
def other_trainer(db):
    """Return a trainer of no session of the course."""
    school = make_organisation("Another school", kind="training")
    return make_user("Teodor", role=Role.TRAINER, organisation=school)


@pytest.fixture
def other_coordinator(db):
    """Return a coordinator of other programmes."""
    body = make_organisation("Another body")
    return make_user("Oskar", role=Role.COORDINATOR, organisation=body)


@pytest.mark.parametrize("reader", TABLE)
def test_who_sees_what(request, timetable, call, reader):
    user = request.getfixturevalue(reader)
    assert (
        policies.rosters_visible_to(user).filter(pk=timetable.pk).exists(),
        policies.sees_everybody(user, timetable),
        policies.can_see_addresses(user, call),
        policies.can_see_needs(user, call),
        policies.seats_visible_to(user, timetable).count(),
    ) == TABLE[reader]


def test_a_city_without_a_seat_sees_no_roster(seated, krakow, city):
    policies.accepted().filter(nomination__organisation=krakow).update(
        state="withdrawn"
    )
    assert not policies.rosters_visible_to(city).exists()


def test_a_cancelled_call_seats_nobody(seated, call, coordinator):
    Call.objects.filter(pk=call.pk).update(state="cancelled")
    assert policies.seats_visible_to(coordinator, seated).count() == 0


def test_without_a_call_nobody_has_addresses(coordinator):
    assert not policies.can_see_addresses(coordinator, None)
    assert not policies.can_see_needs(coordinator, None)
