"""Where a call and its rules are written: rows, mistakes, saving."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from mosty.nominations.models import Call
from mosty.nominations.queries.calls_editor import changes
from mosty.nominations.rules import Memory
from mosty.nominations.rules.words import sentences
from tests.factories import (
    RULES,
    make_call,
    make_course,
)
from tests.nominations.calls.editor.given import rows, sent
from tests.nominations.rules.samples import PART_THREE, PART_TWO

PRIORITIES = (
    {"what": "coverage-organisation"},
    {"what": "prefer-little"},
    {"what": "prefer-new-much"},
    {"what": "balance-department"},
    {"what": "balance-gender"},
)


def test_call_is_written_from_nothing(alice, new, course, ump, krakow):
    response = alice.post(
        new,
        sent(
            course,
            ump,
            quotas=[{"whom": "gender=woman", "least": "8", "most": "14"}],
            priorities=[*PRIORITIES, {"what": ""}],
        ),
    )
    call = Call.objects.get()
    assert (response.status_code, response.url) == (302, "/en/calls/part-two/")
    assert call.rules.as_json() == {
        **RULES.as_json(),
        "quotas": [{"attribute": "gender", "value": "woman", "least": 8, "most": 14}],
        "priorities": PART_TWO.as_json()["priorities"],
    }
    # The last day counts whole, and summer time has begun on it.
    assert call.opens_at == datetime(2030, 2, 28, 23, 0, tzinfo=UTC)
    assert call.closes_at == datetime(2030, 3, 31, 22, 0, tzinfo=UTC)
    assert call.costs.data == {"en": "Travel is paid by the city."}
    assert call.seed_source.data == {"pl": "Losowanie", "en": "A public draw"}
    assert call.channel == ump


def test_the_memory_of_seats_is_chosen_shown_and_kept_like_any_aim(
    alice, new, course, ump
):
    lines = [{"what": "memory-organisation"}, {"what": "coverage-organisation"}]
    alice.post(new, sent(course, ump, priorities=lines))
    call = Call.objects.get()
    assert call.rules.as_json()["priorities"] == [
        {"kind": "memory", "attribute": "organisation"},
        {"kind": "coverage", "attribute": "organisation"},
    ]
    page = alice.get(reverse("nominations:call_edit", args=[call.slug]))
    rows_shown = page.context["rules"].priorities
    assert [row["what"].value() for row in rows_shown] == [
        line["what"] for line in lines
    ]
    assert (
        '<option value="memory-organisation" selected>people from cities that have had '
        "fewest seats in earlier courses of this programme</option>"
    ) in page.content.decode()
    # And the preview says it in both languages.
    said = [
        next(one.text for one in wording.sentences if one.field == "priorities")
        for wording in page.context["preview"].wordings
    ]
    assert said == [
        (
            "osoby z miast, które miały dotąd najmniej miejsc na wcześniejszych "
            "szkoleniach tego programu."
        ),
        (
            "people from cities that have had fewest seats in earlier courses of this "
            "programme."
        ),
    ]


def test_versions_of_rules_are_compared_with_the_memory_of_seats(ump):
    with_it = replace(PART_TWO, priorities=(Memory("organisation"),))
    without = replace(PART_TWO, priorities=())
    [differs] = [
        change
        for change in changes(sentences(without, {}), sentences(with_it, {}))
        if change.kind != "same"
    ]
    assert (differs.kind, differs.new.lead) == ("new", "First of all:")


def test_part_threes_call_is_made_from_part_twos_by_editing_two_numbers(
    alice, course, programme, ump, named
):
    make_call(course, slug="part-ii", channel=ump, rules=PART_TWO)
    part_three = make_course(programme, slug="part-3", part=3)
    address = reverse("nominations:call_new", args=[part_three.pk])
    page = alice.get(address, {"source": "part-ii"})
    editor = page.context["editor"]
    filled = {
        field.html_name: field.value()
        for form in (
            editor.form,
            editor.rules.form,
            *editor.rules.quotas.forms,
            *editor.rules.priorities.forms,
        )
        for field in form
        if field.value() not in (None, "", False)
    }
    assert (
        alice.post(
            address,
            {
                **filled,
                **rows("quotas"),
                "priorities-TOTAL_FORMS": 5,
                "priorities-INITIAL_FORMS": 5,
                "must_confirm": "on",
                "slug": "part-iii",
                "opens_on": "2030-03-01",
                "closes_on": "2030-03-31",
                "seats": "24",
                "least": "2",
                "most": "3",
            },
        ).url
        == "/en/calls/part-iii/"
    )
    assert Call.objects.get(slug="part-iii").rules == PART_THREE


def test_page_asks_where_to_copy_from_only_calls_she_works_on(
    alice, new, call, programme, ump
):
    page = alice.get(new)
    assert page.context["copy"].fields["source"].choices == [
        ("", "an empty form"),
        ("call", "Good practices"),
    ]
    assert page.context["editor"].rules.form["seats"].value() == 25
    assert alice.get(new, {"source": "nonsense"}).status_code == 200


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    (
        ({"seats": ""}, "seats", "This field is required."),
        ({"seats": "many"}, "seats", "Enter a whole number."),
        ({"seats": "0"}, "seats", "Enter a whole number from 1 to 1000."),
        (
            {"least": "5"},
            "least",
            "The least a city nominates must not be above the most.",
        ),
        (
            {"members_of": ""},
            "members_of",
            "Say which cities take part: a union's, or named ones.",
        ),
    ),
)
def test_mistake_in_the_rules_is_shown_once_at_its_field(
    alice, new, course, ump, changes, field, text
):
    response = alice.post(new, sent(course, ump, **changes))
    assert response.status_code == 422
    assert response.context["rules"].form.errors == {field: [text]}
    assert f'<a href="#id_{field}">' in response.content.decode()
    assert Call.objects.count() == 0


def test_mistakes_in_rows_are_shown_at_their_row(alice, new, course, ump):
    response = alice.post(
        new,
        sent(
            course,
            ump,
            quotas=[
                {"whom": "", "least": "", "most": ""},
                {"whom": "gender=woman", "least": "9", "most": "8"},
                {"whom": "", "least": "3", "most": ""},
                {"whom": "level=middle", "least": "x", "most": ""},
            ],
            priorities=[
                {"what": "balance-gender"},
                {"what": ""},
                {"what": "balance-gender"},
                {"what": "prefer"},
            ],
        ),
    )
    rules = response.context["rules"]
    assert [row.errors for row in rules.quotas] == [
        {},
        {"whom": ["The least must not be above the most."]},
        {"whom": ["Say whom the limit is for."]},
        {"least": ["Enter a whole number."]},
    ]
    assert [row.errors for row in rules.priorities] == [
        {},
        {},
        {"what": ["The same priority stands twice."]},
        {"what": ["Say who is preferred."]},
    ]
    html = response.content.decode()
    assert "Priority 3: The same priority stands twice." in html
    assert '<a href="#id_quotas-1-whom">' in html


@pytest.mark.parametrize(
    ("changes", "field", "text"),
    (
        ({"slug": "preview"}, "slug", "The site itself uses this word"),
        ({"slug": "Part 2"}, "slug", "Enter a valid"),
        ({"closes_on": "2030-02-01"}, "closes_on", "must close after it opens"),
        ({"closes_time": "02:30"}, "closes_time", "The clocks change"),
        ({"opens_on": "2030-03-31", "opens_time": "02:30"}, "opens_time", "The clocks"),
        ({"notice_en": ""}, "notice_en", "required"),
        ({"channel": "0"}, "channel", "Select a valid choice"),
    ),
)
def test_mistake_in_the_texts_is_shown_at_its_field_and_nothing_is_lost(
    alice, new, course, ump, changes, field, text
):
    response = alice.post(new, sent(course, ump, priorities=PRIORITIES, **changes))
    assert response.status_code == 422
    form = response.context["editor"].form
    assert list(form.errors) == [field]
    assert text in form.errors[field][0]
    assert form["contact"].value() == "The union's office"
    typed = [row["what"].value() for row in response.context["rules"].priorities]
    assert typed == [line["what"] for line in PRIORITIES]


@pytest.mark.parametrize(
    ("operation", "expected"),
    (
        ("priorities.add", ["a", "b", "c", None]),
        ("priorities.remove.1", ["a", "c"]),
        ("priorities.up.2", ["a", "c", "b"]),
        ("priorities.down.0", ["b", "a", "c"]),
        ("priorities.up.0", ["a", "b", "c"]),
        ("priorities.down.2", ["a", "b", "c"]),
        ("priorities.remove.7", ["a", "b", "c"]),
        ("priorities.remove.x", ["a", "b", "c"]),
        ("nonsense", ["a", "b", "c"]),
        ("quotas.add", ["a", "b", "c"]),
    ),
)
def test_rows_are_added_moved_and_removed_and_everything_typed_stays(
    alice, new, course, ump, operation, expected
):
    data = sent(
        course,
        ump,
        priorities=[
            {"what": "a"},
            {"what": "b", "who": ["gender=woman", "level=middle"]},
            {"what": "c"},
        ],
        seats="many",
        slug="Not An Address",
        closes_on="soon",
        rows=operation,
    )
    data.pop("must_confirm")
    response = alice.post(new, data)
    rules, form = response.context["rules"], response.context["editor"].form
    assert [row["what"].value() for row in rules.priorities] == expected
    assert len(rules.quotas.forms) == (1 if operation == "quotas.add" else 0)
    assert rules.form["seats"].value() == "many"
    assert rules.form["must_confirm"].value() is False
    assert (form["slug"].value(), form["closes_on"].value()) == (
        "Not An Address",
        "soon",
    )
    ticked = [
        row["who"].value() for row in rules.priorities if row["what"].value() == "b"
    ]
    assert ticked in ([["gender=woman", "level=middle"]], [])
    # Nobody is told off while still typing.
    assert response.status_code == 200
    assert "error-summary" not in response.content.decode()
