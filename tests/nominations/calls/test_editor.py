"""Where a call and its rules are written: rows, preview, mistakes, saving."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from mosty.nominations.models import Call
from mosty.nominations.queries.calls_editor import changes
from mosty.nominations.rules import Memory
from mosty.nominations.rules.words import Sentence, sentences
from mosty.outbox.models import Message
from tests.factories import (
    RULES,
    make_call,
    make_city,
    make_course,
    make_nomination,
    make_programme,
)
from tests.nominations.rules.samples import PART_THREE, PART_TWO

PREVIEW = "/en/calls/preview/"
TEXT = {
    "slug": "part-two",
    "opens_on": "2030-03-01",
    "opens_time": "",
    "closes_on": "2030-03-31",
    "closes_time": "",
    "contact": "The union's office",
    "contact_email": "office@example.org",
    "costs_pl": "",
    "costs_en": "Travel is paid by the city.",
    "notice_pl": "Informacja.",
    "notice_en": "Notice.",
    "seed_source_pl": "Losowanie",
    "seed_source_en": "A public draw",
}
PLAIN = {
    "seats": "25",
    "reserve": "10",
    "least": "1",
    "most": "4",
    "members_of": "ump",
    "new_in_post_months": "12",
    "must_confirm": "on",
}


def rows(name: str, *lines: dict[str, Any]) -> dict[str, Any]:
    """Return rows as a browser sends them."""
    sent: dict[str, Any] = {
        f"{name}-TOTAL_FORMS": len(lines),
        f"{name}-INITIAL_FORMS": len(lines),
    }
    for number, line in enumerate(lines):
        sent |= {f"{name}-{number}-{field}": value for field, value in line.items()}
    return sent


PRIORITIES = (
    {"what": "coverage-organisation"},
    {"what": "prefer-little"},
    {"what": "prefer-new-much"},
    {"what": "balance-department"},
    {"what": "balance-gender"},
)


def sent(course, ump, *, quotas=(), priorities=(), **changes: Any) -> dict[str, Any]:
    """Return what the whole form sends."""
    return {
        **TEXT,
        **PLAIN,
        "course": course.pk,
        "channel": ump.pk,
        **rows("quotas", *quotas),
        **rows("priorities", *priorities),
        **changes,
    }


@pytest.fixture
def named(ump):
    """Return the three cities that take part without being members."""
    return [make_city(name) for name in ("Częstochowa", "Hrubieszów", "Leszno")]


@pytest.fixture
def alice(coordinator, signed_in):
    """Return the coordinator's browser."""
    return signed_in(coordinator)


@pytest.fixture
def new(course):
    """Return where a call for the course begins."""
    return reverse("nominations:call_new", args=[course.pk])


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


def test_preview_button_shows_the_words_and_keeps_everything(alice, new, course, ump):
    response = alice.post(new, sent(course, ump, slug="", preview="1"))
    assert response.status_code == 200
    english = response.context["preview"].wordings[1]
    assert (english.code, english.sentences[0].lead) == (
        "en",
        "Up to 4 people from each city.",
    )
    assert "error-summary" not in response.content.decode()
    wrong = alice.post(new, sent(course, ump, least="9", preview="1"))
    assert wrong.context["preview"] is None
    assert "These rules do not fit together yet" in wrong.content.decode()


def preview(client, course, ump, htmx=True, **changes):
    return client.post(
        PREVIEW,
        sent(course, ump, **changes),
        headers={"HX-Request": "true"} if htmx else {},
    )


def test_preview_follows_the_typing_in_every_language_of_the_programme(
    alice, course, ump, krakow
):
    response = preview(alice, course, ump, seats="24", least="2", most="3")
    shown = response.context["preview"]
    assert [
        (wording.code, wording.sentences[0].lead) for wording in shown.wordings
    ] == [
        ("pl", "2 lub 3 osoby z każdego miasta."),
        ("en", "2 or 3 people from each city."),
    ]
    assert (shown.cities, shown.effect) == (1, None)
    html = response.content.decode()
    assert "<html" not in html
    assert "The course is planned for 25 participants, the rules give 24 seats." in html


