"""The command: ``python -m bench.infopoint``."""

import argparse
import json
import os
import signal
import sys
from statistics import median
from typing import Any

from bench import machine, stage
from bench.database import Server
from bench.infopoint import measure, report
from bench.infopoint.goals import WORKERS
from bench.places import ROOT, VAR
from bench.processes import NotStarted, call

DOCUMENT = ROOT / "docs" / "explanation" / "benchmarks-infopoint.md"
NAME = "infopoint_bench"
# The floor: the same columns and indexes; no keys, guards or ledger.
BARE = (
    "create table {} (like infopoint_consultation including defaults including indexes)"
)


def main() -> int:
    """Measure, print the page, write it; 1 if something could not be measured."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.infopoint",
        description="Measure recording consultations beside a bare insert, and write "
        "docs/explanation/benchmarks-infopoint.md. Everything it makes is in var/bench/.",
    )
    parser.add_argument(
        "--dry", action="store_true", help="print the page, and write nothing"
    )
    options = parser.parse_args()
    # Asked to end, it ends what it started.
    signal.signal(signal.SIGTERM, lambda *_given: sys.exit(1))
    load = machine.load()
    try:
        results = run()
    except (NotStarted, OSError) as trouble:
        print(f"bench: {trouble}", file=sys.stderr)
        return 1
    results |= {"load": load, "load_after": machine.load()}
    (VAR / "infopoint.json").write_text(json.dumps(results, indent=2), encoding="utf-8")
    print(report.page(results))
    if not options.dry:
        DOCUMENT.write_text(report.page(results), encoding="utf-8")
    return 0


def run() -> dict[str, Any]:
    """Return all results."""
    server = Server()
    server.create(NAME)
    env = stage.mosty_env(server) | {
        "DATABASE_URL": server.url(NAME),
        # A connection for each worker, as the bare insert has.
        "MOSTY_POOL": str(WORKERS),
    }
    facts = machine.alone() | {"PostgreSQL": server.version()}
    call([stage.BIN / "mosty", "migrate", "--noinput", "-v0"], env)
    os.environ.update(env)
    import django

    django.setup()
    # These need Django's settings.
    from django.db import connection

    from bench.infopoint.fill import fill
    from bench.infopoint.workers import BARE as TABLE

    say("filling the database")
    fill(WORKERS)
    with connection.cursor() as cursor:
        cursor.execute(BARE.format(TABLE))
    server.settle(NAME)
    rounds = measure.rates(env, say)
    say("what each part costs")
    return {
        "machine": facts,
        "rounds": rounds,
        "share": median(one["ours"]["rate"] / one["bare"]["rate"] for one in rounds),
        "parts": measure.parts(),
    }


def say(words: str) -> None:
    """Tell how far it is."""
    print(f"bench: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
