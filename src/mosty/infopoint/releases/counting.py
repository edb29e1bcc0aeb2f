"""Counting a point's closed year for a release, as a document before protection."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from mosty.figures.releases.document import (
    Cell,
    Code,
    Dimension,
    Document,
    Measure,
    Table,
    Texts,
)
from mosty.figures.tables import UNMAPPED, Coding, Days, Scope, Source, live
from mosty.figures.tables import Dimension as Axis
from mosty.figures.tables import Table as Defined
from mosty.infopoint.models import Code as Code_
from mosty.infopoint.models import Point
from mosty.infopoint.queries.entries import Entry, entries, parents
from mosty.infopoint.releases import besides, everyone
from mosty.infopoint.tables import EVERY
from mosty.kernel.languages import EVERYONE

# Changes whenever a definition does: years of other methods are not compared.
METHOD = "1"


def document(
    *,
    subject: str,
    title: Texts,
    owner: Texts,
    scope: Scope,
    year: int,
    number: int,
    rules: Mapping[str, Any],
    counted_at: datetime,
    **fields: Any,
) -> Document:
    """
    Return what the tables of ``rules`` count in a year; two queries a table and dimension.

    The caller sees to it that nothing changes meanwhile: tables counted at different
    moments contradict each other.
    """
    days = Days.of_year(year)
    chosen = [
        (table, rules["tables"][table.slug])
        for table in EVERY
        if table.slug in rules["tables"]
    ]
    counted = [(table, _cells(table, scope, days), limit) for table, limit in chosen]
    axes: dict[str, tuple[Axis, set[str]]] = {}
    for table, cells, _limit in counted:
        for place, axis in enumerate(table.dimensions):
            seen = axes.setdefault(axis.name, (axis, set()))[1]
            seen.update(cell.codes[place] for cell in cells)
    return Document(
        subject=subject,
        title=title,
        owner=owner,
        year=year,
        number=number,
        counted_at=counted_at.isoformat(timespec="seconds"),
        source=everyone.texts(everyone.SOURCE),
        measures=tuple(
            measure(str(key)) for key in dict.fromkeys(one.measure for one, _ in chosen)
        ),
        dimensions=tuple(
            _dimension(axis, seen, scope, days) for axis, seen in axes.values()
        ),
        tables=tuple(
            Table(
                table.slug,
                everyone.texts(everyone.TITLES.get(table.slug, table.title)),
                str(table.measure),
                tuple(axis.name for axis in table.dimensions),
                int(limit),
                tuple(cells),
                width_in(rules, table.slug),
            )
            for table, cells, limit in counted
        ),
        sensitive_threshold=int(rules["sensitive"]),
        width=min(int(limit) for limit in rules["tables"].values()),
        **fields,
    )


def width_in(rules: Mapping[str, Any], table: str) -> int:
    """Return how far hidden numbers of a table are open, where the rules say more."""
    return int(rules.get("widths", {}).get(table, 0))


def measure(key: str) -> Measure:
    """Return a measure with its words."""
    label, unit, definition = map(everyone.texts, everyone.MEASURES[key])
    # Each consultation has a topic, and each topic once.
    mentions = key == "mentions"
    return Measure(
        key,
        label,
        unit,
        definition,
        METHOD,
        within="contacts" if mentions else "",
        several="topic" if mentions else "",
    )


def _cells(table: Defined, scope: Scope, days: Days) -> list[Cell]:
    return [
        Cell(cell.codes, cell.count)
        for cell in live.cells(table, scope=scope, period=days)
    ]


def _dimension(axis: Axis, seen: set[str], scope: Scope, days: Days) -> Dimension:
    """Return a dimension with those of its codes that any record has, and what is above."""
    said = {
        language: entries(axis, scope=scope, period=days, language=language)
        for language in EVERYONE
    }
    known = [one for code, one in said["en"].items() if code in seen]
    above = {
        language: parents(axis, period=days, language=language) for language in EVERYONE
    }
    regions = _regions(known)
    common = _common(axis, scope, [one.code for one in known])
    codes = []
    for region in [*regions, ""]:
        if region:
            codes.append(Code(region, _label(region, above)))
        codes += [
            Code(
                one.code,
                _of_entry(one, said),
                region,
                one.sensitive,
                common.get(one.code, ""),
            )
            for one in known
            if (one.parent if one.parent in regions else "") == region
        ]
    label = everyone.texts(everyone.DIMENSIONS.get(axis.name, axis.label))
    return Dimension(axis.name, label, tuple(codes))


def _common(axis: Axis, scope: Scope, codes: Sequence[str]) -> dict[str, str]:
    """Return what a city's own codes count as on the common list; one query."""
    if axis.source != Source.LIST:
        return {}
    cities = Point.objects.filter(slug__in=scope.places).values("city")
    rows = Code_.objects.filter(owner__in=cities, kind=axis.kind, code__in=codes)
    return {
        code: common or UNMAPPED
        for code, common in rows.values_list("code", "common__code")
        if common != code
    }


def _regions(known: Iterable[Entry]) -> list[str]:
    return list(dict.fromkeys(one.parent for one in known if one.parent))


def _label(code: str, above: Mapping[str, Mapping[str, str]]) -> Texts:
    return {language: above[language].get(code, code) for language in EVERYONE}


def _of_entry(entry: Entry, said: Mapping[str, Mapping[str, Entry]]) -> Texts:
    if entry.code in everyone.LABELS:
        return everyone.texts(everyone.LABELS[entry.code])
    return {language: said[language][entry.code].label for language in EVERYONE}


def of_point(
    point: Point,
    *,
    year: int,
    number: int,
    rules: Mapping[str, Any],
    counted_at: datetime,
    reason: str = "",
    **fields: Any,
) -> Document:
    """Return a point's year, in the codes of its city."""
    found = document(
        subject=point.subject,
        title=besides.texts(point.name),
        owner=besides.texts(point.city.name),
        scope=Scope((point.slug,), Coding.OWN),
        year=year,
        number=number,
        rules=rules,
        counted_at=counted_at,
        corrects=number - 1,
        reason=reason,
        singles=besides.singles(point, year),
        cited=besides.cited_of(point, year),
        **fields,
    )
    return besides.with_opinions(found, point, rules)


def proposed(*, workshops: bool = False) -> dict[str, Any]:
    """
    Return the rules that a new release begins with: few tables, which most read.

    ``workshops`` says that there were any, so that their persons are proposed as well.
    """
    tables = (*PROPOSED, *(OF_WORKSHOPS if workshops else ()))
    return {"sensitive": 10, "tables": dict.fromkeys(tables, 5)}


PROPOSED: Sequence[str] = (
    "month",
    "channel",
    "language",
    "topic",
    "nationality",
    "outcome",
    besides.OPINIONS,
)
OF_WORKSHOPS: Sequence[str] = ("workshop-sex-age",)
