"""Points as their own people see them, and who ran them when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.infopoint import policies
from mosty.infopoint.models import Consultation, Operation, Point, State
from mosty.programmes.languages import names as language_names


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point, as the first page of the app shows it."""

    slug: str
    name: str
    city: str
    operator: str
    today: int
    late: int
    can_record: bool
    can_lead: bool


@dataclass(frozen=True, slots=True)
class OperationRow:
    """Who ran a point, from when until when."""

    pk: int
    operator: str
    since: date
    until: date | None
    can_end: bool


@dataclass(frozen=True, slots=True)
class OperatorsPage:
    """What a point is, and who runs it."""

    languages: str
    rows: tuple[OperationRow, ...]


def points(user: User, now: datetime) -> list[PointRow]:
    """Return the points that ``user`` may see; five queries, however many."""
    rows = list(
        policies.points_visible_to(user).select_related("city").order_by("slug")
    )
    hers = set(policies.points_worked_at_by(user).values_list("pk", flat=True))
    led = set(policies.points_led_by(user).values_list("pk", flat=True))
    days = {row.pk: row.today(now) for row in rows}
    running = {
        one.point_id: str(one.operator)
        for one in Operation.objects.filter(point__in=days).select_related("operator")
        if one.since <= days[one.point_id] <= (one.until or date.max)
    }
    todays = Q(pk__in=[])
    for pk, day in days.items():
        todays |= Q(point=pk, day=day, state=State.COUNTED)
    counts = {
        pk: (of_today, late)
        for pk, of_today, late in Consultation.objects.filter(
            todays | Q(point__in=days, state=State.LATE)
        )
        .values_list("point")
        .annotate(
            counted=Count("pk", filter=Q(state=State.COUNTED)),
            late=Count("pk", filter=Q(state=State.LATE)),
        )
        .order_by()
    }
    return [
        PointRow(
            row.slug,
            str(row.name),
            str(row.city),
            running.get(row.pk, ""),
            *counts.get(row.pk, (0, 0)),
            row.pk in hers,
            row.pk in led,
        )
        for row in rows
    ]


def operators(point: Point, now: datetime) -> OperatorsPage:
    """Return who ran the point, the newest first; one query."""
    today = point.today(now)
    return OperatorsPage(
        language_names(point.languages),
        tuple(
            OperationRow(
                row.pk,
                str(row.operator),
                row.since,
                row.until,
                row.until is None or row.until >= today,
            )
            for row in operations_of(point).order_by("-since")
        ),
    )


def operations_of(point: Point) -> QuerySet[Operation]:
    """Return who ran the point."""
    return Operation.objects.filter(point=point).select_related("operator", "point")


def operators_to_choose() -> QuerySet[Organisation]:
    """Return the organisations that may run a point: cities too, but no union."""
    kinds = Organisation.Kind
    return Organisation.objects.filter(kind__in=[kinds.NGO, kinds.PUBLIC, kinds.CITY])
