"""
Points with their workers, in an empty database; import it after ``django.setup``.

All cities and people are fictional.
"""

from dataclasses import dataclass
from datetime import date

from bench.ours import cast
from mosty.accounts.models import Role, User
from mosty.directory.models import Organisation
from mosty.infopoint.actions.codes import load_common
from mosty.infopoint.models import Code, Operation, Point

OPENED = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody who records, and where."""

    worker: User
    point: Point


def fill(number: int) -> None:
    """Make so many desks: five at each point."""
    load_common()
    cities = cast.cities()
    operator = cast.body("operator", "Fictional Foundation", Organisation.Kind.NGO)
    points = [
        Point(city=city, slug=city.slug, name=f"Point {city.slug}", opened_on=OPENED)
        for city in cities[: number // 5]
    ]
    for point in Point.objects.bulk_create(points):
        Operation.objects.create(point=point, operator=operator, since=OPENED)
    for place in range(number):
        cast.user(f"worker{place}", Role.WORKER, operator)


def desks() -> list[Desk]:
    """Return everybody who records."""
    workers = list(User.objects.order_by("pk"))
    points = list(Point.objects.select_related("city").order_by("pk"))
    return [
        Desk(worker, points[place % len(points)])
        for place, worker in enumerate(workers)
    ]


def codes() -> dict[str, list[str]]:
    """Return the codes that hold today, by list."""
    found: dict[str, list[str]] = {}
    for kind, code in Code.objects.filter(until=None).values_list("kind", "code"):
        found.setdefault(kind, []).append(code)
    return found
