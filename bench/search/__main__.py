"""The command: ``python -m bench.search``."""

import argparse
import json
import os
import sys
from typing import Any

from bench import machine, stage
from bench.database import Server
from bench.places import ROOT, VAR
from bench.processes import NotStarted, call
from bench.search import report
from bench.search.goals import goals

DOCUMENT = ROOT / "docs" / "explanation" / "benchmarks-search.md"
NAME = "search_bench"


def main() -> int:
    """Measure, print the goals, write the page; 1 if something could not be measured."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.search",
        description="Index 100,000 generated documents, ask them and the judged ones, and "
        "write docs/explanation/benchmarks-search.md.",
    )
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--dry", action="store_true", help="print the page only")
    options = parser.parse_args()
    load = machine.load()
    try:
        results = run(options)
    except (NotStarted, OSError) as trouble:
        print(f"bench: {trouble}", file=sys.stderr)
        return 1
    results |= {"load": load, "load_after": machine.load()}
    (VAR / "search.json").write_text(json.dumps(results, indent=2), encoding="utf-8")
    for goal in goals(results):
        print("met" if goal.met else "MISSED", goal.words, goal.measured, sep="\t")
    if options.dry:
        print(report.page(results))
    else:
        DOCUMENT.write_text(report.page(results), encoding="utf-8")
    return 0


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return all results."""
    server = Server()
    server.create(NAME)
    env = stage.mosty_env(server) | {"DATABASE_URL": server.url(NAME)}
    facts = machine.alone() | {"PostgreSQL": server.version()}
    call([stage.BIN / "mosty", "migrate", "--noinput", "-v0"], env)
    index = json.loads(
        call(
            [sys.executable, "-m", "bench.search.index", str(options.documents)], env
        ).splitlines()[-1]
    )
    server.settle(NAME)
    os.environ.update(env)
    import django

    django.setup()
    # It needs Django's settings.
    from bench.search import measure

    speed = measure.speed(options.questions)
    save = measure.save_one()
    trigrams = measure.trigrams()
    measure.fill_judged()
    return {
        "machine": facts,
        "index": index,
        "speed": speed,
        "save": save,
        "trigrams": trigrams,
        "judged": measure.judged(),
    }


if __name__ == "__main__":
    sys.exit(main())
