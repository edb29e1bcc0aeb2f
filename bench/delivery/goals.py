"""What was promised of delivering a course, held against what was measured."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PEOPLE = 500
SESSIONS = 8
PHONES = 300
AT_ONCE = 50
ANSWERS = 20_000
ABOVE_FLOOR = 3
CHECK_IN_MS = 50
WITHIN_SECONDS = 60
RESULTS_MS = 300

# Page of ours -> what it is, where there is a bare view beside it.
BESIDE = {
    "table": f"Attendance of {PEOPLE} people at {SESSIONS} sessions, 50 on the page",
    "table100": "The same, 100 on the page",
    "marking": f"{PEOPLE} people to be marked, all on one page",
}
WAVES = {
    "moment": f"{AT_ONCE} phones send at one moment",
    "flow": f"{AT_ONCE} phones are always on the way",
    "alone": "One phone after the other",
}


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise, what came of it, and if it is kept."""

    key: str
    words: str
    measured: str
    floor: str
    met: bool


def goals(results: Mapping[str, Any]) -> list[Goal]:
    """Return every goal, the missed ones first."""
    found = [*_pages(results["pages"]), *_crowds(results), *_results(results)]
    return sorted(found, key=lambda goal: goal.met)


def _pages(pages: Mapping[str, Mapping[str, float]]) -> Iterator[Goal]:
    for name, words in BESIDE.items():
        found = pages[name]
        ratio = found["ms"] / found["floor_ms"]
        yield Goal(
            name,
            f"{words}: under {ABOVE_FLOOR} times of the bare view",
            f"{found['ms']:.1f} ms, {ratio:.2f} times",
            f"{found['floor_ms']:.1f} ms",
            ratio < ABOVE_FLOOR,
        )


def _crowds(results: Mapping[str, Any]) -> Iterator[Goal]:
    for name in ("moment", "flow"):
        found = results["waves"][name]
        yield Goal(
            name,
            f"Check-in, {WAVES[name]}: median under {CHECK_IN_MS} ms",
            times(found),
            "",
            found["median"] < CHECK_IN_MS,
        )
    crowd = results["minute"]
    yield Goal(
        "minute",
        f"{PHONES} phones check in within a minute: none lost, none double",
        f"{crowd['marks']} marks of {crowd['people']} people in {crowd['seconds']:.0f} s; {times(crowd)}",
        "",
        crowd["marks"] == crowd["people"] == crowd["receipts"] == PHONES
        and crowd["seconds"] <= WITHIN_SECONDS,
    )


def _results(results: Mapping[str, Any]) -> Iterator[Goal]:
    ms = results["pages"]["results"]["ms"]
    yield Goal(
        "results",
        f"Results of {ANSWERS:,} answers: page under {RESULTS_MS} ms",
        f"{ms:.0f} ms",
        "",
        ms < RESULTS_MS,
    )


def times(found: Mapping[str, float]) -> str:
    """Return median and 95th percentile in words."""
    return f"median {found['median']:.0f} ms, 95 % within {found['p95']:.0f} ms"
