"""What was promised of tables, held against what was measured."""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.rows import Goal, Row

TITLE = "Tables"
LIVE_ROWS = 1_000_000
ARCHIVED_ROWS = 10_000_000
LIVE_SECONDS = 1
BY_HAND = 2
GOALS = (
    Goal(
        "live",
        f"Each live table over {LIVE_ROWS:,} consultations in PostgreSQL; the slowest",
        f"under {LIVE_SECONDS} s",
    ),
    Goal(
        "archived",
        f"Each table over {ARCHIVED_ROWS:,} archived consultations in DuckDB; the worst",
        f"within {BY_HAND} times the query written by hand",
    ),
)


def rows(results: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what was measured."""
    live, duck = results["live"], results["duck"]
    yield from _live(live)
    yield from _archived(duck)
    spark = (results.get("spark") or {}).get("tables", {})
    for slug, times in duck["tables"].items():
        one = f"one point {live['one'][slug] * 1000:.0f} ms"
        yield Row(live["all"][slug], "s", what=f"{slug}, live", note=one)
        yield Row(
            times["ours"],
            "s",
            what=f"{slug}, archived",
            floor=times["hand"],
            ratio=times["ours"] / times["hand"],
            note=f"in Spark {spark[slug]:.2f} s" if slug in spark else "",
        )
    yield from _beside(results)


def _live(live: Mapping[str, Any]) -> Iterator[Row]:
    slowest = max(live["all"], key=live["all"].get)
    missed = [slug for slug, seconds in live["all"].items() if seconds >= LIVE_SECONDS]
    yield Row(
        live["all"][slowest],
        "s",
        "live",
        not missed and live["rows"] >= LIVE_ROWS,
        note=f"{slowest}, over {live['rows']:,}{_named(missed)}",
    )


def _archived(duck: Mapping[str, Any]) -> Iterator[Row]:
    ratios = {
        slug: times["ours"] / times["hand"] for slug, times in duck["tables"].items()
    }
    worst = max(ratios, key=ratios.__getitem__)
    missed = [slug for slug, ratio in ratios.items() if ratio > BY_HAND]
    yield Row(
        duck["tables"][worst]["ours"],
        "s",
        "archived",
        not missed and duck["rows"] >= ARCHIVED_ROWS,
        floor=duck["tables"][worst]["hand"],
        ratio=ratios[worst],
        note=f"{worst}, over {duck['rows']:,} in {duck['mb']:.0f} MiB{_named(missed)}",
    )


def _named(missed: list[str]) -> str:
    return f"; missed by {', '.join(missed)}" if missed else ""


def _beside(results: Mapping[str, Any]) -> Iterator[Row]:
    archive, duck, spark = results["archive"], results["duck"], results.get("spark")
    note = f"{archive['mb']:.0f} MB of memory; {archive['files']:.0f} MiB of files"
    yield Row(archive["seconds"], "s", what="mosty archive of the live ones", note=note)
    checking = "Comparing every archived file with its checksum"
    yield Row(duck["checking"], "s", what=checking)
    yield Row(duck["peak"], "MiB", what="Memory of DuckDB's process at most")
    ibis = "Importing Ibis, which a web process does with its first table"
    note = f"{results['import']['mb']:.0f} MiB"
    yield Row(results["import"]["seconds"], "s", what=ibis, note=note)
    if spark:
        yield Row(spark["starting"], "s", what="Starting Spark, before its first table")
