"""The months and years of a point: how much was recorded, what is closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.formats import date_format

from mosty.accounts.models import User
from mosty.infopoint import policies
from mosty.infopoint.models import Consultation, Period, Point, State, Workshop


@dataclass(frozen=True, slots=True)
class Row:
    """A month, or a whole year."""

    year: int
    month: int | None
    label: str
    counted: int
    workshops: int
    late: int
    revised: int
    closed_at: datetime | None
    closed_by: str
    can_close: bool


def rows(point: Point, now: datetime) -> list[Row]:
    """Return the point's years and their months, the newest first; three queries."""
    today = point.today(now)
    last = min(today, point.closed_on or today)
    counts = {
        (year, month): numbers
        for year, month, *numbers in Consultation.objects.filter(point=point)
        .annotate(year=ExtractYear("day"), month=ExtractMonth("day"))
        .values_list("year", "month")
        .annotate(
            counted=Count("pk", filter=Q(state=State.COUNTED)),
            late=Count("pk", filter=Q(state=State.LATE)),
            revised=Count("pk", filter=Q(version__gt=1)),
        )
        .order_by()
    }
    held = dict(_workshops(point))
    closed = {(one.year, one.month): one for one in Period.objects.filter(point=point)}
    found = []
    for year in range(last.year, point.opened_on.year - 1, -1):
        months = [
            month
            for month in range(12, 0, -1)
            if (point.opened_on.year, point.opened_on.month)
            <= (year, month)
            <= (last.year, last.month)
        ]
        whole = closed.get((year, None))
        in_year = [counts.get((year, month), [0, 0, 0]) for month in months]
        totals = [sum(column) for column in zip(*in_year, strict=True)]
        in_all = sum(held.get((year, month), 0) for month in months)
        over = year < today.year
        found.append(
            _row(year, None, str(year), totals, in_all, whole, over and not whole)
        )
        for month in months:
            own = closed.get((year, month)) or whole
            over = (year, month) < (today.year, today.month)
            label = date_format(date(year, month, 1), "F Y")
            numbers = counts.get((year, month), [0, 0, 0])
            workshops = held.get((year, month), 0)
            found.append(
                _row(year, month, label, numbers, workshops, own, over and not own)
            )
    return found


def _workshops(point: Point) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield how many workshops counted in each month; one query."""
    rows = (
        Workshop.objects.filter(point=point, state=State.COUNTED)
        .annotate(year=ExtractYear("day"), month=ExtractMonth("day"))
        .values_list("year", "month")
        .annotate(count=Count("pk"))
        .order_by()
    )
    for year, month, count in rows:
        yield (year, month), count


# One look at the index for each month, however many records it holds.
HELD = """
select asked.point, count(*) from unnest(%s::bigint[], %s::date[]) asked (point, month)
where exists (
    select from infopoint_consultation one
        where one.point_id = asked.point and one.day >= asked.month
            and one.day < asked.month + interval '1 month' and one.state = 'counted'
)
group by 1 order by 1
"""


def to_close(user: User, now: datetime) -> list[tuple[Point, int]]:
    """Return the points that ``user`` leads with how many months wait; three queries."""
    points = {point.pk: point for point in policies.points_led_by(user)}
    closed = {
        (period.point_id, period.year, period.month)
        for period in Period.objects.filter(point__in=points)
    }
    waiting = [
        (point.pk, month)
        for point in points.values()
        for month in _months_over(point, now)
        if not closed
        & {(point.pk, month.year, month.month), (point.pk, month.year, None)}
    ]
    if not waiting:
        return []
    with connection.cursor() as cursor:
        cursor.execute(HELD, [list(column) for column in zip(*waiting, strict=True)])
        return [(points[pk], count) for pk, count in cursor.fetchall()]


def _months_over(point: Point, now: datetime) -> Iterator[date]:
    """Yield the first days of the months that are over since the point opened."""
    month, today = point.opened_on.replace(day=1), point.today(now)
    while (month.year, month.month) < (today.year, today.month):
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _row(
    year: int,
    month: int | None,
    label: str,
    numbers: list[int],
    workshops: int,
    closed: Period | None,
    can_close: bool,
) -> Row:
    counted, late, revised = numbers
    return Row(
        year,
        month,
        label,
        counted,
        workshops,
        late,
        revised,
        closed.closed_at if closed else None,
        closed.closed_by if closed else "",
        can_close,
    )
