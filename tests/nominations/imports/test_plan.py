"""The dry run: what is wrong with rows, what is odd, and what they would change."""

from dataclasses import replace

import pytest

from mosty.nominations.models import Invitation, Nomination, RulesVersion
from mosty.nominations.queries.imports.plan import Change
from mosty.nominations.queries.imports.sentences import say, say_short
from tests.factories import RULES, make_call, make_city, make_course, make_nomination
from tests.nominations.imports.files import csv_of, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(call):
    """Return what gives the call other rules."""

    def change(**changes):
        RulesVersion.objects.create(
            call=call,
            number=2,
            stored=replace(RULES, **changes).as_json(),
            reason="a test",
            made_by="Alice Adams",
            made_at=call.opens_at,
        )

    return change


def faults(plan):
    return [
        (row.line, fault.column, say(fault, plan))
        for row in plan.rows
        for fault in row.faults
    ]


def warnings(plan):
    return [
        (row.line, warning.column, say(warning, plan))
        for row in plan.rows
        for warning in row.warnings
    ]


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    (
        ({"Imię": ""}, "given_name", "The cell is empty. It is needed: Given name."),
        ({"Miasto": ""}, "city", "The cell is empty. It is needed: City."),
        (
            {"Miasto": "Karków"},
            "city",
            "There is no such city: “Karków”. Perhaps: Kraków.",
        ),
        ({"Miasto": "Xyz"}, "city", "There is no such city: “Xyz”."),
        ({"E-mail": "anna"}, "email", "“anna” is not an e-mail address. Correct it."),
        (
            {"Na stanowisku od": "31.02.2024"},
            "in_post_since",
            "“31.02.2024” is not in the calendar. Correct the date.",
        ),
        (
            {"Szczebel": "wysoki"},
            "level",
            (
                "“wysoki” is not one of the answers. Choose from: senior management, "
                "middle level, junior level."
            ),
        ),
        (
            {"Wydział": "Wydział Kultury i Edukacji"},
            "department",
            (
                "“Wydział Kultury i Edukacji” speaks of several kinds of units: education, "
                "culture. Write one of them."
            ),
        ),
        (
            {"Imię": "A" * 101},
            "given_name",
            "The text is longer than 100 characters. Shorten it.",
        ),
        ({"Kolejność": "0"}, "preference", "“0” is not a whole number from 1."),
        ({"Kolejność": "²"}, "preference", "“²” is not a whole number from 1."),
    ),
)
def test_what_is_wrong_is_said_with_its_row_and_column(
    attempt, changes, column, sentence
):
    plan = attempt(csv_of(person(**changes)))
    assert faults(plan) == [(2, column, sentence)]
    assert plan.can_be_taken is False


def test_a_city_that_takes_no_part(attempt):
    make_city("Krosno")
    assert faults(attempt(csv_of(person(Miasto="Krosno")))) == [
        (2, "city", "This city is not among those that the call is for.")
    ]


def test_the_calls_rules_about_people(attempt, rules):
    rules(departments=("culture",), levels=("senior",))
    plan = attempt(csv_of(person()))
    assert [(fault[1], fault[2][:48]) for fault in faults(plan)] == [
        ("department", "This unit is not among those that the call is fo"),
        ("level", "The level of the post is not the one the call is"),
    ]


def test_one_address_twice_in_a_city_names_both_rows(attempt):
    again = person(Imię="Hanna", **{"E-mail": "ANNA@example.org"})
    plan = attempt(csv_of(person(), again))
    sentence = (
        "The same e-mail address stands in the same city in other rows too: %s. "
        "Leave one of them."
    )
    assert faults(plan) == [(2, "email", sentence % 3), (3, "email", sentence % 2)]


def test_no_more_than_the_most(attempt, call, krakow, rules):
    rules(most=2)
    make_nomination(call, krakow)
    people = [person(**{"E-mail": f"a{at}@example.org"}) for at in range(3)]
    plan = attempt(csv_of(*people))
    sentence = (
        "The rule: Up to 2 people from each city. Nominated so far: 1. "
        "New in this file: 3."
    )
    assert faults(plan) == [(3, "city", sentence), (4, "city", sentence)]


def test_withdrawn_nominations_do_not_count(attempt, call, krakow, rules):
    rules(most=1)
    make_nomination(call, krakow, state="withdrawn")
    assert attempt(csv_of(person())).counts["new"] == 1


def test_fewer_than_the_least_is_odd_and_not_wrong(attempt, call, krakow, lodz, rules):
    rules(least=2, most=3)
    make_nomination(call, lodz)
    other = person(Miasto="Łódź", **{"E-mail": "b@example.org"})
    plan = attempt(csv_of(person(), other))
    assert [say_short(city, total, plan) for city, total in plan.short] == [
        "The rule: 2 or 3 people from each city. City: Kraków. With this file: 1."
    ]
    assert plan.can_be_taken is True


def test_a_waiver_is_no_reason_to_wonder(attempt, call, krakow, rules):
    rules(least=2, most=3)
    Invitation.objects.create(
        call=call, organisation=krakow, code="ABCD-1", waiver="a small office"
    )
    assert attempt(csv_of(person())).short == []


