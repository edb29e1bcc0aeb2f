"""The search page for anybody, and the editors' pages for those who keep words."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from mosty.audit.models import Entry
from mosty.engines.search.keys import name_keys
from mosty.library.actions import search, synonyms, thesaurus
from mosty.library.actions.thesaurus import CannotKeepThesaurus, Said
from mosty.library.common import thesaurus as common
from mosty.library.models import (
    Concept,
    Label,
    Reach,
    SearchDocument,
    Sort,
    Synonym,
    SynonymSet,
    VocabularyStamp,
)
from mosty.library.queries.search.results import results
from mosty.library.sources import Document, Text
from mosty.programmes.actions import courses as course_actions
from mosty.programmes.actions import programmes as programme_actions
from tests.library.searching import ask

pytestmark = pytest.mark.django_db


def put(key, language, title, summary="", **fields):
    search.index(
        Document(
            fields.pop("kind", Sort.PRACTICE),
            key,
            f"/en/library/{key}/",
            (Text(language, title, summary),),
            **fields,
        )
    )


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
    with django_assert_num_queries(3):
        client.get(reverse("library:search"), {"q": "housing"})


# Editors ---------------------------------------------------------------------------

PAGES = (
    ("thesaurus", {}),
    ("concept_add", {}),
    ("concept", {"code": "housing"}),
    ("synonyms", {}),
    ("synonyms_add", {}),
    ("synonyms_change", {"pk": 1}),
)


@pytest.fixture
def words(coordinator, now):
    """Load the thesaurus and one set of synonyms."""
    thesaurus.load_common()
    return synonyms.add(
        language="en", said=("bike", "two-wheeler"), actor=coordinator, now=now
    )


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_editors_pages(
    words, client, signed_in, coordinator, secretariat, partner, name, args
):
    if name == "synonyms_change":
        args = {"pk": words.pk}
    address = reverse(f"library:{name}", kwargs=args)
    assert client.get(address).status_code == 302
    assert signed_in(partner).get(address).status_code == 403
    for editor in (coordinator, secretariat):
        assert signed_in(editor).get(address).status_code == 200
    assert signed_in(coordinator).put(address).status_code == 405


def asked(typed):
    return ask(typed)[1].total


def test_synonyms_hold_at_once_and_are_in_the_ledger(words, signed_in, coordinator):
    put("a", "en", "Repair of bikes")
    assert (asked("two-wheeler"), asked("cycle")) == (1, 0)
    client = signed_in(coordinator)
    address = reverse("library:synonyms_change", args=[words.pk])
    assert client.post(address, {"words": "bike\ncycle\n cycle "}).status_code == 302
    assert (asked("two-wheeler"), asked("cycle")) == (0, 1)
    entry = Entry.objects.get(verb="synonyms.changed")
    assert (entry.before, entry.after) == (
        {"language": "en", "words": "bike, two-wheeler"},
        {"language": "en", "words": "bike, cycle"},
    )
    remove = reverse("library:synonyms_remove", args=[words.pk])
    assert client.get(remove).status_code == 405
    assert client.post(remove).status_code == 302
    assert (asked("cycle"), SynonymSet.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "statement",
    (
        "update library_synonym set text = 'cycle' where text = 'bike'",
        "update library_synonymset set language = 'pl'",
        "delete from library_label",
        "update library_concept set is_used = false",
        "truncate library_synonym",
    ),
)
def test_the_vocabulary_is_read_anew_whoever_changes_it(words, statement):
    def stamp():
        return VocabularyStamp.objects.get().stamp

    before = stamp()
    with connection.cursor() as cursor:
        # Else it would wait for what is asked at the end of the transaction.
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        cursor.execute(statement)
    assert stamp() != before


def test_what_was_rolled_back_is_not_remembered(words):
    put("a", "en", "Repair of bikes")
    assert asked("two-wheeler") == 1
    with transaction.atomic():
        Synonym.objects.filter(text="bike").update(keys=["cycle"])
        assert asked("two-wheeler") == 0
        transaction.set_rollback(True)
    assert asked("two-wheeler") == 1


@pytest.mark.parametrize("said", ("bike", "", "bike\nBIKE", "the\nof", "!!\n??"))
def test_synonyms_need_two_words(words, signed_in, coordinator, said):
    answer = signed_in(coordinator).post(
        reverse("library:synonyms_add"), {"language": "en", "words": said}
    )
    assert (answer.status_code, SynonymSet.objects.count()) == (200, 1)
    assert [*answer.context["form"].errors] == ["words"]


def test_the_database_asks_for_two_words(words):
    with pytest.raises(IntegrityError):
        _leave_one()
    assert Synonym.objects.count() == 2


@transaction.atomic
def _leave_one():
    Synonym.objects.first().delete()
    # What is asked at the end of a transaction is asked now.
    transaction.get_connection().check_constraints()


def form_of(code, client, **changes):
    form = client.get(reverse("library:concept", args=[code])).context["form"]
    return {**form.initial, "is_used": "on", **changes}


def test_a_label_holds_at_once_and_is_in_the_ledger(words, signed_in, secretariat):
    put("a", "pl", "Dach nad głową", topics=("housing",))
    client = signed_in(secretariat)
    assert asked("dwelling") == 0
    data = form_of("housing", client)
    data["en"] += "\ndwelling"
    address = reverse("library:concept", args=["housing"])
    assert client.post(address, data).status_code == 302
    assert len(ask("dwelling")[1].elsewhere) == 1
    entry = Entry.objects.get(verb="concept.changed")
    assert entry.after["en"].removeprefix(entry.before["en"]) == ", dwelling"


@pytest.mark.parametrize(
    ("changes", "field"),
    (
        ({"en": "housing\nemployment"}, "en"),
        ({"pl": "!!!"}, "pl"),
        ({"broader": "homelessness"}, "broader"),
        ({"broader": "nowhere"}, "broader"),
    ),
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    words, signed_in, coordinator, changes, field
):
    client = signed_in(coordinator)
    before = sorted(Label.objects.values_list("concept__code", "text"))
    data = form_of("housing", client, **changes)
    answer = client.post(reverse("library:concept", args=["housing"]), data)
    assert [*answer.context["form"].errors] == [field]
    assert sorted(Label.objects.values_list("concept__code", "text")) == before


def test_a_new_concept(words, signed_in, coordinator):
    client = signed_in(coordinator)
    address = reverse("library:concept_add")
    for code, status in (("Big Words", 200), ("housing", 200), ("allotments", 302)):
        data = {"code": code, "en": "allotment", "pl": "ogródek", "is_used": "on"}
        assert client.post(address, data).status_code == status
    concept = Concept.objects.get(code="allotments")
    assert [(one.language, one.kind, one.keys) for one in concept.labels.all()] == [
        ("en", "pref", ["allotment"]), ("pl", "pref", ["ogrodek"]),
    ]  # fmt: skip


def test_strangers_change_nothing(words, partner, now):
    housing = Concept.objects.get(code="housing")
    said = Said({"en": ("x",)})
    for act in (
        lambda: thesaurus.add(code="x", said=said, actor=partner, now=now),
        lambda: thesaurus.change(concept=housing, said=said, actor=partner, now=now),
        lambda: synonyms.add(language="en", said=("a1", "b1"), actor=partner, now=now),
        lambda: synonyms.change(
            synonyms=words, said=("a1", "b1"), actor=partner, now=now
        ),
        lambda: synonyms.remove(synonyms=words, actor=partner, now=now),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_no_ring_of_concepts_whoever_writes(words, coordinator, now):
    housing = Concept.objects.get(code="housing")
    below = Concept.objects.get(code="homelessness")
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.filter(pk=housing.pk).update(broader=below)
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.filter(pk=housing.pk).update(broader=housing)
    with pytest.raises(CannotKeepThesaurus):
        thesaurus.change(
            concept=housing,
            said=Said({"en": ("housing",)}, below),
            actor=coordinator,
            now=now,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.filter(pk=housing.pk).update(code="other")


def test_what_ended_helps_no_more(words, coordinator, now):
    put("a", "pl", "Dach nad głową", topics=("housing",))

    def offered():
        return len(ask("housing")[1].elsewhere)

    assert offered() == 1
    housing = Concept.objects.get(code="housing")
    thesaurus.change(
        concept=housing,
        said=Said({"en": ("housing",)}, is_used=False),
        actor=coordinator,
        now=now,
    )
    assert offered() == 0
    assert [one.name for one in results(AnonymousUser(), QueryDict()).facets] == [
        "kind", "language",
    ]  # fmt: skip


def test_the_common_thesaurus_comes_once_and_spares_what_editors_said(coordinator, now):
    thesaurus.add(
        code="dwelling", said=Said({"en": ("housing",)}), actor=coordinator, now=now
    )
    assert thesaurus.load_common() > 50
    assert thesaurus.load_common() == 0
    assert Label.objects.get(language="en", plain="housing").concept.code == "dwelling"
    assert Concept.objects.get(code="homelessness").broader.code == "housing"
    every = {"pl", "uk", "et", "lv", "lt", "en"}
    assert {
        code
        for code in Concept.objects.values_list("code", flat=True)
        if {
            *Label.objects.filter(concept__code=code).values_list("language", flat=True)
        }
        != every
    } == {"dwelling"}


def test_keys_of_the_common_thesaurus_are_written_down_as_they_are():
    """After a change run scripts/thesaurus.py."""
    written = common.keys()
    for entry in common.entries():
        for language, labels in entry.labels.items():
            for label in labels:
                assert written[language][label] == [*name_keys(label, language)]


@pytest.mark.parametrize("count", (1, 3))
def test_lists_of_editors_do_not_grow(
    coordinator, signed_in, now, count, django_assert_num_queries
):
    for n in range(count):
        thesaurus.add(
            code=f"c{n}", said=Said({"en": (f"bridge{n}",)}), actor=coordinator, now=now
        )
        synonyms.add(
            language="en", said=(f"one{n}", f"two{n}"), actor=coordinator, now=now
        )
    client = signed_in(coordinator)
    for name in ("thesaurus", "synonyms"):
        # Session with user, roles; two of the list.
        with django_assert_num_queries(4):
            client.get(reverse(f"library:{name}"))


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
