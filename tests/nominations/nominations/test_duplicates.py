"""Pairs that may be one person: found, shown side by side, decided, never merged."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.nominations.actions import duplicates
from mosty.nominations.actions.duplicates import CannotDecide, decide
from mosty.nominations.actions.nominations import change, nominate, withdraw
from mosty.nominations.models import Nomination, PossibleDuplicate
from mosty.nominations.queries import nominations_duplicates as queries
from tests.factories import make_call, make_course, make_nomination
from tests.nominations.nominations.people import a_person

Decision = PossibleDuplicate.Decision


@pytest.fixture
def put(call, krakow, secretariat, now):
    """Return what nominates somebody, for Kraków unless told."""

    def put(*name, organisation=krakow, submit=True, **fields):
        return nominate(
            call=call,
            organisation=organisation,
            person=a_person(*name, **fields),
            submit=submit,
            actor=secretariat,
            now=now,
        )

    return put


def pairs():
    return list(PossibleDuplicate.objects.values_list("first", "second", "why"))


@pytest.mark.parametrize(
    "other",
    (
        ("Kowalska", "Ania"),
        ("Ania", "Kowalska"),
        ("Anna Maria", "Kowalska"),
        ("anna", "KOWALSKA"),
    ),
)
def test_similar_names_of_one_city_make_a_pair(put, other):
    first = put("Anna", "Kowalska", email="a@example.org")
    second = put(*other, email="b@example.org")

    assert pairs() == [(first.pk, second.pk, "name")]


@pytest.mark.parametrize(
    "other", (("Jan", "Nowak"), ("Anna", "Zielińska"), ("Tomasz", "Kowalski"))
)
def test_other_names_make_none(put, other):
    put("Anna", "Kowalska", email="a@example.org")
    put(*other, email="b@example.org")

    assert pairs() == []


def test_a_similar_name_in_another_city_makes_none(put, lodz):
    put("Anna", "Kowalska", email="a@example.org")
    put("Anna", "Kowalska", email="b@example.org", organisation=lodz)

    assert pairs() == []


def test_the_same_address_makes_a_pair_whatever_its_case_and_city(put, lodz):
    first = put("Anna", "Kowalska", email="Anna@Example.org")
    second = put("Jan", "Nowak", email="anna@example.ORG", organisation=lodz)

    assert pairs() == [(first.pk, second.pk, "email")]


def test_an_address_is_the_stronger_sign(put):
    put("Anna", "Kowalska", email="a@example.org")
    put("Ania", "Kowalska", email="A@example.org")

    assert [why for _first, _second, why in pairs()] == ["email"]


def test_drafts_and_withdrawn_ones_make_no_pairs(put, secretariat, now):
    put("Anna", "Kowalska", email="a@example.org", submit=False)
    gone = put("Ania", "Kowalska", email="b@example.org")
    withdraw(nomination=gone, reason="No.", actor=secretariat, now=now)
    put("Anna", "Kowalska", email="b@example.org")

    assert pairs() == []


def test_people_of_other_calls_make_none(put, call, krakow):
    other = make_call(
        make_course(call.course.programme, slug="other", part=2),
        slug="other",
        channel=call.channel,
    )
    make_nomination(other, krakow, "Anna", "Kowalska", email="a@example.org")
    put("Anna", "Kowalska", email="a@example.org")

    assert pairs() == []


def test_a_mended_address_and_name_end_a_pair_that_nobody_has_decided(
    put, secretariat, now
):
    put("Anna", "Kowalska", email="a@example.org")
    second = put("Ania", "Kowalska", email="b@example.org")
    assert len(pairs()) == 1
    change(
        nomination=second,
        person=a_person("Zuzanna", "Wróbel", email="b@example.org"),
        submit=False,
        actor=secretariat,
        now=now,
    )
    assert pairs() == []


def test_a_decided_pair_stays_as_it_is(put, secretariat, now):
    put("Anna", "Kowalska", email="a@example.org")
    second = put("Ania", "Kowalska", email="b@example.org")
    pair = PossibleDuplicate.objects.get()
    decide(
        pair=pair,
        decision=Decision.DIFFERENT,
        reason="Sisters.",
        actor=secretariat,
        now=now,
    )
    change(
        nomination=second,
        person=a_person("Anna", "Kowalska", email="b@example.org"),
        submit=False,
        actor=secretariat,
        now=now,
    )
    assert PossibleDuplicate.objects.get().decision == Decision.DIFFERENT


def test_many_are_compared_in_one_statement(
    call, krakow, lodz, django_assert_num_queries
):
    rows = [
        make_nomination(call, krakow, "Anna", "Kowalska", email="a@example.org"),
        make_nomination(call, krakow, "Ania", "Kowalska", email="b@example.org"),
        make_nomination(call, lodz, "Jan", "Nowak", email="A@example.org"),
    ]
    keys = [row.pk for row in rows]
    with django_assert_num_queries(1):  # the insert
        assert duplicates.note_many(call, keys) == 2
    assert duplicates.note_many(call, keys) == 0
    assert set(pairs()) == {
        (keys[0], keys[1], "name"),
        (keys[0], keys[2], "email"),
    }


@pytest.fixture
def pair(put):
    """Return a pair to be decided."""
    put("Anna", "Kowalska", email="a@example.org")
    put("Ania", "Kowalska", email="b@example.org", position="Clerk")
    return PossibleDuplicate.objects.select_related("first__call__course").get()


def test_a_decision_merges_nothing_and_stands_in_both_histories(pair, secretariat, now):
    before = list(Nomination.objects.order_by("pk").values())
    for _time in range(2):  # the second changes nothing
        decide(
            pair=pair,
            decision=Decision.SAME,
            reason=" I asked. ",
            actor=secretariat,
            now=now,
        )

    pair.refresh_from_db()
    assert (pair.decision, pair.reason, pair.decided_by) == (
        "same",
        "I asked.",
        "Sabina Sowa",
    )
    assert list(Nomination.objects.order_by("pk").values()) == before
    entries = Entry.objects.filter(verb="duplicate.decided")
    assert {(entry.target_key, entry.after["other"]) for entry in entries} == {
        (pair.first.code, pair.second.code),
        (pair.second.code, pair.first.code),
    }


def test_a_decision_needs_a_reason(pair, secretariat, now):
    with pytest.raises(CannotDecide, match="how you know"):
        decide(
            pair=pair,
            decision=Decision.SAME,
            reason=" ",
            actor=secretariat,
            now=now,
        )


def test_a_decision_can_be_changed_by_whoever_saw_it(
    pair, secretariat, coordinator, now
):
    def by(actor, decision, instead_of):
        return decide(
            pair=pair,
            decision=decision,
            reason="I asked.",
            actor=actor,
            now=now,
            instead_of=instead_of,
        )

    by(secretariat, Decision.SAME, Decision.OPEN)
    with pytest.raises(CannotDecide, match="meanwhile: the same person"):
        by(coordinator, Decision.DIFFERENT, Decision.OPEN)
    assert by(coordinator, Decision.DIFFERENT, Decision.SAME).decision == "different"


@pytest.mark.parametrize("who", ("partner", "city", "stranger"))
def test_only_who_gathers_decides(pair, now, request, who):
    with pytest.raises(PermissionDenied):
        decide(
            pair=pair,
            decision=Decision.SAME,
            reason="No.",
            actor=request.getfixturevalue(who),
            now=now,
        )


def test_what_differs_is_said_in_words(pair, call, secretariat, signed_in):
    compared = queries.compare(pair, call)
    assert [field.label for field in compared.fields if not field.same] == [
        "Given name",
        "E-mail",
        "Position",
    ]
    page = signed_in(secretariat).get(
        reverse("nominations:duplicates", args=[call.slug])
    )
    assert page.content.decode().count(">differs</span>") == compared.differing == 3


def test_pairs_that_no_longer_both_count_are_not_open(pair, call, secretariat, now):
    assert len(queries.open_of(call)) == 1
    withdraw(nomination=pair.first, reason="No.", actor=secretariat, now=now)
    assert queries.open_of(call) == []


def url_of(pair, call):
    return reverse("nominations:duplicate", args=[call.slug, pair.pk])


def test_a_decision_is_taken_on_the_pairs_page(pair, call, secretariat, signed_in):
    client = signed_in(secretariat)
    given = {"decision": "different", "reason": "Sisters.", "instead_of": "open"}
    answer = client.post(url_of(pair, call), given)

    assert answer.url == reverse("nominations:duplicates", args=[call.slug])
    pair.refresh_from_db()
    assert pair.decision == "different"
    assert b"Sisters." in client.get(answer.url).content


def test_a_late_decision_is_shown_again_with_what_was_typed(
    pair, call, secretariat, signed_in, coordinator, now
):
    decide(
        pair=pair,
        decision=Decision.SAME,
        reason="I asked.",
        actor=coordinator,
        now=now,
    )
    client = signed_in(secretariat)
    given = {"decision": "different", "reason": "Sisters.", "instead_of": "open"}
    page = client.post(url_of(pair, call), given)

    form = page.context["form"]
    assert form.non_field_errors() == [
        "Somebody else has decided meanwhile: the same person. Look again."
    ]
    assert form["reason"].value() == "Sisters."
    # Sent again, the page now knows what it would replace.
    given["instead_of"] = form["instead_of"].value()
    assert client.post(url_of(pair, call), given).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"),
    (
        ("secretariat", 200),
        ("coordinator", 200),
        ("partner", 404),
        ("city", 404),
        ("other_city", 404),
        ("trainer", 404),
        ("auditor", 404),
        ("stranger", 404),
    ),
)
def test_pairs_are_shown_to_who_gathers(pair, call, signed_in, request, who, status):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url_of(pair, call)).status_code == status
    address = reverse("nominations:duplicates", args=[call.slug])
    assert client.get(address).status_code == status


def test_a_pair_of_another_call_is_not_here(pair, call, secretariat, signed_in):
    make_call(
        make_course(call.course.programme, slug="other", part=2),
        slug="other",
        channel=call.channel,
    )
    address = reverse("nominations:duplicate", args=["other", pair.pk])
    assert signed_in(secretariat).get(address).status_code == 404


def test_the_pages_need_as_many_queries_for_three_pairs_as_for_one(
    put, pair, call, secretariat, signed_in, django_assert_num_queries
):
    client = signed_in(secretariat)
    address = reverse("nominations:duplicates", args=[call.slug])
    put("Ann", "Kowalska", email="c@example.org")
    for _time in range(2):
        # session, user with grants, call, open pairs, decided pairs
        with django_assert_num_queries(5):
            client.get(address)
        PossibleDuplicate.objects.exclude(pk=pair.pk).delete()
