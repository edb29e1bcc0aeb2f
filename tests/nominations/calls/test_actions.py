"""Calls are made, published, changed, cancelled; and their draw gets its seed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from i18nfield.strings import LazyI18nString

from mosty.audit.models import Entry
from mosty.nominations.actions import calls, seeds
from mosty.nominations.actions.calls import (
    CallText,
    CannotEdit,
    CannotPublish,
    closing_moment,
)
from mosty.nominations.actions.seeds import CannotDraw
from mosty.nominations.models import Call, RulesVersion
from mosty.outbox.models import Link, Message
from tests.factories import (
    RULES,
    make_call,
    make_city,
    make_course,
    make_link,
    make_message,
    make_nomination,
    make_user,
)

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def text(ump, now):
    return CallText(
        slug="part-two",
        opens_at=now,
        closes_at=now + timedelta(days=20),
        channel=ump,
        contact="The union's office",
        contact_email="office@example.org",
        costs=LazyI18nString({"pl": "", "en": "Travel is paid by the city."}),
        notice=LazyI18nString({"pl": "Informacja.", "en": "Notice."}),
        seed_source=LazyI18nString({"pl": "Losowanie liczb", "en": "A public draw"}),
    )


@pytest.fixture
def draft(course, text, coordinator, now):
    return calls.create(
        course=course, text=text, rules=RULES.as_json(), actor=coordinator, now=now
    )


def verbs(call: Call) -> list[str]:
    return list(Entry.objects.filter(scope=call.slug).values_list("verb", flat=True))


def test_call_is_made_as_a_draft_with_the_first_version_of_its_rules(draft, now):
    assert draft.state == Call.State.DRAFT
    assert draft.rules == RULES
    assert [
        (version.number, version.made_by, version.made_at)
        for version in draft.versions.all()
    ] == [(1, "Alice Adams", now)]
    assert verbs(draft) == ["call.created"]


def test_only_the_coordinator_makes_a_call(course, text, partner, secretariat, now):
    for user in (partner, secretariat):
        with pytest.raises(PermissionDenied):
            calls.create(
                course=course, text=text, rules=RULES.as_json(), actor=user, now=now
            )


@pytest.mark.parametrize(
    ("changes", "field"),
    (
        ({"slug": "new"}, "slug"),
        ({"slug": "preview"}, "slug"),
        ({"closes_at": datetime(2020, 1, 1, tzinfo=UTC)}, "closes_at"),
    ),
)
def test_text_that_cannot_be_is_refused_at_its_field(
    course, text, coordinator, now, changes, field
):
    with pytest.raises(CannotEdit) as refusal:
        calls.create(
            course=course,
            text=replace(text, **changes),
            rules=RULES.as_json(),
            actor=coordinator,
            now=now,
        )
    assert list(refusal.value.fields) == [field]
    assert Call.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "fields"),
    (
        ({"most": 0}, ["most"]),
        ({"members_of": "nobody"}, ["members_of"]),
        ({"exceptions": ["atlantis"]}, ["exceptions"]),
        # A union is no city.
        ({"exceptions": ["ump"]}, ["exceptions"]),
    ),
)
def test_rules_that_make_no_sense_are_refused_at_their_field(
    course, text, coordinator, now, changes, fields
):
    with pytest.raises(CannotEdit) as refusal:
        calls.create(
            course=course,
            text=text,
            rules={**RULES.as_json(), **changes},
            actor=coordinator,
            now=now,
        )
    assert list(refusal.value.fields) == fields


def test_course_has_one_call_and_an_address_one_owner(
    draft, course, text, programme, coordinator, now
):
    other = make_course(programme, slug="other", part=2)
    same = {"rules": RULES.as_json(), "actor": coordinator, "now": now}
    with pytest.raises(CannotEdit, match="already has a call"):
        calls.create(course=course, text=replace(text, slug="else"), **same)
    with pytest.raises(CannotEdit) as refusal:
        calls.create(course=other, text=text, **same)
    assert list(refusal.value.fields) == ["slug"]


def test_rules_of_a_draft_are_replaced(draft, text, coordinator, now):
    changed = replace(RULES, seats=24, least=2, most=3)
    call = calls.edit(
        call=draft,
        text=replace(text, contact="Somebody else"),
        rules=changed.as_json(),
        actor=coordinator,
        now=now,
    )
    call = Call.objects.get(pk=call.pk)
    assert (call.rules, call.versions.count(), call.contact) == (
        changed,
        1,
        "Somebody else",
    )
    entry = Entry.objects.get(verb="call.edited")
    assert (entry.before["rules"]["most"], entry.after["rules"]["most"]) == (4, 3)


def test_published_call_is_not_edited(draft, text, coordinator, now):
    calls.publish(call=draft, actor=coordinator, now=now)
    with pytest.raises(CannotEdit):
        calls.edit(
            call=draft, text=text, rules=RULES.as_json(), actor=coordinator, now=now
        )


@pytest.mark.parametrize(
    ("changes", "match"),
    (
        ({"closes_at": datetime(2024, 1, 2, tzinfo=UTC)}, "has passed"),
        ({"seed_source": LazyI18nString({"pl": "", "en": ""})}, "seed"),
        ({"notice": LazyI18nString({"pl": "", "en": " "})}, "privacy notice"),
    ),
)
def test_call_that_lacks_something_is_not_published(
    course, text, coordinator, now, changes, match
):
    text = replace(text, opens_at=datetime(2024, 1, 1, tzinfo=UTC), **changes)
    draft = calls.create(
        course=course, text=text, rules=RULES.as_json(), actor=coordinator, now=now
    )
    with pytest.raises(CannotPublish, match=match):
        calls.publish(call=draft, actor=coordinator, now=now)


def test_call_is_published_once(draft, coordinator, partner, now):
    with pytest.raises(PermissionDenied):
        calls.publish(call=draft, actor=partner, now=now)
    call = calls.publish(call=draft, actor=coordinator, now=now)
    assert (call.state, call.published_at) == (Call.State.PUBLISHED, now)
    with pytest.raises(CannotPublish):
        calls.publish(call=draft, actor=coordinator, now=now)


@pytest.mark.parametrize(
    "act", (lambda rows: rows.update(stored={}), lambda rows: rows.delete())
)
def test_database_itself_freezes_the_rules_of_a_published_call(call, act):
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        act(RulesVersion.objects.filter(call=call))
    assert call.rules == RULES


def test_database_lets_a_draft_change_its_rules(draft):
    assert RulesVersion.objects.filter(call=draft).update(made_by="Nobody") == 1


def test_database_refuses_a_changed_version_without_a_reason(call, now):
    with pytest.raises(IntegrityError), transaction.atomic():
        RulesVersion.objects.create(
            call=call, number=2, stored=RULES.as_json(), made_by="A", made_at=now
        )


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


def told(kind: str) -> list[str]:
    return list(
        Message.objects.filter(kind=f"nominations.{kind}")
        .order_by("to_email")
        .values_list("to_email", flat=True)
    )


def invited(call, city, now, email="", name=""):
    return call.invitations.create(
        organisation=city,
        code=f"{city.slug[:4]}-{city.pk}",
        contact_email=email,
        contact_name=name,
        language="en",
        sent_at=now if email else None,
    )


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


def test_closing_moves_with_a_reason_and_links_live_as_long(
    call, coordinator, krakow, now
):
    invitation = invited(call, krakow, now, email="krakow@example.org")
    link = make_link(
        invitation.code, purpose=Link.Purpose.NOMINATE, expires_at=call.closes_at
    )
    later = call.closes_at + timedelta(days=5)
    moved = calls.move_closing(
        call=call, closes_at=later, reason="Holidays.", actor=coordinator, now=now
    )
    assert moved.closes_at == later
    link.refresh_from_db()
    assert link.expires_at == later
    assert told("closing_moved") == ["krakow@example.org"]
    assert "Reason: Holidays.\n" in Message.objects.get().body


def test_closing_does_not_move_without_reason_into_the_past_or_after_closing(
    call, coordinator, partner, now
):
    later = call.closes_at + timedelta(days=5)
    with pytest.raises(PermissionDenied):
        calls.move_closing(
            call=call, closes_at=later, reason="x", actor=partner, now=now
        )
    for closes_at, reason, at, fields in (
        (later, " ", now, ["reason"]),
        (now - timedelta(1), "x", now, ["closes_at"]),
        (call.closes_at, "x", now, []),
        (later, "x", call.closes_at, []),
    ):
        with pytest.raises(CannotEdit) as refusal:
            calls.move_closing(
                call=call,
                closes_at=closes_at,
                reason=reason,
                actor=coordinator,
                now=at,
            )
        assert list(refusal.value.fields) == fields
    assert Entry.objects.count() == 0


def test_cancelled_call_keeps_what_was_nominated_and_tells_its_cities(
    call, coordinator, krakow, lodz, now
):
    invited(call, krakow, now, email="krakow@example.org")
    make_nomination(call, lodz)
    make_user("Leon Lis", role="city", organisation=lodz)
    with pytest.raises(CannotEdit) as refusal:
        calls.cancel(call=call, reason="", actor=coordinator, now=now)
    assert list(refusal.value.fields) == ["reason"]
    calls.cancel(call=call, reason="No room.", actor=coordinator, now=now)
    assert Call.objects.get().state == Call.State.CANCELLED
    assert told("cancelled") == ["krakow@example.org", "leon.lis@example.org"]
    with pytest.raises(CannotEdit, match="already"):
        calls.cancel(call=call, reason="No room.", actor=coordinator, now=now)


def test_with_its_call_what_nobody_let_leave_is_withdrawn(call, coordinator, now):
    sent = make_message(scope=call.slug, state="sent")
    waiting = make_message(scope=call.slug)
    elsewhere = make_message(scope="elsewhere")
    calls.cancel(call=call, reason="No room.", actor=coordinator, now=now)
    states = [Message.objects.get(pk=m.pk).state for m in (sent, waiting, elsewhere)]
    assert states == ["sent", "withdrawn", "draft"]
    entry = Entry.objects.get(verb="message.withdrawn")
    assert (entry.target_key, entry.scope, entry.reason, entry.after) == (
        str(waiting.pk),
        call.slug,
        "No room.",
        {"kind": "nominations.test", "state": "withdrawn"},
    )


def test_seed_is_entered_once_and_only_after_closing(call, coordinator, partner, now):
    after = call.closes_at
    with pytest.raises(CannotDraw, match="after the call has closed"):
        seeds.enter_seed(call=call, seed="1 2 3", actor=coordinator, now=now)
    with pytest.raises(PermissionDenied):
        seeds.enter_seed(call=call, seed="1 2 3", actor=partner, now=after)
    with pytest.raises(CannotDraw) as refusal:
        seeds.enter_seed(call=call, seed=" ", actor=coordinator, now=after)
    assert list(refusal.value.fields) == ["seed"]
    call = seeds.enter_seed(call=call, seed=" 1 2 3 ", actor=coordinator, now=after)
    assert (call.seed, call.seed_entered_at) == ("1 2 3", after)
    with pytest.raises(CannotDraw, match="cannot be exchanged"):
        seeds.enter_seed(call=call, seed="4 5 6", actor=coordinator, now=after)


@pytest.mark.parametrize(
    ("day", "expected"),
    (
        # The day before, the day of, and the day after the switch to summer time.
        (date(2024, 3, 30), datetime(2024, 3, 30, 23, 0, tzinfo=UTC)),
        (date(2024, 3, 31), datetime(2024, 3, 31, 22, 0, tzinfo=UTC)),
        # And of the switch back.
        (date(2024, 10, 26), datetime(2024, 10, 26, 22, 0, tzinfo=UTC)),
        (date(2024, 10, 27), datetime(2024, 10, 27, 23, 0, tzinfo=UTC)),
        (date(2024, 5, 31), datetime(2024, 5, 31, 22, 0, tzinfo=UTC)),
        (date(2024, 12, 31), datetime(2024, 12, 31, 23, 0, tzinfo=UTC)),
    ),
)
def test_last_day_counts_whole_on_any_clock(day, expected):
    assert closing_moment(day, WARSAW) == expected
    last_second = datetime.combine(day, time(23, 59, 59), tzinfo=WARSAW)
    call = Call(
        state=Call.State.PUBLISHED,
        opens_at=datetime(2024, 1, 1, tzinfo=UTC),
        closes_at=closing_moment(day, WARSAW),
    )
    assert call.is_open(last_second.astimezone(UTC))
    assert not call.is_open(last_second.astimezone(UTC) + timedelta(seconds=1))
    assert call.is_closed(last_second.astimezone(UTC) + timedelta(seconds=1))


def test_last_minute_counts_whole():
    assert closing_moment(date(2024, 3, 31), WARSAW, time(1, 59)) == datetime(
        2024, 3, 31, 1, 0, tzinfo=UTC
    )
    assert closing_moment(date(2024, 5, 31), WARSAW, time(16, 0)) == datetime(
        2024, 5, 31, 14, 1, tzinfo=UTC
    )


@pytest.mark.parametrize("day", (date(2024, 3, 31), date(2024, 10, 27)))
def test_minute_that_clocks_skip_or_show_twice_is_no_closing_time(day):
    with pytest.raises(ValueError, match="02:30"):
        closing_moment(day, WARSAW, time(2, 30))


def test_open_until_just_before_closing_in_the_database_too(call):
    call.refresh_from_db()
    assert call.is_open(call.opens_at)
    assert not call.is_open(call.opens_at - timedelta(microseconds=1))
    assert call.is_open(call.closes_at - timedelta(microseconds=1))
    assert not call.is_open(call.closes_at)
