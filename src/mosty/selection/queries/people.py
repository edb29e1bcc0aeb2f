"""The table of everybody in a run: filtered, ordered, shown by page and exported."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mosty.accounts.models import User
from mosty.directory.models import Department, Level, Organisation
from mosty.kernel.names import fold
from mosty.nominations import policies as nominations
from mosty.selection.models import Decision, Run
from mosty.selection.words import chance
from mosty.ui import listing
from mosty.ui.listing import Listing

Outcome = Decision.Outcome
TAGS: Mapping[str, str] = {
    Outcome.SELECTED: "in",
    Outcome.RESERVE: "wait",
    Outcome.NOT_SELECTED: "plain",
    Outcome.NOT_ELIGIBLE: "no",
}
SORTS: listing.Sorts = {
    "result": ("rank", "reserve_place", "nomination__code"),
    "code": ("nomination__code",),
    "city": ("nomination__organisation__sort_name", "rank", "reserve_place"),
    "department": ("nomination__department", "rank", "reserve_place"),
}
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Filters:
    """What the table is narrowed to; an empty text narrows nothing."""

    q: str = ""
    result: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One person of a run. The name is empty where the reader may not know it."""

    code: str
    name: str
    fictional: bool
    city: str
    unit: str
    drawn: int | None
    odds: str
    result: str
    tag: str
    changed: bool


def rows_of(run: Run, user: User, filters: Filters) -> QuerySet[Decision]:
    """Return the decisions of ``run`` that ``filters`` leave, ready for the table."""
    rows = Decision.objects.filter(run=run)
    if filters.result:
        rows = rows.filter(outcome=filters.result)
    if filters.city:
        rows = rows.filter(nomination__organisation__slug=filters.city)
    for word in fold(filters.q).split()[:MOST_WORDS]:
        rows = rows.filter(nomination__search__contains=word)
    return rows.annotate(
        rank=Case(
            *(When(outcome=outcome, then=Value(place)) for place, outcome in _RANKS),
            output_field=IntegerField(),
        ),
        position=Cast(KT("reasons__0__position"), IntegerField()),
        odds=KT("reasons__0__odds"),
        named=Exists(nominations.visible_to(user).filter(pk=OuterRef("nomination"))),
    )


_RANKS = tuple(enumerate(TAGS))
_FIELDS = (
    "nomination__code",
    "nomination__given_name",
    "nomination__family_name",
    "nomination__is_fictional",
    "nomination__organisation__short_name",
    "nomination__department",
    "outcome",
    "reserve_place",
    "position",
    "odds",
    "changed_by",
    "named",
)


def page(params: QueryDict, rows: QuerySet[Decision], form: Any) -> Listing[Row]:
    """Return the page of ``rows`` that ``params`` ask for; two queries."""
    units = _said(Department.choices)
    return listing.build(
        params,
        rows.values_list(*_FIELDS),
        sorts=SORTS,
        default="result",
        form=form,
        shape=lambda row: _row(row, units),
    )


def _row(row: tuple[Any, ...], units: Mapping[str, str]) -> Row:
    code, given, family, fictional, city, unit, outcome, place, *rest = row
    drawn, odds, by, named = rest
    return Row(
        code=code,
        name=f"{given} {family}" if named else "",
        fictional=fictional,
        city=str(city),
        unit=units.get(unit, ""),
        drawn=drawn,
        odds=chance(odds) if odds else "",
        result=result_words(outcome, place),
        tag=TAGS[outcome],
        changed=bool(by),
    )


def result_words(outcome: str, place: int | None) -> str:
    """Return a result in a word or two, as in "reserve 2"."""
    if outcome == Outcome.RESERVE:
        return _("reserve %(place)s") % {"place": place}
    return str(Outcome(outcome).label)


def _said(choices: Iterable[tuple[str, object]]) -> dict[str, str]:
    return {key: str(label) for key, label in choices}


def cities(run: Run) -> list[tuple[str, str]]:
    """Return the cities of a run, address and name, in order; one query."""
    return [
        (slug, str(name))
        for slug, name in Organisation.objects.filter(
            pk__in=Decision.objects.filter(run=run).values("nomination__organisation")
        ).values_list("slug", "short_name")
    ]


HEADER: Sequence[Promise] = (
    gettext_lazy("Code"),
    gettext_lazy("Family name"),
    gettext_lazy("Given name"),
    gettext_lazy("City"),
    gettext_lazy("Kind of unit"),
    gettext_lazy("Level of the post"),
    gettext_lazy("Chance"),
    gettext_lazy("Place in the draw"),
    gettext_lazy("Result"),
    gettext_lazy("Place on the reserve list"),
    gettext_lazy("Changed by hand"),
    gettext_lazy("Fictional"),
)


def sheet(
    params: QueryDict, rows: QuerySet[Decision]
) -> Iterable[list[str | int | None]]:
    """Yield every one of ``rows`` as a line under :data:`HEADER`, in the page's order."""
    units, levels = _said(Department.choices), _said(Level.choices)
    sort = listing.chosen_sort(params, SORTS, "result")
    fields = (*_FIELDS, "nomination__level")
    for row in listing.ordered(rows.values_list(*fields), SORTS, sort):
        code, given, family, fictional, city, unit = row[:6]
        outcome, place, drawn, odds, by, named, level = row[6:]
        yield [
            code,
            family if named else "",
            given if named else "",
            str(city),
            units.get(unit, ""),
            levels.get(level, ""),
            chance(odds) if odds else "",
            drawn,
            str(Outcome(outcome).label),
            place,
            _("yes") if by else "",
            _("yes") if fictional else "",
        ]
