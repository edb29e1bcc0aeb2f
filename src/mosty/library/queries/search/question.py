"""
What was typed, as a question to the database.

Each part of it (a word, a phrase, a name of several words) becomes a term that must
hold: directly, or by what else stands for it. Three sets of words are kept apart: what
was said (it ranks first), what means the same, and what means the same elsewhere.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from mosty.engines.search import terms
from mosty.engines.search.asked import Asked
from mosty.engines.search.endings import LANGUAGES
from mosty.engines.search.keys import keys, spoken
from mosty.engines.search.words import fold
from mosty.library.queries.search.concepts import Named, Vocabulary
from mosty.library.queries.search.lexicon import Forms, restored, written

# Word as typed -> keys of the nearest that somebody has written, and that word.
Nearest = Mapping[str, tuple[Collection[str], str]]


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
    # Word as typed -> its keys.
    words: Mapping[str, "Word"] = field(default_factory=dict)

    @property
    def keys(self) -> frozenset[str]:
        """Return all keys of what was asked, for the marks in snippets."""
        return frozenset().union(*self.words.values())

    @property
    def said(self) -> str:
        """Return the term that holds where all that was asked for is, as it was typed."""
        return terms.all_of(node.said for node in self.nodes)

    @property
    def some(self) -> str:
        """Return a term that holds where one of the things asked for is."""
        return terms.any_of(node.said for node in self.nodes)

    @property
    def wide(self) -> str:
        """Return the term that holds where all of it is, or what the thesaurus has for it."""
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


# The keys of one word of the question.
Word = frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the words of a question before any document is asked."""

    forms: Forms
    vocabulary: Vocabulary


def look_up(asked: Asked) -> Known:
    """Return what is known of the words of ``asked``; one query, as a rule."""
    forms, stamp = written(asked.words)
    return Known(forms, Vocabulary.of(stamp))


def question(asked: Asked, known: Known, nearest: Nearest | None = None) -> Question:
    """Return what ``asked`` means, with the ``nearest`` in place of what nobody wrote."""
    nearest = nearest or {}
    languages = spoken(
        asked.words,
        [
            {code for _said, code in known.forms.get(fold(one), ())}
            for one in asked.words
        ],
    )
    words = {
        one: frozenset(
            _keys(one, languages)
            | restored(one, known.forms, languages)
            | {*nearest.get(one, ((), ""))[0]}
        )
        for one in asked.words
    }
    parts = [[words[one] for one in part] for part in asked.parts]
    single = [part[0] for part in parts if len(part) == 1 and part[0]]
    named = known.vocabulary.named(frozenset().union(*single), languages)
    if len(languages) == len(LANGUAGES) and named:
        # No dictionary knows the words; the thesaurus does, and in which language.
        languages = tuple(sorted({one.language for one in named}))
    return Question(
        asked,
        tuple(_nodes(parts, single, named)),
        languages,
        tuple((one, best) for one, (_near, best) in nearest.items()),
        words,
    )


def _keys(word: str, languages: Collection[str]) -> set[str]:
    return {key for language in languages for key in keys(word, language)}


def _nodes(
    parts: list[list[Word]], single: list[Word], known: list[Named]
) -> list[Node]:
    """Return the things asked for: names of several words are one."""
    found = [
        Node(term, term, "")
        for part in parts
        if len(part) > 1 and (term := terms.phrase([sorted(one) for one in part]))
    ]
    left = list(single)
    while known:
        longest = known[0].keys
        meant = [one for one in known if one.keys == longest]
        known = [one for one in known if one.keys != longest]
        # Words of the question that this name is made of, each once.
        own = [one for one in left if one & longest]
        if own and longest <= frozenset().union(*own):
            left = [one for one in left if one not in own]
            found.append(_named_node(own, meant))
    found += [Node(term, term, "") for one in left if (term := terms.word(sorted(one)))]
    return found


def _named_node(own: list[Word], meant: list[Named]) -> Node:
    said = terms.all_of(terms.word(sorted(one)) for one in own)
    same = sorted({term for one in meant for term in one.same})
    elsewhere = sorted({term for one in meant for term in one.elsewhere})
    return Node(said, terms.any_of([said, *same]), terms.any_of(elsewhere))
