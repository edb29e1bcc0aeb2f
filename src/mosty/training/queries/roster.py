"""The roster of a course: who takes part, from where, and the half-days to sign for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mosty.accounts.models import User
from mosty.directory.models import Department
from mosty.nominations.models import Call, Needs
from mosty.programmes.models import Course
from mosty.programmes.queries import timetables
from mosty.selection.models import Offer
from mosty.training import policies
from mosty.training.queries.timetable import Clash, clashes
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS: listing.Sorts = {
    "name": ("nomination__sort_name",),
    "city": ("nomination__organisation__sort_name", "nomination__sort_name"),
    "department": ("nomination__department", "nomination__sort_name"),
}
SIZES = (50, 100)


def courses_for(user: User) -> QuerySet[Course]:
    """Return the courses of whose roster ``user`` sees anything."""
    return policies.rosters_visible_to(user).select_related("programme")


@dataclass(frozen=True, slots=True)
class Access:
    """What of the roster a reader may know, beyond names."""

    everybody: bool
    addresses: bool
    needs: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One participant. What the reader may not know is empty."""

    name: str
    fictional: bool
    city: str
    unit: str
    position: str
    email: str
    diet: str
    access: str
    # By which she checks in; printed on the sheet and the name tent.
    code: str = ""


@dataclass(frozen=True, slots=True)
class HalfDay:
    """The sessions of a morning or of an afternoon, for which one signature is asked."""

    day: date
    is_morning: bool
    sessions: tuple[tuple[datetime, datetime, str, str], ...]

    @property
    def key(self) -> str:
        """Return what names the half-day in an address."""
        return f"{self.day.isoformat()}-{'am' if self.is_morning else 'pm'}"

    @property
    def part(self) -> str:
        """Return which half of the day it is, in a word."""
        return _("morning") if self.is_morning else _("afternoon")


@dataclass(frozen=True, slots=True)
class Roster:
    """The page of a course's roster."""

    course: Course
    people: Listing[Row]
    cities: list[tuple[str, int]]
    half_days: list[HalfDay]
    clashes: list[Clash]
    can: Access


def call_of(course: Course) -> Call | None:
    """Return the call by which the seats of ``course`` are filled, or None."""
    return (
        Call.objects.filter(course=course)
        .exclude(state=Call.State.CANCELLED)
        .select_related("course__programme")
        .first()
    )


def access(user: User, course: Course) -> Access:
    """Return what of the roster of ``course`` ``user`` may know."""
    call = call_of(course)
    return Access(
        everybody=policies.sees_everybody(user, course),
        addresses=policies.can_see_addresses(user, call),
        needs=policies.can_see_needs(user, call),
    )


def roster(course: Course, user: User, params: QueryDict) -> Roster:
    """Return what the roster's page shows; a constant number of queries."""
    can = access(user, course)
    seats = policies.seats_visible_to(user, course)
    found: Listing[Any] = listing.build(
        params, _with_people(seats), sorts=SORTS, default="name", sizes=SIZES
    )
    return Roster(
        course=course,
        people=replace(found, rows=_rows(found.rows, can)),
        cities=_cities(seats),
        half_days=half_days(course) if can.everybody else [],
        clashes=clashes(course) if can.everybody else [],
        can=can,
    )


def _with_people(seats: QuerySet[Offer]) -> QuerySet[Offer]:
    return seats.select_related("nomination__organisation")


def _rows(offers: Sequence[Offer], can: Access) -> list[Row]:
    units = {key: str(label) for key, label in Department.choices}
    needs = _needs(offers) if can.needs else {}
    return [
        Row(
            name=f"{offer.nomination.family_name} {offer.nomination.given_name}",
            fictional=offer.nomination.is_fictional,
            city=str(offer.nomination.organisation),
            unit=units.get(offer.nomination.department, ""),
            position=offer.nomination.position,
            email=offer.nomination.email if can.addresses else "",
            diet=needs[offer.nomination_id].diet
            if offer.nomination_id in needs
            else "",
            access=needs[offer.nomination_id].access
            if offer.nomination_id in needs
            else "",
            code=offer.code,
        )
        for offer in offers
    ]


def _needs(offers: Sequence[Offer]) -> Mapping[int, Needs]:
    keys = [offer.nomination_id for offer in offers]
    return {row.nomination_id: row for row in Needs.objects.filter(nomination__in=keys)}


def _cities(seats: QuerySet[Offer]) -> list[tuple[str, int]]:
    """Return how many people each city sends, in order of names."""
    rows = (
        seats.order_by("nomination__organisation__sort_name")
        .values_list(
            "nomination__organisation__sort_name",
            "nomination__organisation__short_name",
        )
        .annotate(count=Count("pk"))
    )
    return [(str(name), count) for _sort, name, count in rows]


def half_days(course: Course) -> list[HalfDay]:
    """
    Return the mornings and afternoons of the published timetable, in order; one query.

    A session belongs to the half of the day in which it begins, on the programme's
    clocks.
    """
    found: dict[tuple[date, bool], list[tuple[datetime, datetime, str, str]]] = {}
    for session in timetables.published(course).sessions:
        starts = course.programme.local(session.starts_at)
        ends = course.programme.local(session.ends_at)
        found.setdefault((starts.date(), starts.hour < 12), []).append(
            (starts, ends, str(session.title), session.room)
        )
    return [
        HalfDay(day, is_morning, tuple(sessions))
        for (day, is_morning), sessions in found.items()
    ]


HEADER: Sequence[Promise] = (
    pgettext_lazy("of a person", "Name"),
    gettext_lazy("City"),
    gettext_lazy("Kind of unit"),
    gettext_lazy("Position"),
)
ADDRESSES: Sequence[Promise] = (gettext_lazy("E-mail"),)
NEEDS: Sequence[Promise] = (gettext_lazy("Diet"), gettext_lazy("Access needs"))
FICTIONAL: Sequence[Promise] = (gettext_lazy("Fictional"),)


def header(can: Access) -> list[Promise]:
    """Return the columns of the file: only those that the reader may know."""
    return [
        *HEADER,
        *(ADDRESSES if can.addresses else ()),
        *(NEEDS if can.needs else ()),
        *FICTIONAL,
    ]


def everybody(course: Course, user: User, can: Access) -> list[Row]:
    """Return every participant whom ``user`` may see, by name; two queries at most."""
    seats = _with_people(policies.seats_visible_to(user, course))
    return _rows(list(seats.order_by("nomination__sort_name", "pk")), can)


def sheet(rows: Sequence[Row], can: Access) -> Iterator[list[str]]:
    """Yield a line of the file for each of ``rows``."""
    for row in rows:
        yield [
            row.name,
            row.city,
            row.unit,
            row.position,
            *([row.email] if can.addresses else ()),
            *([row.diet, row.access] if can.needs else ()),
            _("yes") if row.fictional else "",
        ]
