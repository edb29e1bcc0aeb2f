"""What was promised of tables, held against what was measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LIVE_ROWS = 1_000_000
ARCHIVED_ROWS = 10_000_000
LIVE_SECONDS = 1
BY_HAND = 2


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise, what came of it, and if it is kept."""

    key: str
    words: str
    measured: str
    met: bool


def goals(results: Mapping[str, Any]) -> list[Goal]:
    """Return every goal, the missed ones first."""
    found = [*_live(results["live"]), *_archived(results["duck"])]
    return sorted(found, key=lambda goal: goal.met)


def _live(live: Mapping[str, Any]) -> Iterator[Goal]:
    slowest = max(live["all"], key=live["all"].get)
    missed = [slug for slug, seconds in live["all"].items() if seconds >= LIVE_SECONDS]
    yield Goal(
        "live",
        f"Each live table over {LIVE_ROWS:,} consultations in PostgreSQL: under {LIVE_SECONDS} s",
        f"the slowest, {slowest}, {live['all'][slowest]:.2f} s{_named(missed)}",
        not missed and live["rows"] >= LIVE_ROWS,
    )


def _archived(duck: Mapping[str, Any]) -> Iterator[Goal]:
    ratios = {
        slug: times["ours"] / times["hand"] for slug, times in duck["tables"].items()
    }
    worst = max(ratios, key=ratios.__getitem__)
    missed = [slug for slug, ratio in ratios.items() if ratio > BY_HAND]
    yield Goal(
        "archived",
        f"Each table over {ARCHIVED_ROWS:,} archived consultations in DuckDB: within {BY_HAND} times of the query written by hand",
        f"the worst, {worst}, {ratios[worst]:.2f} times{_named(missed)}",
        not missed and duck["rows"] >= ARCHIVED_ROWS,
    )


def _named(missed: list[str]) -> str:
    return f"; missed by {', '.join(missed)}" if missed else ""
