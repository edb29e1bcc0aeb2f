"""The overview and the bare view, which take turns."""

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.client import Browser
from bench.systems import Ask, page

ROUNDS = 6
TIMED = 5
ABOVE_FLOOR = 3
PAGES = {
    "overview": ("All 5,000 actions, 25 on the page", "", 25),
    "overview100": ("The same, 100 on the page", "?size=100", 100),
    "filtered": ("Those of one status, 25 on the page", "?status=done", 25),
}


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise, what came of it, and if it is kept."""

    key: str
    words: str
    measured: str
    floor: str
    met: bool


def measure(mosty: Browser, floor: Browser) -> dict[str, Any]:
    """Return the middle time of each page and of its bare view."""
    asked: dict[str, tuple[Ask, Ask]] = {
        key: (
            page(mosty, f"/pl/plans/actions/{query}", '<th scope="row"><a', rows),
            page(floor, f"/plans/{query}", 'class="row"', rows),
        )
        for key, (_words, query, rows) in PAGES.items()
    }
    seconds: dict[tuple[str, bool], list[float]] = {}
    sizes: dict[str, int] = {}
    for _round in range(ROUNDS):
        for key, both in asked.items():
            for is_bare, ask in enumerate(both):
                ask()
                answers = [ask() for _time in range(TIMED)]
                found = seconds.setdefault((key, bool(is_bare)), [])
                found += [answer.seconds for answer in answers]
                if not is_bare:
                    sizes[key] = answers[-1].size
    return {
        key: {
            "ms": median(seconds[key, False]) * 1000,
            "floor_ms": median(seconds[key, True]) * 1000,
            "kib": sizes[key] / 1024,
        }
        for key in asked
    }


def goals(pages: Mapping[str, Mapping[str, float]]) -> list[Goal]:
    """Return every goal, the missed ones first."""
    found = []
    for key, (words, _query, _rows) in PAGES.items():
        ratio = pages[key]["ms"] / pages[key]["floor_ms"]
        found.append(
            Goal(
                key,
                f"{words}: under {ABOVE_FLOOR} times of the bare view",
                f"{pages[key]['ms']:.1f} ms, {ratio:.2f} times",
                f"{pages[key]['floor_ms']:.1f} ms",
                ratio < ABOVE_FLOOR,
            )
        )
    return sorted(found, key=lambda goal: goal.met)
