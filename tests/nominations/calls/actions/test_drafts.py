"""How a call is made, edited and published."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from i18nfield.strings import LazyI18nString

from mosty.audit.models import Entry
from mosty.nominations.actions import calls
from mosty.nominations.actions.calls import (
    CannotEdit,
    CannotPublish,
)
from mosty.nominations.models import Call, RulesVersion
from tests.factories import (
    RULES,
    make_course,
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


@pytest.mark.parametrize(("ahead", "may"), ((0, False), (1, True)))
def test_call_closes_before_its_course_begins(draft, coordinator, now, ahead, may):
    """On the clocks of the programme: the last minute of a day belongs to that day."""
    closes = draft.course.programme.local(draft.closes_at).date()
    draft.course.starts_on = closes + timedelta(days=ahead)
    draft.course.ends_on = draft.course.starts_on
    draft.course.save()

    if may:
        assert (
            calls.publish(call=draft, actor=coordinator, now=now).state == "published"
        )
    else:
        with pytest.raises(CannotPublish, match="before the course begins"):
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
