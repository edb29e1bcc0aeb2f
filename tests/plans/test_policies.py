"""Who sees which plan, and how much of it: tables."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from mosty.nominations.models import Invitation
from mosty.plans import policies
from mosty.plans.actions import drafting, signing
from mosty.plans.models import Action, Plan
from mosty.programmes.models import Session, SessionTrainer
from tests.factories import make_city, make_user
from tests.plans.conftest import sign

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "city", "coordinator", "trainer", "partner", "secretariat", "other_city",
    "network_city", "foreign_city", "auditor", "administrator", "stranger", "public",
)  # fmt: skip


@pytest.fixture
def network_city(held, call, now):
    """Return the contact of a city that was called, and has nobody at the course."""
    gdansk = make_city("Gdańsk", terc="2261011")
    Invitation.objects.create(call=call, organisation=gdansk, code="INV-GD")
    return make_user("Gosia Gil", role="city", organisation=gdansk)


@pytest.fixture
def foreign_city(db):
    """Return the contact of a city that has nothing to do with the programme."""
    return make_user(
        "Fela Fik", role="city", organisation=make_city("Leszno", terc="3063011")
    )


@pytest.fixture
def public():
    """Return nobody."""
    return AnonymousUser()


@pytest.fixture
def led(held, trainer, now):
    """Let Tamara lead a session of the course."""
    session = Session.objects.create(
        course=held, title="Groups", starts_at=now, ends_at=now + timedelta(hours=1),
    )  # fmt: skip
    SessionTrainer.objects.create(session=session, person=trainer.person)


def who_sees(plan, request):
    return [
        who
        for who in EVERYBODY
        if policies.visible_to(request.getfixturevalue(who)).filter(pk=plan.pk).exists()
    ]


OURS = ["city", "coordinator"]
COURSE = [*OURS, "trainer", "partner", "secretariat", "other_city"]


@pytest.mark.parametrize(
    ("level", "in_draft", "once_signed"),
    (
        (0, OURS, OURS),
        (1, [*OURS, "trainer"], COURSE),
        (2, [*OURS, "trainer"], [*COURSE, "network_city"]),
        (3, [*OURS, "trainer"], list(EVERYBODY)),
    ),
)
def test_who_sees_a_plan(
    plan, led, network_city, foreign_city, public, city, now, request,
    level, in_draft, once_signed,
):  # fmt: skip
    signing.share(plan=plan, visibility=level, with_lines=False, actor=city, now=now)
    assert who_sees(plan, request) == in_draft
    sign(plan, city, now)
    assert who_sees(plan, request) == once_signed
    signing.revise(plan=plan, reason="Next", actor=city, now=now)
    assert who_sees(plan, request) == once_signed


def test_how_much_of_a_plan_each_sees(
    signed, led, network_city, foreign_city, public, city, now, request
):
    signing.share(plan=signed, visibility=3, with_lines=True, actor=city, now=now)
    signed.refresh_from_db()
    found = {}
    for who in EVERYBODY:
        one = policies.sight(request.getfixturevalue(who), signed)
        found[who] = (one.level, one.draft, one.everything)
    assert found == {
        "city": (0, True, True),
        "coordinator": (0, True, True),
        "trainer": (1, True, False),
        "partner": (1, False, False),
        "secretariat": (1, False, False),
        "other_city": (1, False, False),
        "network_city": (2, False, False),
        "foreign_city": (3, False, False),
        "auditor": (3, False, False),
        "administrator": (3, False, False),
        "stranger": (3, False, False),
        "public": (3, False, False),
    }


def test_a_trainer_of_another_course_sees_nothing(signed, trainer):
    assert not policies.visible_to(trainer).exists()


def test_nobody_sees_a_public_plan_of_a_programme_that_is_not_published(
    signed, city, public, now
):
    signing.share(plan=signed, visibility=3, with_lines=True, actor=city, now=now)
    signed.programme.is_published = False
    signed.programme.save()
    assert not policies.visible_to(public).exists()


def test_a_participant_who_gave_her_seat_back_writes_nothing(plan, anna, city, now):
    seat = policies.seat_of(anna).get()
    assert policies.can_write(anna, plan)
    seat.state = "declined"
    seat.save()
    assert not policies.can_write(anna, plan)


def test_boards_are_for_cities_and_partners(
    signed, network_city, foreign_city, led, public, request
):
    found = [
        who
        for who in EVERYBODY
        if policies.boards_of(request.getfixturevalue(who)).exists()
    ]
    assert found == [
        "city", "coordinator", "partner", "secretariat", "other_city", "network_city",
    ]  # fmt: skip


def test_a_city_without_a_course_begins_only_its_own(held, krakow, lodz, city, now):
    with pytest.raises(PermissionDenied):
        drafting.begin(
            programme=held.programme, owner=lodz, course=None, title="x",
            language="pl", actor=city, now=now,
        )  # fmt: skip
    assert (Plan.objects.count(), Action.objects.count()) == (0, 0)
