"""The thesaurus: concepts, their labels in six languages, and how they hang together."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.engines.search.keys import name_keys
from mosty.library.actions import synonyms, thesaurus
from mosty.library.actions.thesaurus import CannotKeepThesaurus, Said
from mosty.library.common import thesaurus as common
from mosty.library.models import (
    Concept,
    Label,
)
from mosty.library.queries.search.results import results
from tests.library.searching import ask, asked, put

pytestmark = pytest.mark.django_db


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
