"""The preview of a call follows what is typed."""

import pytest
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from tests.factories import (
    make_city,
    make_course,
    make_nomination,
)
from tests.nominations.calls.editor.given import preview, sent


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