def test_preview_names_the_union_in_each_language(alice, course, ump, krakow):
    ump.name = LazyI18nString({"pl": "Unia Metropolii", "en": "Union of Metropolises"})
    ump.save()
    shown = preview(alice, course, ump, members_of="ump").context["preview"]
    assert [
        name in " ".join(sentence.text for sentence in wording.sentences)
        for wording, name in zip(
            shown.wordings, ("Unia Metropolii", "Union of Metropolises"), strict=True
        )
    ] == [True, True]


def test_preview_is_a_page_of_its_own_without_a_script(alice, course, ump):
    html = preview(alice, course, ump, htmx=False).content.decode()
    assert "<h1>Preview</h1>" in html
    assert "Up to 4 people from each city." in html


def test_preview_says_what_does_not_fit(alice, course, ump):
    html = preview(alice, course, ump, most="30").content.decode()
    assert (
        "A city nominates at most: "
        "One city cannot nominate more people than there are seats."
    ) in html


def test_preview_tries_the_rules_on_the_people_nominated_so_far(
    alice, call, course, ump, krakow, lodz
):
    leszno = make_city("Leszno")
    for _one in range(3):
        make_nomination(call, krakow)
    make_nomination(call, lodz, department="police")
    make_nomination(call, lodz, state="draft")
    make_nomination(call, lodz, state="withdrawn")
    make_nomination(call, leszno)
    shown = preview(
        alice,
        course,
        ump,
        pool=call.slug,
        least="2",
        most="2",
        departments=["education"],
    ).context["preview"]
    effect = shown.effect
    assert (effect.total, effect.eligible) == (6, 3)
    assert effect.by_rule == [
        ("the city does not take part", 1),
        ("the call is not for this kind of unit", 1),
        ("the city has nominated more people than it may", 1),
    ]
    assert (
        effect.cities,
        effect.cities_with_eligible,
        effect.cities_below_least,
    ) == (3, 2, 1)


@pytest.mark.parametrize("count", (1, 3))
def test_preview_takes_constant_queries(
    alice, call, course, ump, krakow, django_assert_num_queries, count
):
    for _one in range(count):
        make_nomination(call, krakow)
    # Session, user with roles; course, may edit; the pool; unions and cities, names of those
    # named in each of two languages; people nominated; cities that take part, counted
    # and listed.
    with django_assert_num_queries(11):
        preview(alice, course, ump, pool=call.slug)


def test_new_call_without_people_is_tried_on_the_programmes_last_pool(
    alice, call, programme, ump, krakow
):
    make_nomination(call, krakow)
    other = make_course(programme, slug="other", part=2)
    page = alice.get(reverse("nominations:call_new", args=[other.pk]))
    assert page.context["pool"] == call


def test_draft_is_edited_and_published_call_is_not(alice, call, course, ump, krakow):
    edit = reverse("nominations:call_edit", args=[call.slug])
    assert alice.get(edit, follow=True).redirect_chain == [("/en/calls/call/", 302)]
    Call.objects.filter(pk=call.pk).update(state="draft", published_at=None)
    page = alice.get(edit)
    form = page.context["editor"].form
    closes = course.programme.local(call.closes_at - timedelta(minutes=1))
    assert form["closes_on"].value() == closes.date()
    assert form["closes_time"].value() == closes.time().replace(second=0, microsecond=0)
    alice.post(edit, sent(course, ump, seats="24"))
    call = Call.objects.get()
    assert (call.slug, call.rules) == ("part-two", replace(RULES, seats=24))


def change(client, call, course, ump, **changes):
    data = sent(course, ump, pool=call.slug, **changes)
    return client.post(reverse("nominations:call_rules", args=[call.slug]), data)


def test_published_rules_change_with_a_reason(alice, call, course, ump, krakow, city):
    make_nomination(call, krakow)
    page = alice.get(reverse("nominations:call_rules", args=[call.slug]))
    assert page.context["told"] == 1
    response = change(alice, call, course, ump, seats="24", reason="Less room.")
    assert response.url == "/en/calls/call/"
    assert Call.objects.get().rules == replace(RULES, seats=24)
    assert [message.to_email for message in Message.objects.all()] == [city.email]


