"""How long a point keeps single fields, and of which years they may be blanked."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime

from mosty.figures.models import Release
from mosty.infopoint.models import Blanking, Period, Point, Retention


@dataclass(frozen=True, slots=True)
class YearRow:
    """A closed year: whether its figures are published, and what was blanked in it."""

    year: int
    is_published: bool
    blanked: str


@dataclass(frozen=True, slots=True)
class RetentionPage:
    """The rules of a point, by field, and its closed years."""

    months: dict[str, int]
    years: tuple[YearRow, ...]


def limit_of(point: Point, months: int, now: datetime) -> date:
    """Return the day before which records lose a field that is kept ``months``."""
    today = point.today(now)
    whole = today.year * 12 + today.month - 1 - months
    year, month = divmod(whole, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def years_to_blank(point: Point) -> list[int]:
    """Return the years that are closed, and of which a release is published."""
    published = Release.objects.filter(
        subject=point.subject, state=Release.State.PUBLISHED
    )
    years = Period.objects.filter(
        point=point, month__isnull=True, year__in=published.values("year")
    )
    return list(years.order_by("year").values_list("year", flat=True))


def blanked_fields(point: Point, year: int) -> list[str]:
    """Return the fields that were blanked in records of a year, in words."""
    fields = Blanking.objects.filter(point=point, year=year).order_by("pk")
    return [str(Retention.Field(one.field).label) for one in fields]


def page(point: Point) -> RetentionPage:
    """Return the rules and the closed years; four queries."""
    rules = Retention.objects.filter(point=point)
    published = set(years_to_blank(point))
    blanked: dict[int, list[str]] = {}
    for one in Blanking.objects.filter(point=point).order_by("field"):
        label = str(Retention.Field(one.field).label)
        blanked.setdefault(one.year, []).append(f"{label} ({one.records})")
    closed = Period.objects.filter(point=point, month__isnull=True).order_by("-year")
    return RetentionPage(
        {rule.field: rule.months for rule in rules},
        tuple(
            YearRow(
                one.year, one.year in published, ", ".join(blanked.get(one.year, []))
            )
            for one in closed
        ),
    )
