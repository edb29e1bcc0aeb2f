"""What was promised of the overview of actions, held against what was measured."""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.rows import Goal, Row

TITLE = "Action plans"
ABOVE_FLOOR = 3
# Key -> what it is, how it is asked for, rows.
PAGES = {
    "overview": ("All 5,000 actions, 25 on the page", "", 25),
    "overview100": ("All 5,000 actions, 100 on the page", "?size=100", 100),
    "filtered": ("Actions of one status, 25 on the page", "?status=done", 25),
}
WHY = {
    "filtered": "Two runs of 22 November stand on both sides: 2.69 and 3.01 times. A filter"
    " leaves the floor less to do, and the page as much: who asks, menu, filters, counts.",
}
GOALS = tuple(
    Goal(
        key,
        words,
        f"under {ABOVE_FLOOR} times the floor",
        why=WHY.get(key, ""),
        next="Profile this page.",
    )
    for key, (words, _query, _rows) in PAGES.items()
)


def rows(pages: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what was measured."""
    for key, found in pages.items():
        ratio = found["ms"] / found["floor_ms"]
        yield Row(
            found["ms"],
            "ms",
            key,
            ratio < ABOVE_FLOOR,
            floor=found["floor_ms"],
            ratio=ratio,
            note=f"{found['kib']:.0f} KiB",
        )
