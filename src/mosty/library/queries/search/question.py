"""
What was typed, as a question to the database.

Each part of it (a word, a phrase, a name of several words) becomes a term that must
hold: directly, or by what else stands for it. Three sets of words are kept apart: what
was said (it ranks first), what means the same, and what means the same elsewhere.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from mosty.engines.search import terms
from mosty.engines.search.asked import Asked
from mosty.engines.search.endings import LANGUAGES
from mosty.engines.search.keys import keys, spoken
from mosty.engines.search.words import fold
from mosty.library.models import SearchDocument
from mosty.library.queries.search.concepts import Named, named
from mosty.library.queries.search.lexicon import nearest, present, restored, written


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that is asked for, as terms; empty where there is none."""

    said: str
    # As said, or in other words of the same language.
    wide: str
    # In other languages, by the thesaurus.
    elsewhere: str


@dataclass(frozen=True, slots=True)
class Question:
    """What the database is asked."""

    asked: Asked
    nodes: tuple[Node, ...]
    # The languages in which the question makes most sense.
    languages: tuple[str, ...]
    # Word as typed -> word that was sought instead.
    corrected: tuple[tuple[str, str], ...] = ()
    # All keys of what was asked, for the marks in snippets.
    keys: frozenset[str] = frozenset()

    @property
    def said(self) -> str:
        return terms.all_of(node.said for node in self.nodes)

    @property
    def some(self) -> str:
        """Return a term that holds where one of the things asked for is."""
        return terms.any_of(node.said for node in self.nodes)

    @property
    def wide(self) -> str:
        return terms.all_of(node.wide for node in self.nodes)

    @property
    def elsewhere(self) -> str:
        """
        Return the term for other languages; empty where the thesaurus knows nothing.

        What it does not know, a name say, must be there as it was typed.
        """
        if not any(node.elsewhere for node in self.nodes):
            return ""
        return terms.all_of(node.elsewhere or node.said for node in self.nodes)


@dataclass(slots=True)
class _Word:
    """A word while the question is made."""

    typed: str
    keys: set[str]


def question(asked: Asked, among: QuerySet[SearchDocument]) -> Question:
    """Return what ``asked`` means among the documents that the reader may see."""
    forms = written(asked.words)
    languages = spoken(
        asked.words,
        [{code for _said, code in forms.get(fold(one), ())} for one in asked.words],
    )
    parts = [
        [
            _Word(one, _keys(one, languages) | restored(one, forms, languages))
            for one in part
        ]
        for part in asked.parts
    ]
    corrected = _correct([one for part in parts for one in part], among)
    single = [part[0] for part in parts if len(part) == 1 and part[0].keys]
    known = named({key for one in single for key in one.keys}, languages)
    if len(languages) == len(LANGUAGES) and known:
        # No dictionary knows the words; the thesaurus does, and in which language.
        languages = tuple(sorted({one.language for one in known}))
    nodes = _nodes(parts, single, known)
    return Question(
        asked,
        tuple(nodes),
        languages,
        tuple(corrected),
        frozenset(key for part in parts for one in part for key in one.keys),
    )


def _keys(word: str, languages: Collection[str]) -> set[str]:
    return {key for language in languages for key in keys(word, language)}


def _correct(
    words: list[_Word], among: QuerySet[SearchDocument]
) -> list[tuple[str, str]]:
    """Replace what nobody has written by the nearest that somebody has."""
    there = present({terms.word(sorted(one.keys)) for one in words if one.keys}, among)
    found = []
    for one in words:
        if one.keys and terms.word(sorted(one.keys)) not in there:
            near, best = nearest(one.typed, among)
            if near:
                one.keys |= near
                found.append((one.typed, best))
    return found


def _nodes(
    parts: list[list[_Word]], single: list[_Word], known: list[Named]
) -> list[Node]:
    """Return the things asked for: names of several words are one."""
    found = [
        Node(term, term, "")
        for part in parts
        if len(part) > 1 and (term := terms.phrase([sorted(one.keys) for one in part]))
    ]
    left = list(single)
    while known:
        longest = known[0].keys
        meant = [one for one in known if one.keys == longest]
        known = [one for one in known if one.keys != longest]
        # Words of the question that this name is made of, each once.
        own = [one for one in left if one.keys & longest]
        if own and longest <= {key for one in own for key in one.keys}:
            left = [one for one in left if one not in own]
            found.append(_named_node(own, meant))
    found += [
        Node(term, term, "") for one in left if (term := terms.word(sorted(one.keys)))
    ]
    return found


def _named_node(own: list[_Word], meant: list[Named]) -> Node:
    said = terms.all_of(terms.word(sorted(one.keys)) for one in own)
    same = sorted({term for one in meant for term in one.same})
    elsewhere = sorted({term for one in meant for term in one.elsewhere})
    return Node(said, terms.any_of([said, *same]), terms.any_of(elsewhere))
