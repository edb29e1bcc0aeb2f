"""
What others have published about a point, and which cell of its tables a figure is about.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mosty.figures.models import CitedFigure
from mosty.figures.queries import cited
from mosty.figures.tables import Days, Dimension, Measure
from mosty.infopoint.models import Point
from mosty.infopoint.queries.entries import entries, parents
from mosty.infopoint.releases.everyone import MEASURES
from mosty.infopoint.tables import EVERY, by_slug, of_city
from mosty.kernel.refusal import Refusal


class NoSuchCell(Refusal):
    """The table, or one of its codes, is not there."""


@dataclass(frozen=True, slots=True)
class CellName:
    """
    A cell by its name, as :class:`mosty.figures.models.CitedFigure` keeps it.

    ``codes`` has those dimensions that are not summed over.
    """

    measure: str
    year: int
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A dimension of a table, and the codes and levels above of which one is chosen."""

    key: str
    label: str
    codes: Sequence[tuple[str, str]]


def tables() -> list[tuple[str, str]]:
    """Return the tables of which a cell can be named, in their order."""
    return [(table.slug, str(table.title)) for table in EVERY]


def choices(point: Point, *, year: int, table: str) -> list[Choice]:
    """
    Return what a cell of the table is chosen by; a query for each code list.

    :raises NoSuchCell: if there is no such table.
    """
    language = get_language() or "en"
    days = Days.of_year(year)
    found = []
    for axis in _axes(table):
        own = entries(axis, scope=of_city([point]), period=days, language=language)
        labels = parents(axis, period=days, language=language)
        levels = dict.fromkeys(one.parent for one in own.values() if one.parent)
        codes = [
            *((code, one.label) for code, one in own.items()),
            *((code, labels.get(code, code)) for code in levels),
        ]
        found.append(Choice(axis.name, str(axis.label), codes))
    return found


def cell_named(
    point: Point, *, year: int, table: str, codes: Mapping[str, str]
) -> CellName:
    """
    Return the name of a cell of ``table``: the sum where ``codes`` is empty.

    Codes that are "" are the sum in their dimension.

    :raises NoSuchCell: if the table, a dimension or a code is not there.
    """
    there = {
        one.key: {code for code, _label in one.codes}
        for one in choices(point, year=year, table=table)
    }
    named = {key: code for key, code in codes.items() if code}
    for key, code in named.items():
        if code not in there.get(key, ()):
            raise NoSuchCell(
                _("The table has no cell of this kind: %(code)s.") % {"code": code}
            )
    return CellName(str(by_slug(table).measure), year, named)


def _axes(table: str) -> Sequence[Dimension]:
    try:
        return by_slug(table).dimensions
    except KeyError as error:
        raise NoSuchCell(_("There is no such table.")) from error


@dataclass(frozen=True, slots=True)
class Row:
    """A figure that others have published, and which number of the tables it is."""

    figure: CitedFigure
    equals: str


def rows(point: Point) -> list[Row]:
    """Return what others have published about the point, in its order; one query."""
    labels = dict(totals())
    return [
        Row(one, _equals(one, labels.get(one.measure, one.measure)))
        for one in cited(point.subject)
    ]


def _equals(one: CitedFigure, measure: str) -> str:
    if not one.measure:
        return ""
    told = {"year": one.year, "measure": measure}
    if one.codes:
        return _("part of %(year)s: %(measure)s") % told
    return _("total of %(year)s: %(measure)s") % told


def figure(point: Point, pk: int) -> CitedFigure | None:
    """Return one of the point's figures, if it is there; one query."""
    return next((one for one in cited(point.subject) if one.pk == pk), None)


def totals() -> list[tuple[str, str]]:
    """Return what tables count whose total others may have published."""
    return [
        (measure.value, str(MEASURES[measure][0]))
        for measure in (Measure.CONTACTS, Measure.PERSONS)
    ]
