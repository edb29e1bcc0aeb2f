"""Who sees groups, and who makes them, in one table."""

import pytest

from mosty.accounts.models import Role
from mosty.programmes.models import SessionTrainer
from mosty.training import policies
from tests.factories import make_course, make_organisation, make_person, make_user

# reader: sees the groups, makes them
TABLE = {
    "coordinator": (True, True),
    "trainer": (True, True),
    "partner": (True, False),
    "secretariat": (True, False),
    "city": (False, False),
    "stranger": (False, False),
    "auditor": (False, False),
    "administrator": (False, False),
    "other_trainer": (False, False),
    "other_coordinator": (False, False),
}


@pytest.fixture
def other_trainer(programme):
    """Return a trainer who leads a session of another course of the programme."""
    school = make_organisation("Another school", kind="training")
    person = make_person("Teodor", "Tur")
    user = make_user("Teodor", role=Role.TRAINER, organisation=school, person=person)
    session = make_course(programme, "other", part=None).sessions.create(
        title="Else", starts_at="2024-06-20T09:00Z", ends_at="2024-06-20T10:00Z"
    )
    SessionTrainer.objects.create(session=session, person=person)
    return user


@pytest.fixture
def other_coordinator(db):
    body = make_organisation("Another body")
    return make_user("Oskar", role=Role.COORDINATOR, organisation=body)


@pytest.mark.parametrize("reader", TABLE)
def test_who_sees_and_makes_groups(request, led, reader):
    user = request.getfixturevalue(reader)
    assert (
        policies.groups_visible_to(user).filter(pk=led.pk).exists(),
        policies.can_make_groups(user, led),
    ) == TABLE[reader]
