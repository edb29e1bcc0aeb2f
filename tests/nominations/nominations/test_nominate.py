"""Nominating: rules, cap, drafts, keys, closing, names."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.audit.models import Entry
from mosty.nominations.actions import invitations
from mosty.nominations.actions.entries import CannotNominate
from mosty.nominations.actions.nominations import change, nominate, withdraw
from mosty.nominations.forms.nominations import NominationForm
from mosty.nominations.models import Call, Nomination
from mosty.outbox.models import Link, Message
from tests.factories import make_city
from tests.nominations.nominations.people import a_person, filled


@pytest.fixture
def put(call, krakow, city, now):
    """Return what nominates for Kraków."""

    def put(person=None, *, submit=True, **changes):
        return nominate(
            **{
                "call": call,
                "organisation": krakow,
                "person": person or a_person(),
                "submit": submit,
                "actor": city,
                "now": now,
                **changes,
            }
        )

    return put


def test_submitting_stores_tells_and_records(put, city, now):
    nomination = put()

    assert (nomination.state, nomination.submitted_at) == ("submitted", now)
    message = Message.objects.get()
    assert (message.to_email, message.state) == (
        "anna.kowalska@krakow.example",
        Message.State.RELEASED,
    )
    assert message.link.subject == nomination.code
    entry = Entry.objects.get()
    assert (entry.verb, entry.target_key, entry.actor_label) == (
        "nomination.submitted",
        nomination.code,
        city.name,
    )
    assert "Kowalska" not in str(entry.after)


def test_a_draft_tells_nobody(put):
    nomination = put(a_person(email="", department="", level=""), submit=False)

    assert nomination.state == "draft"
    assert Message.objects.count() == 0
    assert Link.objects.count() == 0


def test_the_cap_is_named_in_words(put):
    for name in ("Anna", "Ewa", "Maria"):
        put(a_person(name))

    with pytest.raises(CannotNominate) as refusal:
        put(a_person("Zofia"))

    assert str(refusal.value) == (
        "The rule: 2 or 3 people from each city. "
        "Your city has already nominated 3 people. Withdraw one of them first."
    )


def test_drafts_take_places_too(put):
    for name in ("Anna", "Ewa", "Maria"):
        put(a_person(name), submit=False)

    with pytest.raises(CannotNominate, match="2 or 3 people"):
        put(a_person("Zofia"), submit=False)


def test_withdrawing_frees_the_place(put, city, now):
    first = next(put(a_person(name)) for name in ("Anna", "Ewa", "Maria"))
    withdraw(nomination=first, reason="She is leaving.", actor=city, now=now)

    assert put(a_person("Zofia")).state == "submitted"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    (
        (
            {"department": "ngo"},
            "department",
            (
                "This unit is not among those that the call is for: co-operation with "
                "non-governmental organisations. It is for: education, culture, "
                "municipal police."
            ),
        ),
        (
            {"level": "senior"},
            "level",
            (
                "The level of the post is not the one the call is for: senior management. "
                "It is for: middle level."
            ),
        ),
    ),
)
def test_a_rule_about_the_person_is_named_in_words(put, changes, field, sentence):
    with pytest.raises(CannotNominate) as refusal:
        put(a_person(**changes))

    assert refusal.value.fields == {field: sentence}
    assert put(a_person(**changes), submit=False).state == "draft"


def test_every_rule_that_is_not_kept_is_named(put):
    with pytest.raises(CannotNominate) as refusal:
        put(a_person(department="ngo", level="junior"))

    assert set(refusal.value.fields) == {"department", "level"}


@pytest.mark.parametrize("submit", (True, False))
def test_a_city_outside_the_call_is_told_so(put, secretariat, submit):
    village = make_city("Hrubieszów")

    with pytest.raises(CannotNominate) as refusal:
        put(organisation=village, actor=secretariat, submit=submit)

    assert str(refusal.value) == "This city is not among those that the call is for."


def test_two_breaches_of_one_field_are_both_said(put, secretariat, call):
    village = make_city("Hrubieszów")
    for name in ("Anna", "Ewa", "Maria"):
        Nomination.objects.create(
            call=call,
            organisation=village,
            given_name=name,
            family_name="X",
            email="x@example.org",
            created_at=call.opens_at,
            changed_at=call.opens_at,
        )

    with pytest.raises(CannotNominate) as refusal:
        put(organisation=village, actor=secretariat)

    said = refusal.value.fields["organisation"]
    assert "not among those" in said
    assert "2 or 3 people" in said


@pytest.mark.parametrize("who", ("other_city", "partner", "trainer", "stranger"))
def test_who_does_not_speak_for_the_city_is_refused(put, request, who):
    with pytest.raises(PermissionDenied):
        put(actor=request.getfixturevalue(who))


def test_the_last_second_counts_and_the_next_does_not(put, call):
    last = put(now=call.closes_at - timedelta(seconds=1))
    assert last.state == "submitted"

    with pytest.raises(CannotNominate, match="This call has closed"):
        put(a_person("Ewa"), now=call.closes_at)
    with pytest.raises(CannotNominate, match="not open yet"):
        put(a_person("Ewa"), now=call.opens_at - timedelta(microseconds=1))
    assert put(a_person("Ewa"), now=call.opens_at).state == "submitted"


@pytest.mark.parametrize("state", (Call.State.DRAFT, Call.State.CANCELLED))
def test_only_a_published_call_takes_nominations(put, call, state):
    Call.objects.filter(pk=call.pk).update(state=state)
    call.refresh_from_db()

    with pytest.raises(CannotNominate, match="does not take nominations"):
        put()


def test_the_same_form_again_is_the_same_nomination(put, call):
    key = uuid4()
    first = put(key=key)
    counts = (Entry.objects.count(), Message.objects.count())

    assert put(key=key).pk == first.pk
    # A second click may arrive after closing.
    assert put(key=key, now=call.closes_at).pk == first.pk
    assert (Entry.objects.count(), Message.objects.count()) == counts


def test_going_back_and_changing_the_form_changes_its_nomination(put):
    key = uuid4()
    first = put(a_person(position="Clerk"), submit=False, key=key)
    again = put(a_person(position="Head"), key=key)

    assert (again.pk, again.position, again.state) == (first.pk, "Head", "submitted")
    assert Nomination.objects.count() == 1


def test_another_city_with_the_same_key_is_another_nomination(put, lodz, other_city):
    key = uuid4()
    first = put(key=key)
    second = put(key=key, organisation=lodz, actor=other_city)

    assert first.pk != second.pk


def test_the_form_of_a_withdrawn_nomination_does_not_bring_it_back(put, city, now):
    key = uuid4()
    withdraw(nomination=put(key=key), reason="No.", actor=city, now=now)

    with pytest.raises(CannotNominate, match="has been withdrawn"):
        put(key=key)


def test_nominating_takes_back_that_the_city_declined(put, call, krakow, city, now):
    invitations.decline(call=call, organisation=krakow, actor=city, now=now)
    put()

    assert call.invitations.get(organisation=krakow).declined_at is None


def test_the_secretariat_nominates_for_a_city(put, secretariat):
    assert put(actor=secretariat).organisation.slug == "krakow"


def test_each_nomination_comes_after_the_others(put):
    assert [put(a_person(name)).preference for name in ("Anna", "Ewa", "Maria")] == [
        1,
        2,
        3,
    ]


def test_a_name_in_braces_reaches_its_owner(put):
    nomination = put(a_person("{link}", "{{ to }}"))

    assert str(nomination) == "{link} {{ to }}"
    message = Message.objects.get()
    assert message.to_name == "{link} {{ to }}"
    # In the text, braces mean the place of the link.
    assert "Nominated person: (link) (( to ))" in message.body.splitlines()
    assert message.body.count("{link}") == 1


def test_the_longest_names_and_addresses_fit(put):
    person = a_person(
        "A" * 100, "B" * 100, email=f"{'c' * 64}@{'d' * 60}.{'e' * 60}.org"
    )
    nomination = put(person)

    assert nomination.code.casefold() in nomination.search
    assert person.email in nomination.search
    assert len(Message.objects.get().to_name) == 200


NAMES = st.text(min_size=1, max_size=120)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(given_name=NAMES, family_name=NAMES)
def test_any_name_is_taken_or_refused_in_the_form(
    given_name, family_name, put, call, city, now
):
    form = NominationForm(
        filled(given_name=given_name, family_name=family_name), call=call
    )
    if not form.is_valid():
        assert set(form.errors) <= {"given_name", "family_name"}
        return
    nomination = put(form.person())
    nomination.refresh_from_db()

    assert nomination.given_name == form.cleaned_data["given_name"]
    assert 1 <= len(nomination.family_name) <= 100
    withdraw(nomination=nomination, reason="Next.", actor=city, now=now)


@pytest.mark.parametrize(
    ("typed", "kept"),
    (
        ("  Anna\u200b  Maria ", "Anna Maria"),
        ("Łucja", "Łucja"),
        ("Z\u0307ofia", "Żofia"),
        ("Олександра", "Олександра"),
        ("محمد", "محمد"),
        ("O'Brien-Łęcka", "O'Brien-Łęcka"),
        ("=SUM(A1)", "=SUM(A1)"),
    ),
)
def test_names_are_kept_as_they_are_written(typed, kept, call):
    form = NominationForm(filled(given_name=typed), call=call)

    assert form.is_valid()
    assert form.person().given_name == kept


@pytest.mark.parametrize("typed", ("\u200b\u200e", "\u0958" * 60, "A" * 101))
def test_names_that_cannot_be_kept_are_refused_in_the_form(typed, call):
    form = NominationForm(filled(given_name=typed), call=call)

    assert set(form.errors) == {"given_name"}


def test_changing_the_rules_to_fewer_stops_drafts_left_over(put, call, city, now):
    drafts = [
        put(a_person(name), submit=name != "Maria") for name in ("Anna", "Ewa", "Maria")
    ]
    call.versions.create(
        number=2,
        stored={**call.rules.as_json(), "most": 2},
        reason="Fewer seats.",
        made_by="Alice Adams",
        made_at=now,
    )
    draft = Nomination.objects.select_related("call", "organisation").get(
        pk=drafts[2].pk
    )

    with pytest.raises(CannotNominate, match="Exactly 2 people"):
        change(
            nomination=draft,
            person=a_person("Maria"),
            submit=True,
            actor=city,
            now=now,
        )
