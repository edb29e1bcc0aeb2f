"""Putting the draft together; a number that is hidden is passed over."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import override

from mosty.figures.releases.document import Document, in_language
from mosty.figures.releases.reading import TableView, total_of, view
from mosty.infopoint.releases.press import everyone
from mosty.ui.percent import percent


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


@dataclass(frozen=True, slots=True)
class Definition:
    """What the sentences with this number count, and the address where that is said."""

    number: int
    label: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole draft in one language."""

    heading: str
    # Each with the number of its definition.
    sentences: tuple[tuple[str, int], ...]
    small: str
    definitions_heading: str
    definitions: tuple[Definition, ...]
    source: str


def draft(document: Document, language: str, address: str) -> Draft:
    """Return the draft, its sentences numbered to their definitions."""
    said = sentences(document, language)
    measures = list(dict.fromkeys(one.measure for one in said))
    with override(language):
        definitions = []
        for number, key in enumerate(measures, 1):
            measure = document.measure(key)
            first = next(one.table for one in said if one.measure == key)
            definitions.append(
                Definition(
                    number,
                    in_language(measure.label, language),
                    in_language(measure.definition, language),
                    f"{address}#{first}",
                )
            )
        title = in_language(document.title, language)
        source = in_language(document.source, language)
        return Draft(
            str(everyone.HEADING) % {"title": title, "year": document.year},
            tuple((one.words, measures.index(one.measure) + 1) for one in said),
            str(everyone.SMALL) % {"least": document.width},
            str(everyone.DEFINITIONS),
            tuple(definitions),
            str(everyone.SOURCE) % {"source": source, "address": address},
        )


def text(document: Document, language: str, address: str) -> str:
    """Return the draft as plain text."""
    made = draft(document, language, address)
    lines = [
        made.heading,
        "",
        *(f"{words} [{number}]" for words, number in made.sentences),
        "",
        made.small,
        "",
        f"{made.definitions_heading}:",
        *(
            f"[{one.number}] {one.label}: {one.words} {one.url}"
            for one in made.definitions
        ),
        "",
        made.source,
        "",
    ]
    return "\r\n".join(lines)


def docx(document: Document, language: str, address: str) -> bytes:
    """Return the draft as a document to write on in; numbers lead to their definitions."""
    # It brings 18 MB of XML with it, which only who asks for a document should cost.
    from mosty.ui import worddoc

    made = draft(document, language, address)
    urls = {one.number: one.url for one in made.definitions}
    file = worddoc.new(title=made.heading, subject=made.heading, language=language)
    file.add_heading(worddoc.plain(made.heading), level=0)
    for words, number in made.sentences:
        paragraph = file.add_paragraph(f"{worddoc.plain(words)} ")
        worddoc.link(paragraph, f"[{number}]", urls[number])
    file.add_paragraph(worddoc.plain(made.small))
    file.add_heading(worddoc.plain(made.definitions_heading), level=1)
    for one in made.definitions:
        paragraph = file.add_paragraph()
        worddoc.link(paragraph, f"[{one.number}] {one.label}", one.url)
        paragraph.add_run(f": {worddoc.plain(one.words)}")
    file.add_paragraph(worddoc.plain(made.source))
    return worddoc.saved(file)


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
            said = str(words) % {
                "label": label,
                "value": value,
                "share": percent(share),
            }
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
