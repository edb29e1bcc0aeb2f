"""The judged questions: made for this test, asked of documents made for it."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mosty.library.actions import search, thesaurus
from mosty.library.models import SearchDocument, Sort
from mosty.library.sources import Document, Text
from tests.library.searching import ask

FOLDER = Path(__file__).parent / "judged"
FIRST = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """One question, and the documents any of which answers it."""

    id: str
    language: str
    # inflected, misspelt, plain (typed without marks), cross (answered elsewhere).
    kind: str
    text: str
    relevant: frozenset[str]
    held_out: bool


def files() -> list[dict[str, Any]]:
    """Return the six files."""
    return [
        json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.json"))
    ]


def questions() -> list[Judged]:
    """Return every judged question."""
    return [
        Judged(
            one["id"],
            file["language"],
            one["kind"],
            one["text"],
            frozenset(one["relevant"]),
            one["held_out"],
        )
        for file in files()
        for one in file["queries"]
    ]


def fill() -> None:
    """Load the thesaurus and index the judged documents."""
    thesaurus.load_common()
    for file in files():
        for one in file["documents"]:
            search.index(
                Document(
                    Sort.PRACTICE,
                    one["id"],
                    "/en/",
                    (Text(file["language"], one["title"], one["summary"]),),
                    topics=tuple(one["topics"]),
                )
            )


def ours(judged: Judged) -> list[str]:
    """
    Return the documents that the page shows first.

    Of a question that is answered in other languages: those it offers from them.
    """
    _asking, found = ask(judged.text)
    hits = found.elsewhere if judged.kind == "cross" else found.hits
    ids = [hit.id for hit in hits]
    keys = dict(SearchDocument.objects.filter(pk__in=ids).values_list("pk", "key"))
    return [keys[pk] for pk in ids][:FIRST]


Way = Callable[[Judged], list[str]]


def success(way: Way, of: Iterable[Judged]) -> float:
    """Return the share of questions with an answer among the first five."""
    hits = [bool(one.relevant & {*way(one)}) for one in of]
    return sum(hits) / len(hits)
