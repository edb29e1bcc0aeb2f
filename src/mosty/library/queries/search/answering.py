"""
From a question to its answer: as it was typed first, mended only where that finds nothing.
"""

from django.db.models import QuerySet

from mosty.engines.search import terms
from mosty.engines.search.asked import Asked
from mosty.library.models import SearchDocument
from mosty.library.queries.search.finding import Chosen, Found, find
from mosty.library.queries.search.lexicon import nearest, present
from mosty.library.queries.search.question import (
    Known,
    Nearest,
    Question,
    question,
)


def answer(
    asked: Asked,
    known: Known,
    among: QuerySet[SearchDocument],
    chosen: Chosen,
    *,
    rows: slice = slice(0, 25),
    newest: bool = False,
) -> tuple[Question, Found]:
    """
    Return what ``asked`` means, and what answers it.

    Words that nobody has written are replaced by the nearest that somebody has. Where
    nothing has all of it even then, what has some of it is found.
    """

    asking = question(asked, known)

    def of(asking: Question, *, is_relaxed: bool = False) -> Found:
        return find(
            asking, among, chosen, rows=rows, newest=newest, is_relaxed=is_relaxed
        )

    found = of(asking)
    if found.total or not asking.nodes:
        # What has all of the words shows that none of them is a slip.
        return asking, found
    if near := _nearest(asking, among):
        asking = question(asked, known, near)
        found = of(asking)
    if not found.total and len(asking.nodes) > 1:
        some = of(asking, is_relaxed=True)
        if some.total:
            some.elsewhere = found.elsewhere
            return asking, some
    return asking, found


def _nearest(asking: Question, among: QuerySet[SearchDocument]) -> Nearest:
    """Return what is nearest to those words that no document has which the reader sees."""
    by_word = {
        word: terms.word(sorted(keys)) for word, keys in asking.words.items() if keys
    }
    there = present({*by_word.values()}, among)
    found = {
        word: nearest(word, among)
        for word, term in by_word.items()
        if term not in there
    }
    return {word: near for word, near in found.items() if near[0]}