def test_the_same_row_again_is_the_same(attempt, call, krakow):
    make_nomination(
        call, krakow, "Anna", "Żółć", email="Anna@Example.org", position="inspektorka"
    )
    plan = attempt(csv_of(person()))
    assert [(row.kind, row.changes) for row in plan.rows] == [("same", [])]


def test_a_row_that_differs_changes_what_it_says(attempt, call, krakow):
    make_nomination(
        call, krakow, "Anna", "Zolc", email="anna@example.org", motivation="Tak."
    )
    plan = attempt(csv_of(person(Stanowisko="inspektorka", Uzasadnienie="")))
    assert [(row.kind, row.changes) for row in plan.rows] == [
        (
            "changed",
            [
                Change("family_name", "Zolc", "Żółć"),
                Change("position", "", "inspektorka"),
            ],
        )
    ]


def test_a_draft_would_be_submitted(attempt, call, krakow):
    make_nomination(
        call,
        krakow,
        "Anna",
        "Żółć",
        email="anna@example.org",
        state="draft",
        answer="pending",
    )
    assert attempt(csv_of(person())).rows[0].changes == [
        Change("state", "draft", "submitted")
    ]


def test_a_draft_beyond_the_most_stays_one(attempt, call, krakow, rules):
    rules(most=1)
    make_nomination(call, krakow)
    make_nomination(
        call,
        krakow,
        "Anna",
        "Żółć",
        email="anna@example.org",
        state="draft",
        answer="pending",
    )
    assert [fault[1] for fault in faults(attempt(csv_of(person())))] == ["city"]


def test_a_withdrawn_nomination_is_not_brought_back(attempt, call, krakow):
    make_nomination(call, krakow, email="anna@example.org", state="withdrawn")
    assert [fault[2][:52] for fault in faults(attempt(csv_of(person())))] == [
        "The nomination of this person has been withdrawn. A "
    ]


def test_one_address_in_two_nominations_is_unclear_unless_nothing_changes(
    attempt, call, krakow
):
    make_nomination(call, krakow, "Anna", "Żółć", email="anna@example.org")
    make_nomination(call, krakow, "Jan", "Żółć", email="anna@example.org")
    plan = attempt(csv_of(person()))
    assert [row.kind for row in plan.rows] == ["same"]
    plan = attempt(csv_of(person(Imię="Ewa")))
    assert [fault.code for fault in plan.rows[0].faults] == ["ambiguous"]


def test_another_calls_nominations_do_not_matter(attempt, krakow, programme):
    other = make_call(make_course(programme, "other", part=2), slug="other")
    make_nomination(other, krakow, "Anna", "Żółć", email="anna@example.org")
    assert attempt(csv_of(person())).counts["new"] == 1


def test_people_who_may_be_one_are_shown(attempt, call, krakow, lodz):
    there = make_nomination(call, krakow, "Anna", "Żółc")
    make_nomination(call, lodz, email="anna@example.org")
    like = person(Nazwisko="Żółćć", **{"E-mail": "b@example.org"})
    assert warnings(attempt(csv_of(person(), like))) == [
        (
            2,
            "email",
            "The same e-mail address is nominated by another city too: Łódź.",
        ),
        (
            2,
            "family_name",
            f"Perhaps the same person; see nominations: {there.code}.",
        ),
        (
            3,
            "family_name",
            (
                "Perhaps the same person; see rows of this file: 2; "
                f"nominations: {there.code}."
            ),
        ),
    ]


def test_a_city_does_not_learn_of_others_nominees(attempt, call, krakow, lodz):
    make_nomination(call, lodz, email="anna@example.org")
    assert warnings(attempt(csv_of(person()), krakow)) == []


def test_a_citys_list_takes_its_own_people_only(attempt, krakow):
    plan = attempt(csv_of(person(Miasto="Łódź"), person(Miasto="")), krakow)
    assert [(row.kind, row.line) for row in plan.rows] == [("error", 2), ("new", 3)]
    assert faults(plan)[0][2] == (
        "This row names another city: “Łódź”. Only your own city's people can be here."
    )


def test_a_day_to_come_is_odd(attempt):
    plan = attempt(csv_of(person(**{"Na stanowisku od": "01.03.2099"})))
    assert warnings(plan) == [
        (2, "in_post_since", "The day lies in the future. Is it right?")
    ]


@pytest.mark.parametrize("rows", (1, 30))
def test_the_number_of_queries_does_not_depend_on_the_rows(
    attempt, django_assert_num_queries, rules, rows
):
    rules(least=2, most=30, seats=30)
    people = [person(**{"E-mail": f"a{at}@example.org"}) for at in range(rows)]
    content = csv_of(*people)
    # Version of the rules; cities that take part, cities, codes; the cities'
    # nominations; addresses in the call; waivers.
    with django_assert_num_queries(7):
        attempt(content)


def test_nothing_is_written(attempt):
    attempt(csv_of(person()))
    assert (Nomination.objects.count(), Invitation.objects.count()) == (0, 0)
