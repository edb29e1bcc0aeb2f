"""
The same tables in Spark: ``scripts/scale.sh python -m bench.tables.spark FOLDER RESULTS``.
"""

import json
import os
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

ROUNDS = 3


def main() -> int:
    """Measure, and write what was found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosty.config.settings")
    import django

    django.setup()
    folder, results = Path(sys.argv[1]), Path(sys.argv[2])
    results.write_text(json.dumps(_measured(folder)), encoding="utf-8")
    return 0


def _measured(folder: Path) -> dict[str, Any]:
    from pyspark.sql import SparkSession

    from bench.tables.made import YEAR
    from mosty.figures.tables import Days, Scope
    from mosty.figures.tables.archives import duck, manifest
    from mosty.figures.tables.archives.spark import Spark
    from mosty.infopoint.tables import TABLES

    archives = manifest.opened([folder])
    asked: dict[str, Any] = {
        "scope": Scope.common(archives[0].places),
        "period": Days.of_year(YEAR),
    }
    began = time.perf_counter()
    session = SparkSession.builder.appName("bench").getOrCreate()
    on_spark = Spark(session, archives)
    starting = time.perf_counter() - began
    found = {}
    with duck.opened(archives) as on_duck:
        for table in TABLES:
            if on_spark.cells(table, **asked) != on_duck.cells(table, **asked):
                raise SystemExit(f"{table.slug}: Spark and DuckDB do not agree")
            times = []
            for _round in range(ROUNDS):
                began = time.perf_counter()
                on_spark.cells(table, **asked)
                times.append(time.perf_counter() - began)
            found[table.slug] = median(times)
    version = session.version
    session.stop()
    return {"version": version, "starting": starting, "tables": found}


if __name__ == "__main__":
    sys.exit(main())
