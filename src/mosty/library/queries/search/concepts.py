"""
Which concepts and synonyms a question names, and what they are called elsewhere.

A process keeps all of them until the database's stamp says that something changed: they
are some thousand short words, asked for with every question and seldom written.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from django.utils.text import capfirst

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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What stands for one concept, or for one set of synonyms."""

    # Language -> the terms of its names.
    names: Mapping[str, frozenset[str]]
    # Of a concept: its own key in documents, and those of narrower ones.
    topics: frozenset[str] = frozenset()
    code: str = ""


# The keys of a name, its language, and what it means.
Name = tuple[frozenset[str], str, Meaning]


class Vocabulary:
    """Thesaurus and synonyms as they were under one stamp."""

    # The last one of this process. Two threads that read it at once both put it here.
    _kept: ClassVar[tuple[UUID, "Vocabulary"] | None] = None

    def __init__(self) -> None:
        """Read everything that is in use; four queries."""
        self._by_key: dict[str, list[Name]] = defaultdict(list)
        # Code -> language -> the name that editors prefer.
        self._topics: dict[str, dict[str, str]] = defaultdict(dict)
        self._add_concepts()
        self._add_synonyms()

    @classmethod
    def of(cls, stamp: UUID | None) -> "Vocabulary":
        """Return the vocabulary of ``stamp``; without one, nothing is kept."""
        kept = cls._kept
        if stamp is not None and kept is not None and kept[0] == stamp:
            return kept[1]
        read = cls()
        if stamp is not None:
            # Should it have changed meanwhile, this is newer than the stamp says, and
            # whoever asks next sees another stamp.
            cls._kept = (stamp, read)
        return read

    def named(self, keys: Collection[str], languages: Collection[str]) -> list[Named]:
        """Return what is named with ``keys``, longest names first."""
        asked = {*keys}
        found = [
            _named(name, language, meaning)
            for key in asked
            for name, language, meaning in self._by_key.get(key, ())
            if language in languages and name <= asked
        ]
        return sorted(
            found,
            key=lambda one: (
                -len(one.keys), one.code, one.language, sorted(one.keys),
            ),
        )  # fmt: skip

    def topic_names(self, codes: Iterable[str], language: str) -> dict[str, str]:
        """Return topics as ``language`` prefers to call them, or English."""
        found = {}
        for code in codes:
            names = self._topics.get(code, {})
            if name := names.get(language) or names.get("en"):
                found[code] = name
        return found

    def _add(self, names: Iterable[tuple[str, list[str]]], meaning: Meaning) -> None:
        for language, keys in names:
            # Under one of its keys: whoever asks for all of them asks for this one.
            name = frozenset(keys)
            self._by_key[min(name)].append((name, language, meaning))

    def _add_concepts(self) -> None:
        narrower: dict[int, set[str]] = defaultdict(set)
        codes = {}
        for pk, code, broader in Concept.objects.filter(is_used=True).values_list(
            "pk", "code", "broader"
        ):
            codes[pk] = code
            narrower[pk].add(code)
            if broader is not None:
                narrower[broader].add(code)
        labels: dict[int, list[tuple[str, list[str]]]] = defaultdict(list)
        for pk, language, keys, kind, text in Label.objects.filter(
            concept__in=codes
        ).values_list("concept_id", "language", "keys", "kind", "text"):
            labels[pk].append((language, keys))
            if kind == Label.Kind.PREFERRED:
                self._topics[codes[pk]][language] = capfirst(text)
        for pk, said in labels.items():
            topics = frozenset(f"'{topic_key(code)}'" for code in narrower[pk])
            self._add(said, Meaning(_terms(said), topics, codes[pk]))

    def _add_synonyms(self) -> None:
        sets: dict[int, list[tuple[str, list[str]]]] = defaultdict(list)
        for of, language, keys in Synonym.objects.values_list(
            "of_id", "of__language", "keys"
        ):
            sets[of].append((language, keys))
        for said in sets.values():
            self._add(said, Meaning(_terms(said)))


def _named(keys: frozenset[str], language: str, meaning: Meaning) -> Named:
    others = (some for other, some in meaning.names.items() if other != language)
    return Named(
        keys,
        language,
        meaning.names[language] | meaning.topics,
        meaning.topics.union(*others),
        meaning.code,
    )


def _terms(said: Iterable[tuple[str, list[str]]]) -> dict[str, frozenset[str]]:
    """Return the terms of names: near words need not stand side by side."""
    found: dict[str, set[str]] = defaultdict(set)
    for language, keys in said:
        found[language].add(terms.all_of(terms.word([key]) for key in keys))
    return {language: frozenset(some) for language, some in found.items()}
