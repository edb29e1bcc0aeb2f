"""Live tables over a million consultations. Import it after ``django.setup``."""

import time
from datetime import date
from statistics import median
from typing import Any

from i18nfield.strings import LazyI18nString

from bench.ours import cast
from mosty.demo.large import consultations
from mosty.figures.tables import Days, Scope, live
from mosty.infopoint.actions.codes import load_common
from mosty.infopoint.models import Code, Consultation, Kind, Operation, Point
from mosty.infopoint.tables import TABLES, of_city, of_network

POINTS = 12
DISTRICTS = 8
YEAR = 2025
TIMED = 5


def fill(rows: int) -> None:
    """Make points of twelve fictional cities, and their consultations of a year."""
    load_common()
    for number, city in enumerate(cast.cities()[:POINTS]):
        point = Point.objects.create(
            city=city,
            slug=f"point-{number}",
            name=LazyI18nString({"en": f"Point {number} (fictional)"}),
            opened_on=date(2020, 1, 1),
        )
        Operation.objects.create(point=point, operator=city, since=point.opened_on)
        for district in range(DISTRICTS):
            Code.objects.create(
                owner=city,
                kind=Kind.DISTRICT,
                code=f"d{district}",
                label=LazyI18nString({"en": f"District {district}"}),
            )
    consultations.load(
        rows,
        points=list(Point.objects.values_list("pk", flat=True)),
        first=date(YEAR, 1, 1),
        last=date(YEAR, 12, 31),
        recorders=[f"user:{number}" for number in range(50)],
    )


def times() -> dict[str, Any]:
    """Return the middle time of each table: of all points, and of one."""
    points = list(Point.objects.order_by("slug"))
    year = Days.of_year(YEAR)
    return {
        "rows": Consultation.objects.count(),
        "all": {
            table.slug: _seconds(table, of_network(points), year) for table in TABLES
        },
        "one": {
            table.slug: _seconds(table, of_city(points[:1]), year) for table in TABLES
        },
    }


def _seconds(table: Any, scope: Scope, period: Days) -> float:
    # The first has its query made, and reads what was on the disk.
    live.cells(table, scope=scope, period=period)
    found = []
    for _time in range(TIMED):
        began = time.perf_counter()
        live.cells(table, scope=scope, period=period)
        found.append(time.perf_counter() - began)
    return median(found)
