"""The search page, for anybody."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from mosty.library.actions import search, thesaurus
from mosty.library.models import (
    Reach,
    SearchDocument,
    Sort,
)
from mosty.library.sources import Document, Text
from mosty.programmes.actions import courses as course_actions
from mosty.programmes.actions import programmes as programme_actions
from tests.library.searching import put

pytestmark = pytest.mark.django_db


def found(client, **params):
    page = client.get(reverse("library:search"), params).context["page"]
    return ["".join(piece.text for piece in row.title) for row in page.rows]


def page_of(client, **params):
    return client.get(reverse("library:search"), params).context["page"]


def test_anybody_searches_and_reads_marked_passages(client, krakow):
    put(
        "a",
        "pl",
        "Mieszkania dla rodzin",
        "Miasto poręcza najem mieszkań.",
        city=krakow,
    )
    answer = client.get(reverse("library:search"), {"q": "mieszkaniom"})
    [row] = answer.context["page"].rows
    assert (row.url, row.kind, row.language_name, row.city) == (
        "/en/library/a/", "Good practice", "Polish", "Kraków",
    )  # fmt: skip
    assert "<mark>Mieszkania</mark> dla rodzin" in answer.content.decode()
    assert "najem <mark>mieszkań</mark>" in answer.content.decode()


def test_text_of_documents_and_questions_is_never_markup(client):
    put("a", "en", "<script>alert(1)</script> bench", "<b>bench</b>")
    html = client.get(
        reverse("library:search"), {"q": 'bench "><script>x</script>'}
    ).content.decode()
    assert "<script>alert" not in html
    assert "<script>x" not in html
    assert "&lt;b&gt;<mark>bench</mark>&lt;/b&gt;" in html


def test_without_words_each_text_is_listed_once_in_the_readers_language(client):
    for key, texts in (
        ("bench", (Text("en", "Bench", ""), Text("pl", "Ławka", ""))),
        ("stool", (Text("pl", "Taboret", ""), Text("uk", "Табурет", ""))),
    ):
        path = f"/en/library/{key}/"
        search.index(Document(Sort.PRACTICE, key, path, texts))
    assert sorted(found(client)) == ["Bench", "Taboret", "Табурет"]
    assert sorted(found(client, language="pl")) == ["Taboret", "Ławka"]
    assert sorted(found(client, q="ławka")) == ["Ławka"]
    polish = client.get("/pl/search/").context["page"].rows
    titles = {"".join(piece.text for piece in row.title) for row in polish}
    assert titles == {"Taboret", "Ławka"}


@pytest.mark.parametrize(
    ("params", "expected"),
    (
        ({}, ["Bench", "Chair", "Ławka"]),
        ({"q": "bench"}, ["Bench"]),
        ({"language": "pl"}, ["Ławka"]),
        ({"kind": ["tool", "guide"]}, ["Chair"]),
        ({"topic": "housing"}, ["Bench", "Ławka"]),
        ({"topic": "housing", "language": "en"}, ["Bench"]),
        ({"city": "krakow"}, ["Ławka"]),
        ({"city": "nowhere"}, []),
        ({"kind": "<script>", "topic": "'; --"}, ["Bench", "Chair", "Ławka"]),
        ({"page": "99", "size": "7"}, ["Bench", "Chair", "Ławka"]),
    ),
)
def test_the_address_says_what_is_shown(client, krakow, params, expected):
    put("a", "en", "Bench", topics=("housing",))
    put("b", "en", "Chair", kind=Sort.TOOL)
    put("c", "pl", "Ławka", topics=("housing",), city=krakow)
    assert sorted(found(client, **params)) == expected


@pytest.mark.parametrize(
    ("typed", "flags"),
    (
        ("?!…", (True, False, False)),
        ("bench " * 2000, (False, True, False)),
        ('bench "', (False, False, False)),
        ("\u202e\u0007", (False, False, False)),
        ("bench elephant", (False, False, True)),
    ),
)
def test_whatever_is_typed_has_a_clear_answer(client, typed, flags):
    put("a", "en", "Bench")
    page = page_of(client, q=typed)
    assert (page.is_wordless, page.is_shortened, page.is_relaxed) == flags


def test_what_was_corrected_is_said_and_what_may_be_meant_is_offered(client):
    put("a", "en", "Interpreters")
    assert page_of(client, q="intrepreters").corrected == (
        ("intrepreters", "interpreters"),
    )
    page = page_of(client, q="intarpratters")
    assert (page.rows.total, [one.url for one in page.suggestions]) == (
        0, ["?q=interpreters"],
    )  # fmt: skip


def test_other_languages_are_offered_by_the_thesaurus(client):
    thesaurus.load_common()
    put("a", "pl", "Nauka języka w bibliotece")
    put("b", "en", "A language café")
    put("c", "uk", "Розмовний клуб у дворі")
    put("d", "en", "A bridge")
    page = page_of(client, q="language course")
    assert sorted(row.language for row in page.elsewhere) == ["pl", "uk"]
    assert [(one.label, one.count) for one in page.languages_elsewhere] == [
        ("Polish", 1), ("Ukrainian", 1),
    ]  # fmt: skip
    assert found(client, q="language course", language="uk") == [
        "Розмовний клуб у дворі"
    ]


def test_a_page_that_was_open_shows_no_more_than_is_allowed(
    client, signed_in, city, krakow
):
    put("a", "en", "Secret bench", reach=Reach.NETWORK)
    mine = signed_in(city)
    assert found(mine, q="bench") == ["Secret bench"]
    city.grants.all().delete()
    page = page_of(mine, q="bench", kind="practice")
    assert (page.rows.total, [one.count for one in page.facets[0].options]) == (0, [0])


@pytest.mark.parametrize("count", (1, 3))
def test_queries_do_not_grow(client, krakow, count, django_assert_num_queries):
    thesaurus.load_common()
    for n in range(count):
        put(f"{n}", "en", f"Housing {n}", topics=("housing",), city=krakow)
        put(f"p{n}", "pl", f"Mieszkanie {n}", topics=("housing",), city=krakow)
    client.get(reverse("library:search"), {"q": "housing"})
    # Words with the stamp of the vocabulary, which is known now; the statement; cities.
    # Besides, who is not signed in is counted: begin, lock, end.
    with django_assert_num_queries(3 + 3):
        client.get(reverse("library:search"), {"q": "housing"})


def test_public_programmes_and_courses_are_found_as_they_change(
    client, programme, course, coordinator, now
):
    both = LazyI18nString({"pl": "Dobre praktyki", "en": "Good practices"})
    type(course).objects.update(is_published=False, title=both, summary=both)
    course.refresh_from_db()
    type(programme).objects.update(is_published=False)
    programme.refresh_from_db()
    programme_actions.publish_programme(programme=programme, actor=coordinator, now=now)
    course_actions.publish_course(course=course, actor=coordinator, now=now)
    title = str(programme.name)
    assert title in found(client, q=title)
    assert page_of(client, q=str(course.title), kind="course").rows.total == 1
    course_actions.unpublish_course(
        course=course, actor=coordinator, now=now, reason="Postponed."
    )
    assert page_of(client, q=str(course.title), kind="course").rows.total == 0
    programme_actions.unpublish_programme(
        programme=programme, actor=coordinator, now=now, reason="Over."
    )
    assert found(client, q=title) == []
    programme_actions.publish_programme(programme=programme, actor=coordinator, now=now)
    count = SearchDocument.objects.count()
    SearchDocument.objects.all().delete()
    assert (search.reindex(), SearchDocument.objects.count()) == (count, count)


def test_one_address_does_not_wear_the_search_out(
    client, coordinator, signed_in, monkeypatch
):
    cache.clear()
    monkeypatch.setattr("mosty.library.views.search.MOST", 2)
    where = reverse("library:search")
    answers = [client.get(where, {"q": "bench"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "60"
    # The page itself opens, and whoever works here goes on.
    assert client.get(where).status_code == 200
    assert signed_in(coordinator).get(where, {"q": "bench"}).status_code == 200
