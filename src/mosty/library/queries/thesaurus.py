"""The thesaurus and the synonyms as their editors see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import get_language

from mosty.engines.search.endings import LANGUAGES
from mosty.engines.search.words import fold
from mosty.library.models import Concept, Label, SearchDocument, Synonym, SynonymSet
from mosty.library.queries.search.results import language_name
from mosty.ui import listing
from mosty.ui.listing import Listing


@dataclass(frozen=True, slots=True)
class ConceptRow:
    """One line of the thesaurus."""

    code: str
    name: str
    broader: str
    labels: int
    documents: int
    is_used: bool


@dataclass(frozen=True, slots=True)
class SetRow:
    """One line of the synonyms."""

    pk: int
    language: str
    language_name: str
    words: str


def concepts(params: QueryDict) -> Listing[ConceptRow]:
    """Return the concepts with a label that contains what is asked; two queries."""
    rows = Concept.objects.annotate(
        name=Coalesce(_name("pk"), F("code"), output_field=CharField()),
        above=Coalesce(_name("broader"), Value(""), output_field=CharField()),
        said=Count("labels"),
        carried=Subquery(
            SearchDocument.objects.filter(topics__contains=[OuterRef("code")])
            .order_by()
            .annotate(n=Value(1))
            .values("n")
            .annotate(count=Count("pk"))
            .values("count")
        ),
    )
    if sought := " ".join(filter(None, map(fold, params.get("q", "").split()))):
        matching = Label.objects.filter(plain__contains=sought)
        rows = rows.filter(pk__in=matching.values("concept"))
    return listing.build(
        params,
        rows,
        sorts={"name": ["name"], "code": ["code"], "documents": ["carried"]},
        default="name",
        shape=_row,
    )


def _row(row: Any) -> ConceptRow:
    return ConceptRow(
        row.code, row.name, row.above, row.said, row.carried or 0, row.is_used
    )


def _name(of: str) -> Subquery:
    """Return the preferred label of what the column ``of`` names, for the reader."""
    language = get_language() or settings.LANGUAGE_CODE
    return Subquery(
        Label.objects.filter(
            concept=OuterRef(of), language=language, kind=Label.Kind.PREFERRED
        ).values("text")[:1]
    )


def others(code: str = "") -> QuerySet[Concept]:
    """Return the concepts that another may be part of."""
    return Concept.objects.exclude(code=code).order_by("code")


def said_of(concept: Concept) -> Mapping[str, Any]:
    """Return what the form of a concept begins with; one query."""
    labels: dict[str, list[str]] = {code: [] for code in LANGUAGES}
    for row in concept.labels.order_by("language", "-kind", "id"):
        labels.setdefault(row.language, []).append(row.text)
    return {
        **{code: "\n".join(texts) for code, texts in labels.items()},
        "broader": concept.broader.code if concept.broader else "",
        "is_used": concept.is_used,
    }


def synonym_sets() -> list[SetRow]:
    """Return every set with its words; two queries."""
    words: dict[int, list[str]] = {}
    for of, text in Synonym.objects.order_by("of", "id").values_list("of", "text"):
        words.setdefault(of, []).append(text)
    return [
        SetRow(
            row.pk, row.language, language_name(row.language), ", ".join(words[row.pk])
        )
        for row in SynonymSet.objects.order_by("language", "id")
        if row.pk in words
    ]


def words_of(row: SynonymSet) -> str:
    """Return the words of a set, one on each line; one query."""
    return "\n".join(row.words.order_by("id").values_list("text", flat=True))
