"""Live, over archives and in Spark; all that it makes is in ``var/bench/tables``."""

import json
import shutil
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import stage
from bench.places import ROOT, VAR
from bench.processes import NotStarted, call, spend
from bench.rows import Asked
from bench.say import say
from bench.tables.goals import ARCHIVED_ROWS, LIVE_ROWS

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


def run(asked: Asked) -> dict[str, Any]:
    """Return all results."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    server, env = stage.own_database(NAME, asked)
    asked.facts |= {"DuckDB": version("duckdb"), "Ibis": version("ibis-framework")}
    # It needs Django's settings.
    from bench.tables import live

    rows, archived = int(LIVE_ROWS * asked.share), int(ARCHIVED_ROWS * asked.share)
    say(f"filling the database with {rows:,} consultations")
    live.fill(rows)
    server.settle(NAME)
    say("live tables")
    results: dict[str, Any] = {"live": live.times(), "import": _import(env)}
    say("archiving them")
    results["archive"] = _archive(env)
    say(f"an archive of {archived:,} consultations")
    folder = FOLDER / "made"
    call([sys.executable, "-m", "bench.tables.made", folder, str(archived)], env)
    say("its tables in DuckDB")
    results["duck"] = _measured("duck", folder, [sys.executable], env)
    if asked.spark:
        say("its tables in Spark")
        command = [str(ROOT / "scripts" / "scale.sh"), sys.executable]
        results["spark"] = _measured("spark", folder, command, env)
        asked.facts["Spark"] = results["spark"]["version"]
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
