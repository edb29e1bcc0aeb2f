"""The points that are open, as everybody sees them: where, in which languages, run by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mosty.figures.queries import releases as figures
from mosty.infopoint.models import Guide, Operation, Point
from mosty.programmes.languages import Text
from mosty.programmes.languages import names as language_names


@dataclass(frozen=True, slots=True)
class OpenGuide:
    """A guide that holds now."""

    title: str
    url: str
    languages: str


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One point that is open today."""

    slug: str
    name: Text
    city: str
    operator: str
    languages: str
    reach: Text | str
    guides: Sequence[OpenGuide]
    # The last year that it has published; None: none so far.
    year: int | None


def open_points(now: datetime) -> list[OpenPoint]:
    """Return them by city; four queries, however many."""
    found = [
        point
        for point in Point.objects.select_related("city").order_by(
            "city__sort_name", "slug"
        )
        if point.opened_on <= point.today(now) <= (point.closed_on or date.max)
    ]
    days = {point.pk: point.today(now) for point in found}
    running = {
        one.point_id: str(one.operator)
        for one in Operation.objects.filter(point__in=days).select_related("operator")
        if one.since <= days[one.point_id] <= (one.until or date.max)
    }
    guides: dict[int, list[OpenGuide]] = {}
    for row in Guide.objects.filter(point__in=days).exclude(url=""):
        today = days[row.point_id]
        if row.published_on <= today <= (row.ended_on or date.max):
            guides.setdefault(row.point_id, []).append(
                OpenGuide(str(row.title), row.url, language_names(row.languages))
            )
    last = figures.last_years("point")
    return [
        OpenPoint(
            slug=point.slug,
            name=point.name,
            city=str(point.city),
            operator=running.get(point.pk, ""),
            languages=language_names(point.languages),
            reach=point.reach,
            guides=guides.get(point.pk, []),
            year=last.get(point.subject),
        )
        for point in found
    ]
