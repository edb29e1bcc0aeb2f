"""What a year has besides consultations: workshops, guides, opinions, cited figures."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mosty.figures.queries import cited
from mosty.figures.releases.document import (
    Cell,
    Cited,
    Code,
    Dimension,
    Document,
    Measure,
    Single,
    Table,
    Texts,
)
from mosty.infopoint.models import Guide, Opinions, Point, State, Workshop
from mosty.infopoint.queries.opinions import LEAST_SHOWN
from mosty.infopoint.releases import everyone

OPINIONS = "opinions"


def singles(point: Point, year: int) -> tuple[Single, ...]:
    """Return how many workshops there were and how many guides came out; two queries."""
    found = {
        "workshops": Workshop.objects.filter(
            point=point, day__year=year, state=State.COUNTED
        ).count(),
        "guides": Guide.objects.filter(point=point, published_on__year=year).count(),
    }
    return tuple(_single(key, value) for key, value in found.items() if value)


def _single(key: str, value: int) -> Single:
    label, unit, definition = map(everyone.texts, everyone.SINGLES[key])
    return Single(key, label, unit, definition, value)


def with_opinions(
    document: Document, point: Point, rules: Mapping[str, Any]
) -> Document:
    """Return the document with a table of marks, where it is asked for; one query."""
    limit = rules["tables"].get(OPINIONS)
    counts = _scores(point, document.year) if limit else []
    if not any(counts):
        return document
    label, unit, definition = map(everyone.texts, everyone.MEASURES[OPINIONS])
    marks = [str(mark) for mark in range(1, len(counts) + 1)]
    dimension = Dimension(
        "score",
        everyone.texts(everyone.DIMENSIONS["score"]),
        tuple(Code(mark, {"en": mark}) for mark in marks),
    )
    table = Table(
        OPINIONS,
        everyone.texts(everyone.TITLES[OPINIONS]),
        OPINIONS,
        ("score",),
        int(limit),
        tuple(Cell((mark,), count) for mark, count in zip(marks, counts, strict=True)),
        int(rules.get("widths", {}).get(OPINIONS, 0)),
    )
    return replace(
        document,
        measures=(*document.measures, Measure(OPINIONS, label, unit, definition)),
        dimensions=(*document.dimensions, dimension),
        tables=(*document.tables, table),
    )


def _scores(point: Point, year: int) -> list[int]:
    """Return how often each mark was given, in the months of which anything is shown."""
    months = [
        month.scores
        for month in Opinions.objects.filter(point=point, year=year)
        if sum(month.scores) >= LEAST_SHOWN
    ]
    return [sum(marks) for marks in zip(*months, strict=True)]


def cited_of(point: Point, year: int) -> tuple[Cited, ...]:
    """
    Return what others have published about the point; one query.

    Those that name a cell of the year's tables do so here.
    """
    return tuple(
        Cited(
            texts(one.label),
            f"{one.value.normalize():f}",
            texts(one.unit),
            one.as_of.isoformat() if one.as_of else "",
            one.source,
            one.measure if one.year == year else "",
            tuple(sorted(one.codes.items())) if one.year == year else (),
        )
        for one in cited(point.subject)
    )


def texts(name: Any) -> Texts:
    """Return a translated name in all languages that it has."""
    data = name.data if hasattr(name, "data") else name
    if isinstance(data, Mapping):
        return {language: str(text) for language, text in data.items() if text}
    return {"pl": str(data)}
