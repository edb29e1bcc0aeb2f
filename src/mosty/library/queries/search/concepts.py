"""Which concepts and synonyms a question names, and what they are called elsewhere."""

from collections.abc import Collection
from dataclasses import dataclass

from mosty.engines.search import terms
from mosty.engines.search.vectors import topic_key
from mosty.library.models import Concept, Label, Synonym


@dataclass(frozen=True, slots=True)
class Named:
    """Some words of the question that name one thing, and what else stands for it."""

    # The keys that the question had to have.
    keys: frozenset[str]
    # In the language of the label that matched.
    language: str
    same: frozenset[str]
    # In other languages; empty of synonyms.
    elsewhere: frozenset[str] = frozenset()
    code: str = ""


def named(keys: Collection[str], languages: Collection[str]) -> list[Named]:
    """Return what is named with ``keys``, longest names first; four queries."""
    asked = [*keys]
    found = [*_concepts(asked, languages), *_synonyms(asked, languages)]
    return sorted(found, key=lambda one: (-len(one.keys), one.code, one.language))


def _concepts(asked: list[str], languages: Collection[str]) -> list[Named]:
    hits = list(
        Label.objects.filter(
            keys__contained_by=asked, language__in=languages, concept__is_used=True
        ).values_list("concept_id", "language", "keys")
    )
    if not hits:
        return []
    wanted = {concept for concept, _language, _keys in hits}
    labels: dict[int, dict[str, set[str]]] = {}
    for concept, language, keys in Label.objects.filter(concept__in=wanted).values_list(
        "concept_id", "language", "keys"
    ):
        said = labels.setdefault(concept, {}).setdefault(language, set())
        said.add(_term(keys))
    codes = dict(Concept.objects.filter(pk__in=wanted).values_list("pk", "code"))
    topics = {pk: {f"'{topic_key(code)}'"} for pk, code in codes.items()}
    for code, broader in Concept.objects.filter(
        broader__in=wanted, is_used=True
    ).values_list("code", "broader"):
        if broader in topics:
            topics[broader].add(f"'{topic_key(code)}'")
    return [
        Named(
            frozenset(keys),
            language,
            frozenset(labels[concept][language] | topics[concept]),
            frozenset(
                term
                for other, said in labels[concept].items()
                if other != language
                for term in said
            )
            | topics[concept],
            codes[concept],
        )
        for concept, language, keys in hits
    ]


def _synonyms(asked: list[str], languages: Collection[str]) -> list[Named]:
    hits = list(
        Synonym.objects.filter(
            keys__contained_by=asked, of__language__in=languages
        ).values_list("of_id", "of__language", "keys")
    )
    if not hits:
        return []
    others: dict[int, set[str]] = {}
    for of, keys in Synonym.objects.filter(of__in={hit[0] for hit in hits}).values_list(
        "of_id", "keys"
    ):
        others.setdefault(of, set()).add(_term(keys))
    return [
        Named(frozenset(keys), language, frozenset(others[of]))
        for of, language, keys in hits
    ]


def _term(keys: list[str]) -> str:
    """Return the term of a label: near words need not stand side by side."""
    return terms.all_of(terms.word([key]) for key in keys)
