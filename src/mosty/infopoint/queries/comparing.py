"""
Published years of several points side by side, on the common list.

Made of nothing but what each of them has published: a sum is told only where all its
parts are. So nothing hidden can follow, neither for readers nor for a city that knows
its own numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mosty.figures.queries import releases as figures
from mosty.figures.queries.releases import Published
from mosty.figures.releases.document import Document, Table, Texts, in_language
from mosty.figures.releases.reading import share, whole_of
from mosty.infopoint.models import Consent, Point

# Fewer are no comparison.
LEAST = 2


@dataclass(frozen=True, slots=True)
class City:
    """One of those compared."""

    slug: str
    name: str
    release: int


@dataclass(frozen=True, slots=True)
class Row:
    """A code: a number and a share of each city in their order, and the sum."""

    code: str
    label: str
    cells: tuple[tuple[int | None, int | None], ...]
    sum: int | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One table that all have published and counted alike."""

    key: str
    title: str
    of: str
    unit: str
    rows: tuple[Row, ...]
    total: Row


@dataclass(frozen=True, slots=True)
class ComparingPage:
    """What the page of a year shows."""

    year: int
    cities: Sequence[City]
    tables: Sequence[Compared]
    # Titles of tables that not all have, or that they counted in different ways.
    others: Sequence[str]


def has_consent(point: Point) -> bool:
    """Test if the point is compared; one query."""
    return Consent.objects.filter(point=point, withdrawn_at__isnull=True).exists()


def page(year: int, language: str) -> ComparingPage:
    """Return the comparison of a year; a query, and one for each city."""
    points = (
        Point.objects.filter(
            pk__in=Consent.objects.filter(withdrawn_at__isnull=True).values("point")
        )
        .select_related("city")
        .order_by("slug")
    )
    found = [
        (point, release)
        for point in points
        if (release := figures.published(point.subject, year)) is not None
    ]
    cities = [
        City(point.slug, in_language(release.document.title, language), release.number)
        for point, release in found
    ]
    if len(found) < LEAST:
        return ComparingPage(year, cities, (), ())
    return _together(year, cities, [release for _point, release in found], language)


def _together(
    year: int, cities: Sequence[City], releases: Sequence[Published], language: str
) -> ComparingPage:
    documents = [release.document for release in releases]
    tables, others = [], []
    for table in documents[0].tables:
        if not table.cells:
            continue
        alike = [_alike(documents[0], table, one) for one in documents]
        parts = [one for one in alike if one is not None]
        if len(parts) == len(documents) and len(table.dimensions) == 1:
            tables.append(compared(documents, parts, language))
        else:
            others.append(in_language(table.title, language))
    return ComparingPage(year, cities, tables, others)


def _alike(first: Document, table: Table, other: Document) -> Table | None:
    """Return the other's table if it counts the same in the same way."""
    found = other.table(table.key)
    if found is None or not found.cells or found.dimensions != table.dimensions:
        return None
    one, two = first.measure(table.measure), other.measure(found.measure)
    return (
        found if (one.method, one.definition) == (two.method, two.definition) else None
    )


def compared(
    documents: Sequence[Document], tables: Sequence[Table], language: str
) -> Compared:
    """Return tables of several documents, one of each, side by side."""
    merged = [
        on_common(document, table)
        for document, table in zip(documents, tables, strict=True)
    ]
    labels: dict[str, Texts] = {}
    for document, table in zip(documents, tables, strict=True):
        for code in document.dimension(table.dimensions[0]).codes:
            labels.setdefault(code.common or code.code, code.label)
    wholes = [
        whole_of(document, table)
        for document, table in zip(documents, tables, strict=True)
    ]
    codes = [code for code in labels if any(code in one for one in merged)]
    rows = [
        # What a city does not list, nobody said there: it is 0.
        _row(code, labels[code], [one.get(code, 0) for one in merged], wholes, language)
        for code in codes
    ]
    first = documents[0]
    dimension = first.dimension(tables[0].dimensions[0])
    return Compared(
        tables[0].key,
        in_language(tables[0].title, language),
        in_language(dimension.label, language),
        in_language(first.measure(tables[0].measure).unit, language),
        tuple(rows),
        _row("", {}, [table.total for table in tables], wholes, language),
    )


def on_common(document: Document, table: Table) -> dict[str, int | None]:
    """Return a table's inner numbers by codes of the common list; hidden if a part is."""
    dimension = document.dimension(table.dimensions[0])
    parents = {code.parent for code in dimension.codes}
    found: dict[str, int | None] = {}
    for code in dimension.codes:
        if code.code in parents or (code.code,) not in table.by_codes:
            continue
        common = code.common or code.code
        value, before = table.by_codes[code.code,], found.get(common, 0)
        found[common] = None if value is None or before is None else before + value
    return found


def _row(
    code: str,
    label: Texts,
    values: Sequence[int | None],
    wholes: Sequence[int | None],
    language: str,
) -> Row:
    shown = [value for value in values if value is not None]
    return Row(
        code,
        in_language(label, language),
        tuple(
            (value, share(value, whole))
            for value, whole in zip(values, wholes, strict=True)
        ),
        sum(shown) if len(shown) == len(values) else None,
    )
