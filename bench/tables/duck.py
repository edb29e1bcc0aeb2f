"""
Tables over an archive in DuckDB, beside the queries written by hand; in a process of its
own, so that its memory can be told: ``python -m bench.tables.duck FOLDER RESULTS``.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

ROUNDS = 5


def main() -> int:
    """Measure, and write what was found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosty.config.settings")
    import django

    django.setup()
    folder, results = Path(sys.argv[1]), Path(sys.argv[2])
    results.write_text(json.dumps(_measured(folder)), encoding="utf-8")
    return 0


def _measured(folder: Path) -> dict[str, Any]:
    import duckdb

    from bench import processes
    from bench.tables import hand
    from bench.tables.made import YEAR
    from mosty.figures.tables import UNSTATED, Cell, Days, Scope
    from mosty.figures.tables.archives import duck, manifest
    from mosty.infopoint.tables import TABLES

    began = time.perf_counter()
    archives = manifest.opened([folder])
    checking = time.perf_counter() - began
    asked: dict[str, Any] = {
        "scope": Scope.common(archives[0].places),
        "period": Days.of_year(YEAR),
    }
    found: dict[str, dict[str, float]] = {}
    with duck.opened(archives) as ours, duckdb.connect() as theirs:
        for table in TABLES:
            query = hand.query(table.slug, folder)

            def by_hand(query: str = query) -> list[tuple[Any, ...]]:
                return theirs.execute(query).fetchall()

            def by_table(table: Any = table) -> list[Cell]:
                return ours.cells(table, **asked)

            wanted = sorted(
                Cell(tuple(code or UNSTATED for code in row[:-1]), row[-1])
                for row in by_hand()
            )
            if by_table() != wanted:
                raise SystemExit(f"{table.slug}: not what was counted by hand")
            found[table.slug] = _turns(by_table, by_hand)
    peak = processes.peak_mb_of(os.getpid()) * 1e6 / 1024**2
    return {
        "rows": archives[0].rows("consultations"),
        "mb": sum(kept.size for kept in archives[0].files) / 1024**2,
        "checking": checking,
        "peak": peak,
        "tables": found,
    }


def _turns(ours: Callable[[], Any], theirs: Callable[[], Any]) -> dict[str, float]:
    """Return the middle times of both, which take turns."""
    times: dict[str, list[float]] = {"ours": [], "hand": []}
    for _round in range(ROUNDS):
        for name, ask in (("ours", ours), ("hand", theirs)):
            began = time.perf_counter()
            ask()
            times[name].append(time.perf_counter() - began)
    return {name: median(seconds) for name, seconds in times.items()}


if __name__ == "__main__":
    sys.exit(main())
