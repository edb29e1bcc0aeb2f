"""How the rules of a published call change, and who is told."""

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.nominations.actions import calls
from mosty.nominations.actions.calls import (
    CannotEdit,
)
from mosty.nominations.models import Call
from mosty.outbox.models import Message
from tests.factories import (
    RULES,
    make_call,
    make_city,
    make_course,
    make_nomination,
    make_user,
)
from tests.nominations.calls.actions.given import invited, told


def change(call, user, now, **changes):
    return calls.change_rules(
        call=call,
        rules={**RULES.as_json(), **changes},
        reason=" One room is smaller. ",
        actor=user,
        now=now,
    )


def test_change_is_a_new_version_with_a_reason(call, coordinator, now):
    version = change(call, coordinator, now, seats=24)
    assert (version.number, version.reason) == (2, "One room is smaller.")
    assert Call.objects.get(pk=call.pk).rules.seats == 24
    assert call.versions.get(number=1).rules == RULES
    entry = Entry.objects.get(verb="call.rules_changed")
    assert (entry.reason, entry.after["number"]) == ("One room is smaller.", 2)


def test_change_needs_a_reason_a_difference_a_published_call_and_the_coordinator(
    call, coordinator, secretariat, now, programme, ump
):
    with pytest.raises(PermissionDenied):
        change(call, secretariat, now, seats=24)
    with pytest.raises(CannotEdit, match="same as before"):
        change(call, coordinator, now)
    with pytest.raises(CannotEdit) as refusal:
        calls.change_rules(
            call=call,
            rules={**RULES.as_json(), "seats": 24},
            reason=" ",
            actor=coordinator,
            now=now,
        )
    assert list(refusal.value.fields) == ["reason"]
    draft = make_call(
        make_course(programme, slug="b", part=2),
        slug="b",
        channel=ump,
        state="draft",
    )
    with pytest.raises(CannotEdit):
        change(draft, coordinator, now, seats=24)


def test_nobody_writes_over_rules_that_she_has_not_seen(call, coordinator, now):
    change(call, coordinator, now, seats=24)
    stored = {**RULES.as_json(), "seats": 23}
    who = {"reason": "Two rooms.", "actor": coordinator, "now": now}
    with pytest.raises(CannotEdit, match="changed the rules meanwhile: version 2"):
        calls.change_rules(call=call, rules=stored, seen=1, **who)
    assert Call.objects.get(pk=call.pk).rules.seats == 24
    assert calls.change_rules(call=call, rules=stored, seen=2, **who).number == 3


def test_everybody_who_nominated_is_told_of_new_rules_exactly_once(
    call, coordinator, krakow, lodz, ump, city, now
):
    # Kraków: the contact of the invitation is also the signed-in user.
    invited(call, krakow, now, email="Celina.Cisek@example.org")
    make_nomination(call, krakow)
    make_nomination(call, krakow, "Jan", "Mazur")
    # Łódź: a colleague was written to; the user Leon nominated, a draft so far.
    invited(call, lodz, now, email="office@lodz.example.org")
    make_user("Leon Lis", role="city", organisation=lodz)
    make_nomination(call, lodz, state="draft")
    # Poznań nominated through the union only: it has a row but no address, and a user.
    poznan = make_city("Poznań", member_of=ump)
    invited(call, poznan, now)
    make_user("Pola Pies", role="city", organisation=poznan)
    make_nomination(call, poznan)
    # Lublin got the call and did not answer; Rzeszów withdrew.
    invited(call, make_city("Lublin", member_of=ump), now, email="lublin@example.org")
    rzeszow = make_city("Rzeszów", member_of=ump)
    invited(call, rzeszow, now, email="rzeszow@example.org")
    make_nomination(call, rzeszow, state="withdrawn")

    change(call, coordinator, now, seats=24)

    assert told("rules_changed") == [
        "Celina.Cisek@example.org",
        "leon.lis@example.org",
        "office@lodz.example.org",
        "pola.pies@example.org",
    ]
    change(call, coordinator, now, seats=23)
    assert len(told("rules_changed")) == 8


def test_letter_about_new_rules_says_them_in_the_readers_language(
    call, coordinator, krakow, now
):
    make_user("Pola Pies", role="city", organisation=krakow, language="pl")
    make_user("Ed East", role="city", organisation=krakow, language="en")
    make_nomination(call, krakow)
    change(call, coordinator, now, seats=24, least=2, most=3)
    english, polish = Message.objects.order_by("language")
    assert english.subject == "The rules have changed: Good practices"
    assert "- 2 or 3 people from each city. The course has 24 seats.\n" in english.body
    assert "Reason: One room is smaller.\n" in english.body
    assert polish.subject == "Zmiana zasad naboru: Good practices"
    assert (
        "- 2 lub 3 osoby z każdego miasta. Na szkoleniu są 24 miejsca.\n" in polish.body
    )
