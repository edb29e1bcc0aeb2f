"""What was promised of delivering a course, held against what was measured."""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.rows import Goal, Row

TITLE = "Delivering a course"
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
    "table100": f"Attendance of {PEOPLE} people at {SESSIONS} sessions, 100 on the page",
    "marking": f"{PEOPLE} people to be marked, all on one page",
}
WAVES = {
    "moment": f"{AT_ONCE} phones send at one moment",
    "flow": f"{AT_ONCE} phones are always on the way",
    "alone": "One phone after the other",
}
GOALS = (
    Goal(
        "moment",
        f"Check-in, {WAVES['moment']}",
        f"median under {CHECK_IN_MS} ms",
        "Half of the 50 are answered when 25 check-ins are done, on two cores on which the crowd and the database work as well. A "
        "check-in is three statements: the session, the person, and all that is locked and written. What is left is mostly Django.",
        "More cores; workers share nothing that is locked.",
    ),
    Goal(
        "flow",
        f"Check-in, {WAVES['flow']}",
        f"median under {CHECK_IN_MS} ms",
        "Whoever is one of 50 on the way waits for 50 check-ins: to answer each within 50 ms takes a thousand a second, which Django "
        "on two cores does not do. A hall never comes like this: see the phones within a minute.",
        "More cores; workers share nothing that is locked.",
    ),
    *(
        Goal(
            key,
            words,
            f"under {ABOVE_FLOOR} times the floor",
            next="Profile this page.",
        )
        for key, words in BESIDE.items()
    ),
    Goal(
        "minute",
        f"{PHONES} phones check in within a minute",
        "none lost, none double",
        next="Find the lost one first: this is no matter of time.",
    ),
    Goal(
        "results",
        f"Results of {ANSWERS:,} answers",
        f"page under {RESULTS_MS} ms",
        next="Profile this page.",
    ),
)


def rows(results: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what was measured."""
    pages, waves, crowd = results["pages"], results["waves"], results["minute"]
    for key in BESIDE:
        one = pages[key]
        ratio = one["ms"] / one["floor_ms"]
        yield Row(
            one["ms"],
            "ms",
            key,
            ratio < ABOVE_FLOOR,
            floor=one["floor_ms"],
            ratio=ratio,
            note=f"{one['kib']:.0f} KiB",
        )
    for key in ("moment", "flow"):
        wave = waves[key]
        met = wave["median"] < CHECK_IN_MS
        yield Row(wave["median"], "ms", key, met, note=_wave(wave))
    yield Row(
        crowd["median"],
        "ms",
        "minute",
        crowd["marks"] == crowd["people"] == crowd["receipts"] == PHONES
        and crowd["seconds"] <= WITHIN_SECONDS,
        note=f"{crowd['marks']} marks of {crowd['people']} people in "
        f"{crowd['seconds']:.0f} s; 95 % within {crowd['p95']:.0f} ms; scan, send and "
        f"read {crowd['all_median']:.0f} ms",
    )
    ms = pages["results"]["ms"]
    note = f"{pages['results']['kib']:.0f} KiB"
    yield Row(ms, "ms", "results", ms < RESULTS_MS, note=note)
    alone = waves["alone"]
    yield Row(
        alone["median"],
        "ms",
        what=f"Check-in, {WAVES['alone'][0].lower()}{WAVES['alone'][1:]}",
        note=_wave(alone),
    )


def _wave(wave: Mapping[str, float]) -> str:
    return f"95 % within {wave['p95']:.0f} ms; {wave['rate']:.0f} a second"
