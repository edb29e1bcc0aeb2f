"""What the codes of a table's dimension stand for: their names, order and marks."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from mosty.figures.tables import (
    UNMAPPED,
    UNSTATED,
    Coding,
    Days,
    Dimension,
    Scope,
    Source,
)
from mosty.infopoint.common.regions import region_names
from mosty.infopoint.models import Code, Point, Returning
from mosty.infopoint.releases import everyone
from mosty.kernel.translated import in_language
from mosty.ui.numerals import roman


@dataclass(frozen=True, slots=True)
class Entry:
    """One code of a dimension; ``parent`` is the code above it, where there is a level."""

    code: str
    label: str
    parent: str = ""
    sensitive: bool = False


def entries(
    dimension: Dimension, *, scope: Scope, period: Days, language: str
) -> dict[str, Entry]:
    """
    Return every code that a cell of ``dimension`` can have, in the list's order.

    One query where there is a code list, else none.
    """
    with override(language):
        if dimension.source == Source.MONTH:
            found = _months(dimension, period)
        elif dimension.source == Source.VALUE:
            found = [Entry(code, label) for code, label in _values(dimension.kind)]
        else:
            found = _listed(dimension, scope, language)
        above = dimension.hierarchy.parent if dimension.hierarchy else None
        if dimension.source == Source.LIST:
            found.append(
                Entry(UNSTATED, _("not stated"), above(UNSTATED) if above else "")
            )
            if scope.coding == Coding.COMMON:
                found.append(
                    Entry(
                        UNMAPPED,
                        _("not on the common list"),
                        above(UNMAPPED) if above else "",
                    )
                )
    return {entry.code: entry for entry in found}


def parents(dimension: Dimension, *, period: Days, language: str) -> dict[str, str]:
    """Return the names of the level above a dimension's codes; empty if there is none."""
    if dimension.hierarchy is None:
        return {}
    if dimension.source == Source.MONTH:
        quarters = (dimension.hierarchy.parent(month) for month in _numbers(period))
        return {code: _quarter(code) for code in quarters}
    return region_names(language)


def _quarter(code: str) -> str:
    """Return the name of a quarter such as 2025-Q1, in the language that is active."""
    year, _sign, number = code.partition("-Q")
    words = {"number": number, "roman": roman(int(number)), "year": year}
    return str(everyone.QUARTER) % words


def _numbers(period: Days) -> list[str]:
    """Return the months of a period as codes."""
    first = period.first.year * 12 + period.first.month - 1
    last = period.last.year * 12 + period.last.month - 1
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(first, last + 1)]


def _months(dimension: Dimension, period: Days) -> list[Entry]:
    above = dimension.hierarchy.parent if dimension.hierarchy else None
    return [
        Entry(
            code,
            date_format(date(int(code[:4]), int(code[5:]), 1), "F Y"),
            above(code) if above else "",
        )
        for code in _numbers(period)
    ]


def _values(kind: str) -> list[tuple[str, str]]:
    if kind == "interpreter":
        return [("yes", _("with an interpreter")), ("no", _("without an interpreter"))]
    return [(str(one), str(one.label)) for one in Returning]


def _listed(dimension: Dimension, scope: Scope, language: str) -> list[Entry]:
    whose = Q(owner__isnull=True)
    if scope.coding == Coding.OWN:
        cities = Point.objects.filter(slug__in=scope.places).values("city")
        whose |= Q(owner__in=cities)
    rows = (
        Code.objects.filter(whose, kind=dimension.kind)
        # The city's own first: its words for a code, where there are two of them.
        .order_by("owner_id", "order", "code")
        .annotate(text=Cast("label", TextField()))
        .values_list("code", "text", "sensitive", "common__code")
    )
    above = dimension.hierarchy.parent if dimension.hierarchy else None
    found: dict[str, Entry] = {}
    for code, text, sensitive, common in rows:
        entry = Entry(
            code,
            in_language(text, language),
            above(common or code) if above else "",
            sensitive,
        )
        found.setdefault(code, entry)
        if sensitive and not found[code].sensitive:
            # Whichever of the two marks it: better too much protected than too little.
            found[code] = replace(found[code], sensitive=True)
    return list(found.values())
