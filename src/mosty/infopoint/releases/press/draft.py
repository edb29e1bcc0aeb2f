"""Putting the draft together; a number that is hidden is passed over."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import override

from mosty.figures.releases.document import Document, in_language
from mosty.figures.releases.reading import TableView, total_of, view
from mosty.infopoint.releases.press import everyone


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``table`` is where its number stands, ``measure`` what it counts."""

    words: str
    measure: str
    table: str


def sentences(document: Document, language: str) -> list[Sentence]:
    """Return what can be said of the year in one language."""
    with override(language):
        return [*_sums(document), *_most(document, language)]


def text(document: Document, language: str, address: str) -> str:
    """Return the draft as plain text, its sentences numbered to their definitions."""
    said = sentences(document, language)
    measures = list(dict.fromkeys(one.measure for one in said))
    with override(language):
        lines = [
            str(everyone.HEADING)
            % {"title": in_language(document.title, language), "year": document.year},
            "",
            *(f"{one.words} [{measures.index(one.measure) + 1}]" for one in said),
            "",
            str(everyone.SMALL) % {"least": document.width},
            "",
            f"{everyone.DEFINITIONS}:",
        ]
        for number, key in enumerate(measures, 1):
            measure = document.measure(key)
            first = next(one.table for one in said if one.measure == key)
            lines.append(
                f"[{number}] {in_language(measure.label, language)}: "
                f"{in_language(measure.definition, language)} {address}#{first}"
            )
        source = in_language(document.source, language)
        lines += ["", str(everyone.SOURCE) % {"source": source, "address": address}, ""]
    return "\r\n".join(lines)


def _sums(document: Document) -> Iterator[Sentence]:
    for key, words in (
        ("contacts", everyone.CONSULTATIONS),
        ("persons", everyone.PERSONS),
    ):
        total = total_of(document, key)
        table = next((one for one in document.tables if one.measure == key), None)
        if total is None or table is None:
            continue
        said = str(words) % {"value": total, "year": document.year}
        yield Sentence(said, key, table.key)


def _most(document: Document, language: str) -> Iterator[Sentence]:
    for key, words in everyone.MOST.items():
        table = document.table(key)
        if table is None or not table.cells:
            continue
        line = largest(view(document, table, language))
        if line is not None:
            label, value, share = line
            said = str(words) % {"label": label, "value": value, "share": share}
            yield Sentence(said, table.measure, key)


def largest(table: TableView) -> tuple[str, int, int] | None:
    """
    Return the largest line with its number and share.

    None where it cannot be told: another is as large, or a hidden one may be larger.
    """
    shown = [line for line in table.inner if line.values[0] is not None]
    if not shown or table.whole is None:
        return None
    best = max(shown, key=lambda line: line.values[0] or 0)
    value = best.values[0] or 0
    if sum(line.values[0] == value for line in shown) > 1:
        return None
    known = sum(line.values[0] or 0 for line in shown)
    total = table.lines[-1].values[0]
    if len(shown) < len(table.inner) and (total is None or total - known >= value):
        return None
    return best.label, value, best.shares[0] or 0
