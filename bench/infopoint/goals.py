"""What was promised of recording, held against what was measured."""

from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any

from bench.rows import Goal, Row

TITLE = "Recording at an information point"
WORKERS = 50
# Each with as many of the workers.
PROCESSES = 2
SECONDS = 6.0
ROUNDS = 3
SHARE = 1 / 3
GOALS = (
    Goal(
        "share",
        f"Consultations recorded by {WORKERS} workers at once",
        "at least a third of the floor's rate",
        "A record is looked at twice, by the function that writes it and by the guard that holds it against every other program; it "
        "is written with an entry in the ledger; and the statement passes through Django. All of it runs on the cores that the bare "
        "insert has for itself. What is left to take away are the guard, the ledger or Django, and none of them is.",
        "None that keeps all three.",
    ),
)
PARTS = {
    "nothing": "A statement that does nothing",
    "bare": "The bare insert",
    "guarded": "The same insert into the table with its guards and keys",
    "ledger": "An entry in the ledger",
    "ours": "Recording, from what the form says to the commit",
}


def rows(results: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what was measured; of the rounds the middle one."""
    rounds = results["rounds"]
    share = median(one["ours"]["rate"] / one["bare"]["rate"] for one in rounds)
    ours = {
        key: median(one["ours"][key] for one in rounds)
        for key in ("rate", "median", "p95")
    }
    yield Row(
        ours["rate"],
        "a second",
        "share",
        share >= SHARE,
        floor=median(one["bare"]["rate"] for one in rounds),
        ratio=share,
        note=f"each within {ours['median']:.0f} ms, 95 % within {ours['p95']:.0f} ms",
    )
    for key, ms in results["parts"].items():
        yield Row(ms, "ms", what=f"{PARTS[key]}, by one connection alone")
