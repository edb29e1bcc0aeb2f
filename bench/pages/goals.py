"""What is promised of every page of a large installation, and what came of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.rows import Goal, Row

TITLE = "Pages"
MS = 300
MB = 300
# Workbooks of whole lists may take longer than a page.
LONGER = {
    "nominations-nominations_xlsx": 1000,
    "training-roster_xlsx": 1000,
    "training-attendance_xlsx": 1000,
}
SHOWN = 12
GOALS = (
    Goal(
        "slowest",
        "The slowest page, with a million consultations kept",
        f"under {MS} ms of the server",
        why="The page that checks a draw of 330 nominations makes the public copy anew from "
        "the record and works through all of it, as it says; it asks the database four times.",
        next="Keep the public copy beside the record, so that only the check is left.",
    ),
    Goal(
        "queries",
        "Pages that ask the database more often than in the small demo",
        "none",
        why="A list that is empty in the small demo, and a choice with one answer there, ask "
        "once more, and no more than that however much there is.",
        next="Let the small demo have what these two pages lack.",
    ),
    Goal("answers", "Pages that answer anything else than they should", "none"),
    Goal(
        "memory",
        "A web process after every page was opened twice",
        f"at most {MB} MB",
        why="Drawing charts adds 74 to 94 MB to a process.",
        next="Draw charts in a process of their own.",
    ),
)


def rows(results: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what was measured."""
    pages, small = results["pages"], results["small"]
    share = {key: one["ms"] / LONGER.get(key, MS) for key, one in pages.items()}
    slow = sorted(share, key=lambda key: -share[key])
    more = growing(pages, small)
    wrong = [key for key, one in pages.items() if one["status"] != one["wanted"]]
    peak = max(results["memory"], default=0.0)
    yield Row(
        pages[slow[0]]["ms"],
        "ms",
        "slowest",
        share[slow[0]] < 1,
        note=f"{slow[0]}; {sum(one < 1 for one in share.values())} of {len(pages)} are below",
    )
    yield Row(len(more), "", "queries", not more, note=", ".join(more[:SHOWN]))
    yield Row(len(wrong), "", "answers", not wrong, note=", ".join(wrong[:SHOWN]))
    yield Row(peak, "MB", "memory", peak <= MB)
    times = sorted(one["ms"] for one in pages.values())
    yield Row(
        times[len(times) // 2], "ms", what=f"The middle one of {len(pages)} pages"
    )
    for key in slow[:SHOWN]:
        one = pages[key]
        note = f"{one['queries']} queries, {one['bytes'] / 1024:.0f} KiB"
        yield Row(one["ms"], "ms", what=f"Page {key}", note=note)
    filled = results["filled"]
    note = (
        f"{filled['gb']:.1f} GB; {filled['people']:,} people, {filled['cities']} cities"
    )
    yield Row(filled["seconds"], "s", what="Filling the large installation", note=note)


def growing(
    pages: Mapping[str, Mapping[str, Any]], small: Mapping[str, int]
) -> list[str]:
    """Return the pages that ask more of the database than in a small installation."""
    return [
        key
        for key, one in pages.items()
        if one["queries"] > small.get(key.removesuffix(" (large)"), one["queries"])
    ]
