"""
One process of workers who record, each as fast as it goes: ``ours``, or the ``bare`` insert.

Both write the same columns over the same number of connections of the same driver, and
commit each record.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles
from threading import Barrier, BrokenBarrierError
from typing import TYPE_CHECKING
from uuid import uuid4

import django
import psycopg

if TYPE_CHECKING:
    from bench.infopoint.fill import Desk

BARE = "infopoint_bare"
Act = Callable[[], None]
Lists = Mapping[str, Sequence[str]]


def main(which: str, number: int, seconds: float) -> None:
    """Wait for a line, record for so long, and print how many in what time."""
    django.setup()
    from bench.infopoint.fill import codes, desks

    found, lists = desks()[:number], codes()
    ready = Barrier(number + 1)
    make = {"ours": ours, "bare": bare}[which]

    def work(place: int) -> list[float]:
        try:
            act = make(found[place], lists, random.Random(place))
            act()
        except BaseException:
            ready.abort()
            raise
        ready.wait()
        # Here the line is waited for.
        ready.wait()
        took = []
        ends = time.perf_counter() + seconds
        while (began := time.perf_counter()) < ends:
            act()
            took.append(time.perf_counter() - began)
        return took

    with ThreadPoolExecutor(number) as hands:
        going = [hands.submit(work, place) for place in range(number)]
        try:
            ready.wait()
        except BrokenBarrierError:
            for one in going:
                one.result()
        say({"ready": number})
        sys.stdin.readline()
        ready.wait()
        every = [took for one in going for took in one.result()]
    say(
        {
            "records": len(every),
            "median": median(every) * 1000,
            "p95": quantiles(every, n=20)[-1] * 1000,
        }
    )


def say(what: Mapping[str, float]) -> None:
    """Tell the process that waits."""
    sys.stdout.write(f"{json.dumps(what)}\n")
    sys.stdout.flush()


def ours(desk: "Desk", lists: Lists, draw: random.Random) -> Act:
    """Return what records one consultation as the page does."""
    from django.utils import timezone

    from mosty.infopoint.actions.recording import record
    from mosty.infopoint.actions.saying import SINGLE, Said

    # Asked for once a request, by whatever asks first what she may do.
    assert desk.worker.held

    def act() -> None:
        now = timezone.now()
        said = Said(
            desk.point.today(now),
            {kind: draw.choice(lists[kind]) for kind in SINGLE if lists.get(kind)},
            draw.sample(lists["topic"], 2),
        )
        record(point=desk.point, said=said, key=uuid4(), actor=desk.worker, now=now)

    return act


def connect() -> psycopg.Connection:
    """Return a connection of the driver that Django uses, which commits each statement."""
    from django.conf import settings

    given = settings.DATABASES["default"]
    return psycopg.connect(
        host=given["HOST"],
        port=given["PORT"],
        dbname=given["NAME"],
        user=given["USER"],
        password=given["PASSWORD"],
        autocommit=True,
    )


def columns() -> list[str]:
    """Return the columns of a record."""
    from mosty.infopoint.models import Consultation

    return [str(field.column) for field in Consultation._meta.concrete_fields]


def insert(table: str) -> str:
    """Return the statement that inserts one row."""
    names = ", ".join(f'"{name}"' for name in columns())
    marks = ", ".join(["%s"] * len(columns()))
    return f"insert into {table} ({names}) values ({marks})"  # noqa: S608 - our names


def bare(desk: "Desk", lists: Lists, draw: random.Random) -> Act:
    """Return what inserts one row."""
    from django.utils import timezone

    connection, statement, names = connect(), insert(BARE), columns()
    same = {
        "point_id": desk.point.pk,
        "operation_id": 1,
        "interpreter": False,
        "returning": "unknown",
        "note": "",
        "state": "counted",
        "is_late": False,
        "recorder_key": desk.worker.ledger_key,
        "version": 1,
    }
    many = sum(map(len, lists.values()))

    def act() -> None:
        now = timezone.now()
        row = same | {
            "key": uuid4(),
            "day": now.date(),
            "recorded_at": now,
            "topics": [draw.randrange(many), draw.randrange(many)],
        }
        connection.execute(
            statement,
            [row[name] if name in row else draw.randrange(many) for name in names],
        )

    return act


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
