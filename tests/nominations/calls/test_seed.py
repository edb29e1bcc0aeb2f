"""What enters a draw is settled before anybody can know how it will go."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from i18nfield.strings import LazyI18nString

from mosty.nominations.actions import checks, duplicates, invitations, seeds
from mosty.nominations.models import PossibleDuplicate
from tests.factories import make_link, make_nomination


@pytest.fixture
def after(call):
    return call.closes_at + timedelta(hours=1)


@pytest.fixture
def pair(call, krakow, now):
    first = make_nomination(call, krakow, checked_at=now)
    second = make_nomination(call, krakow, checked_at=now)
    return PossibleDuplicate.objects.create(first=first, second=second, why="name")


def enter(call, coordinator, after):
    return seeds.enter_seed(call=call, seed="1 2 3", actor=coordinator, now=after)


def test_the_seed_waits_for_checks_and_decisions(
    call, krakow, pair, coordinator, secretariat, after
):
    unchecked = make_nomination(call, krakow)
    with pytest.raises(seeds.CannotDraw, match="First check"):
        enter(call, coordinator, after)
    checks.check(nomination=unchecked, passed=True, actor=secretariat, now=after)
    with pytest.raises(seeds.CannotDraw, match="First check"):
        enter(call, coordinator, after)
    duplicates.decide(
        pair=pair, decision="different", reason="Asked.", actor=secretariat, now=after
    )
    assert enter(call, coordinator, after).seed == "1 2 3"


def test_with_the_seed_known_nothing_that_enters_the_draw_changes(
    call, krakow, pair, coordinator, secretariat, after
):
    pair.decision, pair.decided_at = "different", after
    pair.save()
    link = make_link(pair.first.code, purpose="confirm")
    call = enter(call, coordinator, after)
    pair = PossibleDuplicate.objects.select_related("first__call").get()
    invitation = call.invitations.create(organisation=krakow, code="WAIVE")
    with pytest.raises(duplicates.CannotDecide, match="settled"):
        duplicates.decide(
            pair=pair,
            decision="same",
            reason="After all.",
            instead_of="different",
            actor=secretariat,
            now=after,
        )
    with pytest.raises(checks.CannotCheck, match="settled"):
        checks.check(nomination=pair.first, passed=False, actor=secretariat, now=after)
    with pytest.raises(invitations.CannotInvite, match="settled"):
        invitations.waive(
            invitation=invitation, reason="Small.", actor=coordinator, now=after
        )
    with pytest.raises(checks.CannotRemind):
        checks.remind(call=call, codes=[pair.first.code], actor=secretariat, now=after)
    link.refresh_from_db()
    assert link.revoked_at == after


@pytest.mark.parametrize(
    ("source", "allowed"),
    (
        ("", False),
        ("  ", False),
        (LazyI18nString({}), False),
        (LazyI18nString({"pl": "", "en": ""}), False),
        (LazyI18nString({"pl": " ", "en": ""}), False),
        (LazyI18nString({"pl": "", "en": "A public draw"}), True),
        ("A public draw", True),
    ),
)
def test_the_database_lets_no_call_be_public_without_a_source_of_its_seed(
    call, source, allowed
):
    call.seed_source = source
    if allowed:
        call.save()
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            call.save()
