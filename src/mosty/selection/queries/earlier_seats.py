"""
Which seats cities took in earlier courses of the programme, for rules that go by them.

They are kept with the seed, and with each run that counted them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from mosty.directory.models import Organisation
from mosty.nominations.models import Call
from mosty.nominations.queries import known
from mosty.nominations.queries.known import EarlierSeats
from mosty.selection.models import Decision, Offer, Run
from mosty.ui.dates import day


def seats_before(call: Call) -> EarlierSeats:
    """Return the earlier seats that a draw of ``call`` goes by; two queries at most."""
    kept = known.kept_seats(call)
    return taken(call) if kept is None else kept


def taken(call: Call) -> EarlierSeats:
    """
    Return the seats taken in courses of the same programme that begin before this one.

    A seat is taken while its offer stands accepted; once the seed is known, as it stood
    then. A course without a date is neither earlier nor later. One query.
    """
    course = call.course
    if course.starts_on is None:
        return []
    offers = Offer.objects.filter(
        nomination__call__course__programme=course.programme_id,
        nomination__call__course__starts_on__lt=course.starts_on,
    )
    cancelled = Q(nomination__call__state=Call.State.CANCELLED)
    accepted = Q(state=Offer.State.ACCEPTED)
    if call.seed_entered_at is None:
        offers = offers.filter(accepted & ~cancelled)
    else:
        moment = call.seed_entered_at
        offers = offers.filter(
            accepted | Q(answered_at__gt=moment),
            ~cancelled | Q(nomination__call__cancelled_at__gt=moment),
            accepted_at__lte=moment,
        )
    found: dict[str, dict[str, int]] = {}
    for slug, city, seats in (
        offers.order_by(
            "nomination__call__course__starts_on",
            "nomination__call__slug",
            "nomination__organisation__slug",
        )
        .values_list("nomination__call__slug", "nomination__organisation__slug")
        .annotate(seats=Count("pk"))
    ):
        found.setdefault(slug, {})[city] = seats
    return [{"call": slug, "seats": seats} for slug, seats in found.items()]


def sums(earlier: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many seats each city had in all of these calls."""
    found: Counter[str] = Counter()
    for row in earlier:
        found.update(row["seats"])
    return dict(found)


@dataclass(frozen=True, slots=True)
class City:
    """A city with eligible people: its seats in earlier courses, and in this run."""

    name: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Counted:
    """An earlier call whose seats count, by its course."""

    title: str
    on: str
    seats: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """The seats that a run goes by: cities with fewest first, and the calls counted."""

    cities: list[City]
    counted: list[Counted]


def remembered(run: Run) -> Remembered | None:
    """Return the earlier seats that ``run`` counted, None if no rule asked; three queries."""
    if run.earlier is None:
        return None
    before = sums(run.earlier)
    seats = dict(
        Decision.objects.filter(run=run)
        .exclude(outcome=Decision.Outcome.NOT_ELIGIBLE)
        .values_list("nomination__organisation")
        .annotate(seats=Count("pk", filter=Q(outcome=Decision.Outcome.SELECTED)))
    )
    cities = Organisation.objects.filter(pk__in=seats).order_by("sort_name")
    return Remembered(
        cities=sorted(
            (
                City(str(city), before.get(city.slug, 0), seats[city.pk])
                for city in cities
            ),
            key=lambda city: city.before,
        ),
        counted=_counted(run.earlier),
    )


def remembered_of(run: Run, city: str) -> list[Counted] | None:
    """Return where ``city`` had seats, of those that ``run`` counted; a query at most."""
    if run.earlier is None:
        return None
    return _counted(
        {**row, "seats": {city: row["seats"][city]}}
        for row in run.earlier
        if city in row["seats"]
    )


def _counted(earlier: Iterable[Mapping[str, Any]]) -> list[Counted]:
    rows = list(earlier)
    if not rows:
        return []
    courses = {
        call.slug: call.course
        for call in Call.objects.filter(
            slug__in=[row["call"] for row in rows]
        ).select_related("course")
    }
    return [
        Counted(
            str(courses[row["call"]].title),
            day(on) if (on := courses[row["call"]].starts_on) else "",
            sum(row["seats"].values()),
        )
        for row in rows
    ]
