"""The index: what is found at once, and no longer; by whom; and what it never holds."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from mosty.accounts.models import Role
from mosty.library import sources
from mosty.library.actions import search
from mosty.library.models import KnownWord, Reach, SearchDocument, Sort
from mosty.library.sources import Document, Text
from tests.factories import make_user
from tests.library.searching import ask

pytestmark = pytest.mark.django_db

SCHOOL = Document(
    Sort.PRACTICE,
    "school",
    "/en/library/practices/school/",
    (
        Text("pl", "Szkolenie nauczyciela w Łodzi", "Krótko o tym."),
        Text("en", "Training a teacher", "In short."),
    ),
)


def titles(typed, user=None, **filters):
    return [hit.title for hit in ask(typed, user, **filters)[1].hits]


@pytest.mark.parametrize(
    "typed",
    (
        "szkoleń dla nauczycieli",
        "lodzi",
        "szkoleine",
        "nauczycel",
        '"szkolenia nauczycieli"',
        "SZKOLENIE",
        "szkolenie słonia",
    ),
)
def test_finds_whatever_form_marks_and_slips(typed):
    search.index(SCHOOL)
    assert titles(typed) == ["Szkolenie nauczyciela w Łodzi"]


@pytest.mark.parametrize(
    "typed", ('"nauczyciela szkolenie"', "mieszkanie", "'; drop table", "x" * 10_000)
)
def test_finds_nothing_that_is_not_there(typed):
    search.index(SCHOOL)
    assert titles(typed) == []


def test_indexing_again_replaces_and_forgetting_removes():
    search.index(SCHOOL)
    search.index(replace(SCHOOL, texts=(Text("pl", "Rowery dla seniorów"),)))
    assert titles("szkolenie") == []
    assert titles("rower senior") == ["Rowery dla seniorów"]
    assert SearchDocument.objects.count() == 1
    search.forget(kind=Sort.PRACTICE, key="school")
    assert SearchDocument.objects.count() == 0


def test_keeps_path_without_language_and_text_without_what_nobody_sees():
    search.index(replace(SCHOOL, texts=(Text("pl", "Dom\u202e\u0000", "a\nb"),)))
    row = SearchDocument.objects.get()
    assert (row.path, row.title, row.summary) == (
        "/library/practices/school/", "Dom", "a\nb",
    )  # fmt: skip


def test_a_rollback_leaves_nothing():
    with transaction.atomic():
        search.index(SCHOOL)
        transaction.set_rollback(True)
    assert (SearchDocument.objects.count(), KnownWord.objects.count()) == (0, 0)


def test_reindex_makes_the_index_anew(monkeypatch):
    monkeypatch.setattr(sources, "known", lambda: {Sort.PRACTICE: lambda: [SCHOOL]})
    search.index(replace(SCHOOL, key="gone"))
    search.index(replace(SCHOOL, kind=Sort.PLAN, key="other"))
    assert search.to_index() == 2
    call_command("reindex", "--commit")
    assert sorted(SearchDocument.objects.values_list("kind", "key", "language")) == [
        ("plan", "other", "en"), ("plan", "other", "pl"),
        ("practice", "school", "en"), ("practice", "school", "pl"),
    ]  # fmt: skip
    assert titles("lodz") == ["Szkolenie nauczyciela w Łodzi"] * 2


@pytest.mark.parametrize(
    "change",
    (
        {"reach": "secret"},
        {"reach": Reach.CITY},
        {"reach": Reach.COURSE},
        {"path": "https://elsewhere.example/"},
    ),
)
def test_the_database_refuses(change):
    search.index(SCHOOL)
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchDocument.objects.update(**change)


@pytest.fixture
def reached(krakow, course):
    """Index one document for each reach."""
    for reach in Reach:
        search.index(
            Document(
                Sort.PLAN,
                reach,
                "/en/",
                (Text("en", f"Secretword {reach}"),),
                reach=reach,
                city=krakow,
                course=course,
            )
        )


@pytest.mark.parametrize(
    ("who", "seen"),
    (
        ("nobody", ["public"]),
        ("stranger", ["public"]),
        ("city", ["city", "network", "public"]),
        ("other_city", ["network", "public"]),
        ("coordinator", ["course", "network", "public"]),
        ("partner", ["course", "network", "public"]),
    ),
)
def test_who_finds_what(reached, request, who, seen):
    user = AnonymousUser() if who == "nobody" else request.getfixturevalue(who)
    expected = [f"Secretword {reach}" for reach in seen]
    assert sorted(titles("secretword", user)) == expected
    _asking, found = ask("secretword", user)
    assert found.total == found.counts["kind"]["plan"] == len(seen)


def test_no_count_and_no_correction_tells_of_what_she_may_not_see(krakow):
    search.index(
        Document(
            Sort.PLAN, "x", "/en/", (Text("en", "Hospitalclosure"),),
            reach=Reach.CITY, city=krakow, topics=("health",),
        )
    )  # fmt: skip
    for typed in ("", "hospitalclosure", "hospitalclosrue"):
        asking, found = ask(typed)
        assert (found.total, found.counts, asking.corrected) == (
            0, {"kind": {}, "language": {}, "topic": {}, "city": {}}, (),
        )  # fmt: skip


def test_a_role_that_ends_ends_what_is_found(reached, krakow):
    user = make_user("Celina Nowa", role=Role.CITY, organisation=krakow)
    assert len(titles("secretword", user)) == 3
    user.grants.all().delete()
    del user.held
    assert titles("secretword", user) == ["Secretword public"]


def test_filters_and_their_counts(krakow, lodz):
    for n, (kind, city, topics) in enumerate(
        (
            (Sort.PRACTICE, krakow, ("housing",)),
            (Sort.PRACTICE, lodz, ("housing", "work")),
            (Sort.TOOL, None, ("work",)),
        )
    ):
        search.index(
            Document(
                kind,
                f"{n}",
                "/en/",
                (Text("en", f"Guide {n}"),),
                topics=topics,
                city=city,
            )
        )
    _asking, found = ask("guides", kind=("practice",), topic=("work",))
    assert (found.total, found.counts) == (
        1,
        {
            # Each filter counts what the others leave.
            "kind": {"practice": 1, "tool": 1},
            "topic": {"housing": 2, "work": 1},
            "language": {"en": 1},
            "city": {str(lodz.pk): 1},
        },
    )
    assert ask("guides", city=(krakow.pk, lodz.pk))[1].total == 2


def test_the_search_uses_the_index():
    search.index(SCHOOL)
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
        cursor.execute(
            "explain select id from library_searchdocument where vector @@ 'x'::tsquery"
        )
        plan = "".join(line for (line,) in cursor.fetchall())
    assert "search_vector" in plan
