"""Changing, withdrawing and ordering nominations."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.nominations.actions.entries import CannotNominate
from mosty.nominations.actions.nominations import (
    CannotWithdraw,
    change,
    nominate,
    put_in_order,
    withdraw,
)
from mosty.nominations.models import Needs, Nomination
from mosty.outbox.models import Link, Message
from tests.nominations.nominations.people import a_person


@pytest.fixture
def anna(call, krakow, city, now):
    """Return Anna, nominated by Kraków."""
    return nominate(
        call=call,
        organisation=krakow,
        person=a_person(),
        submit=True,
        actor=city,
        now=now,
    )


@pytest.fixture
def edit(anna, city, now):
    """Return what changes Anna's nomination."""

    def edit(actor=city, at=now, submit=False, seen=None, nomination=anna, **fields):
        return change(
            nomination=nomination,
            person=a_person(**fields),
            submit=submit,
            actor=actor,
            now=at,
            seen=seen,
        )

    return edit


def test_a_change_is_stored_and_named_in_the_ledger(edit, now):
    changed = edit(at=now + timedelta(hours=1), position="Head", level="middle")

    assert changed.position == "Head"
    entry = Entry.objects.latest("id")
    assert (entry.verb, entry.after["changed"]) == ("nomination.changed", ["position"])
    assert Message.objects.count() == 1


def test_saving_without_a_change_writes_nothing(edit, call):
    before = Entry.objects.count()
    edit()
    edit(at=call.closes_at)

    assert Entry.objects.count() == before


def test_a_submitted_nomination_keeps_to_the_rules(edit):
    with pytest.raises(CannotNominate, match="This unit is not among"):
        edit(department="ngo")


def test_a_new_address_ends_the_old_link_and_asks_anew(edit, anna, now):
    old = Link.objects.get(subject=anna.code)
    Nomination.objects.filter(pk=anna.pk).update(
        answer="confirmed", answered_at=now, notice_version=1
    )
    Needs.objects.create(nomination=anna, diet="vegan", delete_after=now.date())
    changed = edit(email="new@krakow.example")

    old.refresh_from_db()
    assert (old.revoked_at, changed.answer) == (now, "pending")
    assert Message.objects.latest("id").to_email == "new@krakow.example"
    assert Needs.objects.count() == 0


def test_an_address_changed_back_is_written_to_again(edit, anna):
    edit(email="new@krakow.example")
    edit()

    told = Message.objects.filter(to_email=anna.email)
    assert told.count() == 2
    live = Link.objects.get(subject=anna.code, revoked_at__isnull=True)
    assert told.latest("id").link == live


def test_the_case_of_an_address_makes_it_no_new_one(edit, anna):
    edit(email=anna.email.upper())

    assert Message.objects.count() == 1


def test_what_was_checked_is_checked_again_after_the_city_changes_it(
    edit, anna, secretariat, now
):
    Nomination.objects.filter(pk=anna.pk).update(checked_at=now)
    assert edit(actor=secretariat, position="Head").checked_at == now
    assert edit(position="Clerk").checked_at is None


def test_of_two_who_change_at_once_the_second_is_told(edit, anna, now):
    seen = anna.changed_at
    edit(at=now + timedelta(minutes=1), position="Head", seen=seen)

    with pytest.raises(CannotNominate, match="Somebody else has changed"):
        edit(at=now + timedelta(minutes=2), position="Clerk", seen=seen)
    anna.refresh_from_db()
    assert anna.position == "Head"


def test_a_withdrawn_nomination_is_not_changed(edit, anna, city, now):
    withdraw(nomination=anna, reason="No.", actor=city, now=now)

    with pytest.raises(CannotNominate, match="has been withdrawn"):
        edit(position="Head")


def test_nothing_changes_after_closing(edit, call):
    with pytest.raises(CannotNominate, match="has closed"):
        edit(at=call.closes_at, position="Head")


def test_withdrawing_tells_the_nominee_and_ends_her_link(anna, city, now):
    Needs.objects.create(nomination=anna, diet="vegan", delete_after=now.date())
    withdraw(nomination=anna, reason="She is leaving.", actor=city, now=now)

    anna.refresh_from_db()
    assert (anna.state, anna.withdrawn_at) == ("withdrawn", now)
    assert Link.objects.get(subject=anna.code).revoked_at == now
    assert Needs.objects.count() == 0
    assert Message.objects.latest("id").kind == "nominations.withdrawn"
    assert Entry.objects.latest("id").reason == "She is leaving."


def test_withdrawing_a_draft_tells_nobody(draft, city, now):
    withdraw(nomination=draft, reason="No.", actor=city, now=now)

    assert Message.objects.count() == 0


def test_withdrawing_needs_a_reason_and_happens_once(anna, city, now):
    with pytest.raises(CannotWithdraw, match="Say why"):
        withdraw(nomination=anna, reason=" ", actor=city, now=now)
    withdraw(nomination=anna, reason="Yes.", actor=city, now=now)
    with pytest.raises(CannotWithdraw, match="already been withdrawn"):
        withdraw(nomination=anna, reason="Yes.", actor=city, now=now)
    assert Message.objects.filter(kind="nominations.withdrawn").count() == 1


def test_after_closing_only_who_gathers_withdraws(anna, call, city, secretariat):
    at = call.closes_at
    with pytest.raises(CannotWithdraw, match="Ask the union"):
        withdraw(nomination=anna, reason="Ill.", actor=city, now=at)
    withdraw(nomination=anna, reason="Ill.", actor=secretariat, now=at)
    anna.refresh_from_db()
    assert anna.state == "withdrawn"


@pytest.mark.parametrize("who", ("other_city", "partner", "stranger"))
def test_others_change_and_withdraw_nothing(edit, anna, now, request, who):
    actor = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        edit(actor=actor, position="Head")
    with pytest.raises(PermissionDenied):
        withdraw(nomination=anna, reason="No.", actor=actor, now=now)


@pytest.fixture
def three(call, krakow, city, now):
    """Return the codes of three nominations, in the order they were made."""
    return [
        nominate(
            call=call,
            organisation=krakow,
            person=a_person(name),
            submit=True,
            actor=city,
            now=now,
        ).code
        for name in ("Anna", "Ewa", "Maria")
    ]


def order_of(call, city):
    return list(
        Nomination.objects.filter(call=call, organisation=city)
        .order_by("preference")
        .values_list("code", flat=True)
    )


def test_a_city_sets_its_own_order(call, krakow, city, now, three):
    wanted = three[::-1]
    for _time in range(2):  # the second changes nothing
        put_in_order(call=call, organisation=krakow, codes=wanted, actor=city, now=now)

    assert order_of(call, krakow) == wanted
    assert Entry.objects.filter(verb="nominations.ordered").count() == 1


@pytest.mark.parametrize("wrong", (lambda c: c[:2], lambda c: [*c[:2], c[0]]))
def test_an_order_must_hold_each_nomination_once(call, krakow, city, now, three, wrong):
    with pytest.raises(CannotNominate, match="has changed meanwhile"):
        put_in_order(
            call=call, organisation=krakow, codes=wrong(three), actor=city, now=now
        )
    assert order_of(call, krakow) == three


def test_the_order_is_fixed_at_closing(call, krakow, city, three):
    with pytest.raises(CannotNominate, match="has closed"):
        put_in_order(
            call=call,
            organisation=krakow,
            codes=three[::-1],
            actor=city,
            now=call.closes_at,
        )
