"""The command: ``python -m bench.plans``."""

import argparse
import os
import signal
import sys
from contextlib import ExitStack
from http.client import HTTPException
from typing import Any

from bench import machine, stage
from bench.client import BadAnswer, Browser
from bench.database import Server
from bench.places import ROOT
from bench.plans import report
from bench.plans.measure import goals, measure
from bench.processes import NotStarted, call, free_port, served

DOCUMENT = ROOT / "docs" / "explanation" / "benchmarks-plans.md"
NAME = "plans_bench"


def main() -> int:
    """Measure, print the goals, write the page; 1 if something could not be measured."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.plans",
        description="Measure the overview of 5,000 actions beside bare Django, and write "
        "docs/explanation/benchmarks-plans.md. Everything it makes is in var/bench/.",
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
    except (NotStarted, BadAnswer, OSError, HTTPException) as trouble:
        print(f"bench: {trouble}", file=sys.stderr)
        return 1
    results |= {"load": load, "load_after": machine.load()}
    print(report.page(results))
    for goal in goals(results["pages"]):
        print("met" if goal.met else "MISSED", goal.words, goal.measured, sep="\t")
    if not options.dry:
        DOCUMENT.write_text(report.page(results), encoding="utf-8")
    return 0


def run() -> dict[str, Any]:
    """Return all results."""
    server = Server()
    server.create(NAME)
    env = stage.mosty_env(server) | {"DATABASE_URL": server.url(NAME)}
    facts = machine.alone() | {"PostgreSQL": server.version()}
    call([stage.BIN / "mosty", "migrate", "--noinput", "-v0"], env)
    os.environ.update(env)
    import django

    django.setup()
    # It needs Django's settings.
    from bench.plans.fill import fill

    say("filling the database")
    filled = fill()
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    server.create("floor", template=NAME)
    server.settle(NAME)
    server.settle("floor")
    with ExitStack() as stack:
        port, floor_port = free_port(), free_port()
        command = [stage.BIN / "mosty", "serve", "--port", str(port)]
        command += ["--workers", str(stage.WORKERS)]
        stack.enter_context(served("mosty", command, port, env))
        floor = stage.floor_command(floor_port)
        floor_env = stage.floor_env(server)
        stack.enter_context(served("floor", floor, floor_port, floor_env))
        cookies = {"sessionid": filled.coordinator, "csrftoken": "c" * 32}
        say("pages")
        pages = measure(Browser(port, cookies), Browser(floor_port))
        return {"machine": facts, "pages": pages}


def say(words: str) -> None:
    """Tell how far it is."""
    print(f"bench: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