def test_change_without_reason_or_difference_is_refused_in_the_form(
    alice, call, course, ump
):
    response = change(alice, call, course, ump, seats="24", reason="")
    assert response.status_code == 422
    assert response.context["form"].errors == {"reason": ["This field is required."]}
    response = change(alice, call, course, ump, reason="Nothing.")
    assert response.context["form"].non_field_errors() == [
        "The rules are the same as before."
    ]
    response = change(alice, call, course, ump, least="9", reason="Wrong.")
    assert list(response.context["rules"].form.errors) == ["least"]
    assert Call.objects.get().versions.count() == 1


def test_change_is_shown_in_words_old_beside_new(alice, call, course, ump):
    response = preview(
        alice, course, ump, pool=call.slug, reason="", seats="24", least="2", most="3"
    )
    english = response.context["preview"].wordings[1]
    assert [(change.old.lead, change.new.lead) for change in english.differs] == [
        ("Up to 4 people from each city.", "2 or 3 people from each city.")
    ]
    html = response.content.decode()
    assert "<del>Up to 4 people from each city. The course has 25 seats.</del>" in html
    assert "<ins>2 or 3 people from each city. The course has 24 seats.</ins>" in html


def test_row_of_new_rules_moves_and_the_reason_stays(alice, call, course, ump):
    response = change(alice, call, course, ump, reason="Because.", rows="quotas.add")
    assert response.context["form"]["reason"].value() == "Because."
    assert len(response.context["rules"].quotas.forms) == 1


def test_only_published_calls_change_their_rules(alice, call, course, ump):
    Call.objects.update(state="draft", published_at=None)
    assert change(alice, call, course, ump, seats="24", reason="x").status_code == 302
    assert Call.objects.get().rules == RULES


def test_changes_stand_side_by_side():
    a, b, c, d = (Sentence("x", letter) for letter in "abcd")
    assert [(one.old, one.new) for one in changes([a, b, c], [a, d, c])] == [
        (a, a),
        (b, d),
        (c, c),
    ]
    assert [one.kind for one in changes([a], [a, b])] == ["same", "new"]
    assert [one.kind for one in changes([a, b], [b])] == ["gone", "same"]


def test_writing_a_call_is_its_coordinators(
    client, call, course, ump, new, partner, secretariat, city, stranger, signed_in
):
    edit, rules = (
        reverse(f"nominations:{name}", args=[call.slug])
        for name in ("call_edit", "call_rules")
    )
    for address in (new, edit, rules):
        assert client.get(address).status_code == 302
        assert signed_in(partner).get(address).status_code == 403
        assert signed_in(secretariat).post(address, {}).status_code == 403
        assert signed_in(partner).put(address).status_code == 405
    for user in (city, stranger):
        assert signed_in(user).get(edit).status_code == 404
        assert signed_in(user).get(rules).status_code == 404
        # The course is public, so that it is no secret that it exists.
        assert signed_in(user).get(new).status_code == 403
    assert client.post(PREVIEW, {}).status_code == 302
    assert preview(signed_in(partner), course, ump).status_code == 403
    assert preview(signed_in(stranger), course, ump).status_code == 403
    assert signed_in(partner).get(PREVIEW).status_code == 405
    assert signed_in(partner).post(PREVIEW, {"course": "x"}).status_code == 404


def test_preview_of_a_pool_she_does_not_see_is_not_found(alice, course, ump):
    other = make_call(make_course(make_programme("other"), slug="x"), slug="foreign")
    assert preview(alice, course, ump, pool=other.slug).status_code == 404


def test_no_two_calls_of_one_course(alice, new, call, course, ump):
    response = alice.post(new, sent(course, ump))
    assert response.context["editor"].form.non_field_errors() == [
        "This course already has a call. Cancel it first."
    ]
    del call
