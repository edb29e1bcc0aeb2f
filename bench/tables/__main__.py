"""The command: ``python -m bench.tables``."""

import argparse
import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from bench import machine, stage
from bench.database import Server
from bench.places import ROOT, VAR
from bench.processes import NotStarted, call, spend
from bench.tables import report
from bench.tables.goals import ARCHIVED_ROWS, LIVE_ROWS, goals

DOCUMENT = ROOT / "docs" / "explanation" / "benchmarks-tables.md"
NAME = "tables_bench"
FOLDER = VAR / "tables"
WEIGH = """
import time
from pathlib import Path
def held():
    (line,) = [x for x in Path("/proc/self/status").open() if x.startswith("VmRSS")]
    return int(line.split()[1]) / 1024
began, before = time.perf_counter(), held()
import ibis
from ibis.backends.sql.compilers import PostgresCompiler
print(time.perf_counter() - began, held() - before)
"""


def main() -> int:
    """Measure, print the goals, write the page; 1 if something could not be measured."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.tables",
        description="Measure tables live, over archives and in Spark, and write "
        "docs/explanation/benchmarks-tables.md. Everything it makes is in var/bench/.",
    )
    parser.add_argument(
        "--dry", action="store_true", help="print the page, and write nothing"
    )
    parser.add_argument("--no-spark", action="store_true", help="leave Spark out")
    parser.add_argument("--live-rows", type=int, default=LIVE_ROWS)
    parser.add_argument("--archived-rows", type=int, default=ARCHIVED_ROWS)
    options = parser.parse_args()
    # Asked to end, it ends what it started.
    signal.signal(signal.SIGTERM, lambda *_given: sys.exit(1))
    load = machine.load()
    try:
        results = run(options)
    except (NotStarted, OSError) as trouble:
        print(f"bench: {trouble}", file=sys.stderr)
        return 1
    results |= {"load": load, "load_after": machine.load()}
    (VAR / "tables.json").write_text(json.dumps(results, indent=2), encoding="utf-8")
    print(report.page(results))
    for goal in goals(results):
        print("met" if goal.met else "MISSED", goal.words, goal.measured, sep="\t")
    if not options.dry:
        DOCUMENT.write_text(report.page(results), encoding="utf-8")
    return 0


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Return all results."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    server = Server()
    server.create(NAME)
    env = stage.mosty_env(server) | {"DATABASE_URL": server.url(NAME)}
    call([stage.BIN / "mosty", "migrate", "--noinput", "-v0"], env)
    os.environ.update(env)
    import django

    django.setup()
    # It needs Django's settings.
    from bench.tables import live

    say(f"filling the database with {options.live_rows:,} consultations")
    live.fill(options.live_rows)
    server.settle(NAME)
    say("live tables")
    results: dict[str, Any] = {
        "machine": machine.alone() | _versions(server),
        "live": live.times(),
        "import": _import(env),
    }
    say("archiving them")
    results["archive"] = _archive(env)
    say(f"an archive of {options.archived_rows:,} consultations")
    folder = FOLDER / "made"
    rows = str(options.archived_rows)
    call([sys.executable, "-m", "bench.tables.made", folder, rows], env)
    say("its tables in DuckDB")
    results["duck"] = _measured("duck", folder, [sys.executable], env)
    if not options.no_spark:
        say("its tables in Spark")
        command = [str(ROOT / "scripts" / "scale.sh"), sys.executable]
        results["spark"] = _measured("spark", folder, command, env)
    shutil.rmtree(FOLDER)
    return results


def _measured(
    name: str, folder: Path, command: list[str], env: dict[str, str]
) -> dict[str, Any]:
    """Return what a process of its own measures."""
    found = VAR / f"tables-{name}.json"
    # Nothing but this tree: what the shell's PYTHONPATH says is not measured.
    call([*command, "-m", f"bench.tables.{name}", folder, found], env)
    return dict(json.loads(found.read_text(encoding="utf-8")))


def _archive(env: dict[str, str]) -> dict[str, float]:
    out = FOLDER / "archive"
    spent = spend(
        [stage.BIN / "mosty", "archive", "--year", "2025", "--open", "--out", out], env
    )
    if spent.code:
        raise NotStarted(spent.output[-2000:])
    size = sum(path.stat().st_size for path in out.rglob("*.parquet"))
    return {"seconds": spent.seconds, "mb": spent.mb, "files": size / 1024**2}


def _import(env: dict[str, str]) -> dict[str, float]:
    found = [
        [float(word) for word in call([sys.executable, "-c", WEIGH], env).split()]
        for _time in range(3)
    ]
    seconds, mb = sorted(found)[1]
    return {"seconds": seconds, "mb": mb}


def _versions(server: Server) -> dict[str, str]:
    from importlib.metadata import version

    return {
        "PostgreSQL": server.version(),
        "DuckDB": version("duckdb"),
        "Ibis": version("ibis-framework"),
    }


def say(words: str) -> None:
    """Tell how far it is."""
    print(f"bench: {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
