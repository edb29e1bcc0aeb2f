"""One run: workers of both kinds in turns, and what each part of recording costs."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any
from uuid import uuid4

from bench.infopoint.goals import PROCESSES, ROUNDS, SECONDS, WORKERS
from bench.places import ROOT

TIMED = 2000
# What waiting for the disk takes says nothing of the parts.
WAITS_NOT = "set synchronous_commit = off"
Say = Callable[[str], None]


def rates(env: Mapping[str, str], say: Say) -> list[dict[str, Any]]:
    """Return what came of each round: the bare insert, then ours."""
    found = []
    for place in range(ROUNDS):
        say(f"round {place + 1} of {ROUNDS}")
        found.append({which: _run(which, env) for which in ("bare", "ours")})
    return found


def _run(which: str, env: Mapping[str, str]) -> dict[str, float]:
    """Let all processes record at the same time."""
    each = WORKERS // PROCESSES
    command = [sys.executable, "-m", "bench.infopoint.workers"]
    command += [which, str(each), str(SECONDS)]
    going = [
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _process in range(PROCESSES)
    ]
    for one in going:
        _heard(one)
    for one in going:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    results = [_heard(one) for one in going]
    for one in going:
        one.wait()
    return {
        "rate": sum(one["records"] for one in results) / SECONDS,
        "median": median(one["median"] for one in results),
        "p95": max(one["p95"] for one in results),
    }


def _heard(process: subprocess.Popen[str]) -> dict[str, float]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise OSError("A process of workers ended.")
    found: dict[str, float] = json.loads(line)
    return found


def parts() -> dict[str, float]:
    """Return the middle time of each part by one connection alone, in milliseconds."""
    from bench.infopoint.fill import desks
    from bench.infopoint.workers import BARE, columns, connect, insert
    from mosty.infopoint.models import Consultation

    row = Consultation.objects.values_list(*columns())[0]
    key = columns().index("key")
    worker = desks()[0].worker

    def another() -> list[Any]:
        return [*row[:key], uuid4(), *row[key + 1 :]]

    guarded = Consultation._meta.db_table
    entry = (
        "select audit_record(now(), %s, %s, 'consultation.recorded',"
        " 'infopoint.consultation', %s::text, '', '{}')"
    )

    def named() -> list[Any]:
        return [worker.ledger_key, worker.ledger_label, uuid4()]

    with connect() as connection:
        connection.execute(WAITS_NOT)
        asked: dict[str, tuple[str, Callable[[], Sequence[Any]]]] = {
            "nothing": ("select 1", list),
            "bare": (insert(BARE), another),
            "guarded": (insert(guarded), another),
            "ledger": (entry, named),
        }
        return {
            name: _timed(lambda ask=ask: connection.execute(ask[0], ask[1]()))
            for name, ask in asked.items()
        } | {"ours": _ours()}


def _ours() -> float:
    import random

    from django.db import connection

    from bench.infopoint.fill import codes, desks
    from bench.infopoint.workers import ours

    act = ours(desks()[0], codes(), random.Random(0))
    with connection.cursor() as cursor:
        cursor.execute(WAITS_NOT)
    return _timed(act)


def _timed(act: Callable[[], object]) -> float:
    took = []
    for _time in range(TIMED):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return median(took) * 1000
