"""
Consultations by the million, made at random from a fixed seed by one statement.

Constraints stay on. The guard of single records looks at a million rows for minutes: it
may be off for the load, which keeps what it holds; a test loads some with the guard on.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.db import connection, transaction

STATEMENT = Path(__file__).with_suffix(".sql")
GUARDS = "alter table infopoint_consultation {} trigger user"


@transaction.atomic
def load(
    rows: int,
    *,
    points: Sequence[int],
    first: date,
    last: date,
    recorders: Sequence[str],
    guarded: bool = False,
) -> None:
    """Spread ``rows`` records over the points and the days from ``first`` to ``last``."""
    with connection.cursor() as cursor:
        # Keys are checked as rows come, so that the guards can be put back at once.
        cursor.execute("set constraints all immediate")
        cursor.execute("select setseed(0.5)")
        if not guarded:
            cursor.execute(GUARDS.format("disable"))
        cursor.execute(
            STATEMENT.read_text(encoding="utf-8"),
            {
                "rows": rows,
                "points": list(points),
                "first": first,
                "last": last,
                "recorders": list(recorders),
            },
        )
        if not guarded:
            cursor.execute(GUARDS.format("enable"))
        cursor.execute("set constraints all deferred")
