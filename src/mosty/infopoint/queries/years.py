"""Published years of a point as everybody sees them. Only releases are read here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language, override

from mosty.figures.models import CitedFigure
from mosty.figures.queries import cited
from mosty.figures.queries import releases as figures
from mosty.figures.queries.releases import LogRow, Published
from mosty.figures.releases.document import Document, in_language
from mosty.figures.releases.reading import (
    Compared,
    TableView,
    compared,
    total_of,
    views,
)
from mosty.infopoint.models import Guide, Point
from mosty.infopoint.queries.workshops import in_library
from mosty.infopoint.releases.besides import OPINIONS
from mosty.infopoint.releases.everyone import LABELS
from mosty.programmes.languages import Text
from mosty.programmes.languages import names as language_names
from mosty.ui import charts

# A chart with more bars is no help; the table below has them all.
BARS = 12
# Of these it is told how many there were.
KINDS = ("nationality", "language")
# The common list's own code for a citizenship that nobody knows.
NOT_KNOWN = "xxx"
SITE = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Headline:
    """One large number: ``value`` is None where it is hidden."""

    value: int | None
    label: str


@dataclass(frozen=True, slots=True)
class Section:
    """One table, and its chart where it has one dimension."""

    table: TableView
    # What it counts, in words; explained once on the page.
    label: str
    figure: charts.Figure | None
    mean: float | None


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, and how."""

    key: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class PublicGuide:
    """A guide that came out in the year, and where it can be read."""

    title: str
    languages: str
    url: str
    in_library: str


@dataclass(frozen=True, slots=True)
class YearPage:
    """A year in numbers, in one language."""

    document: Document
    number: int
    published_at: datetime
    sha256: str
    reason: str
    source: str
    owner: str
    is_latest: bool
    headlines: Sequence[Headline]
    measures: Sequence[Counted]
    sections: Sequence[Section]
    years: Sequence[int]
    compared: Sequence[Compared]
    cited: Sequence[CitedFigure]
    guides: Sequence[PublicGuide]
    log: Sequence[LogRow]
    hidden: int
    threshold: int


@dataclass(frozen=True, slots=True)
class InNumbers:
    """A point with the last year that it has published."""

    slug: str
    name: Text
    year: int


def points() -> QuerySet[Point]:
    """Return the points, of which everybody may see what is published."""
    return Point.objects.select_related("city")


def in_numbers() -> list[InNumbers]:
    """Return every point that has published a year, with the last; two queries."""
    last = figures.last_years("point")
    return [
        InNumbers(point.slug, point.name, last[point.subject])
        for point in Point.objects.order_by("slug")
        if point.subject in last
    ]


def release(point: Point, year: int, number: int | None) -> Published | None:
    """Return a published release of a year, the latest if none is named; one query."""
    return figures.published(point.subject, year, number)


def page(point: Point, found: Published, language: str) -> YearPage:
    """Return what the page of a year shows; four queries."""
    document = found.document
    subject = point.subject
    latest = figures.all_published(subject)
    log = figures.log(subject)
    newest = max(row.number for row in log if row.year == document.year)
    others = [one.document for one in latest if one.document.year != document.year]
    years, rows = compared([document, *others], language)
    sections = [
        section(document, table, language) for table in views(document, language)
    ]
    return YearPage(
        document=document,
        number=found.number,
        published_at=found.published_at,
        sha256=found.sha256,
        reason=found.reason,
        source=in_language(document.source, language),
        owner=in_language(document.owner, language),
        is_latest=found.number == newest,
        headlines=list(_headlines(document, sections, language)),
        measures=[
            Counted(
                one.key,
                in_language(one.label, language),
                in_language(one.definition, language),
            )
            for one in document.measures
            if any(part.table.measure.key == one.key for part in sections)
        ],
        sections=sections,
        years=years,
        compared=rows if len(years) > 1 else [],
        cited=cited(subject),
        guides=list(_guides(point, document)),
        log=log,
        hidden=sum(one.table.hidden for one in sections),
        threshold=document.width,
    )


def _guides(point: Point, document: Document) -> Iterator[PublicGuide]:
    """Yield the guides of the year, where the release tells how many there were."""
    if not any(one.key == "guides" for one in document.singles):
        return
    rows = Guide.objects.filter(point=point, published_on__year=document.year)
    for row in rows.select_related("edition__tool"):
        # The library speaks the languages of the site only.
        spoken = get_language() or ""
        with override(spoken if spoken in SITE else SITE[0]):
            address = in_library(row)
        yield PublicGuide(
            str(row.title), language_names(row.languages), row.url, address
        )


def section(document: Document, table: TableView, language: str) -> Section:
    """Return a table with its chart."""
    return Section(
        table,
        in_language(table.measure.label, language),
        chart(table, document),
        mean(table),
    )


def mean(table: TableView) -> float | None:
    """Return the mean mark of visitors, from 1 to 5, where no number is hidden."""
    pairs = [(line.code, line.values[0]) for line in table.inner]
    if table.key != OPINIONS or any(count is None for _code, count in pairs):
        return None
    total = sum(count or 0 for _code, count in pairs)
    return sum(int(code) * (count or 0) for code, count in pairs) / total


def chart(table: TableView, document: Document) -> charts.Figure | None:
    """Return the chart of a table with one dimension: months in order, else the largest."""
    if table.columns:
        return None
    lines = list(table.inner)
    if table.key not in ("month", OPINIONS):
        lines.sort(key=lambda line: -(line.values[0] or 0))
    return charts.Figure(
        title=f"{table.title}, {document.year}",
        unit=table.unit,
        series=(table.unit,),
        rows=tuple((line.label, (line.values[0],)) for line in lines[:BARS]),
    )


def _headlines(
    document: Document, sections: Sequence[Section], language: str
) -> list[Headline]:
    found = []
    for measure in document.measures:
        if not measure.within and any(
            one.table.measure.key == measure.key for one in sections
        ):
            label = in_language(measure.label, language)
            found.append(Headline(total_of(document, measure.key), label))
    for one in sections:
        if one.table.key in KINDS:
            # A code stands in a table only where there is something of it, hidden or not.
            known = [
                line
                for line in one.table.inner
                if line.code not in (*LABELS, NOT_KNOWN)
            ]
            found.append(Headline(len(known), one.table.title))
    found += [
        Headline(one.value, in_language(one.label, language))
        for one in document.singles
    ]
    return found


def all_years(point: Point) -> tuple[list[Published], list[LogRow]]:
    """Return the latest release of each year, and the log; two queries."""
    subject = point.subject
    return figures.all_published(subject), figures.log(subject)
