"""What was promised of the selection, held against what was measured."""

from collections.abc import Iterator, Mapping
from typing import Any

from bench.rows import Goal, Row

TITLE = "Selection"
# How many times faster than the peer's faster back end, by pool.
FASTER = {"150-22-4": 20, "300-30-4": 50, "500-40-4": 50, "even-200-20": 1000}
POOLS = {
    "150-22-4": "150 people, 22 seats, 4 attributes",
    "300-30-4": "300 people, 30 seats, 4 attributes",
    "500-40-4": "500 people, 40 seats, 4 attributes",
    "even-200-20": "200 people, 20 seats, even, 2 attributes",
}
WHY = {
    "150-22-4": {
        "why": "Quotas this tight give a dozen levels of odds, so the walk in whole numbers ends in a corner, and about as many "
        "cohorts are needed as there are types: half of the time goes into a small linear programme for each. Each starts from the one "
        "before, and still takes some sixty steps, since all that it weighs has changed. The peer stops at the smallest odds.",
        "next": "Fewer steps by other rules for them: they would mix other cohorts, so only with a next version of the engine.",
    },
    "even-200-20": {
        "why": "Making three models and solving them takes a third of it, as long for four types as for forty; the rest are small "
        "things, done for the first time in the process. Against the peer's default back end the goal is met.",
        "next": "None planned: what is left is the start of the process.",
    },
}
LARGE_SECONDS = 0.1
PRIORITIES_SECONDS = 10
GOALS = (
    *(
        Goal(
            name,
            POOLS[name],
            f"at least {times:,} times faster than the peer's maximin",
            **WHY.get(name, {}),
        )
        for name, times in FASTER.items()
    ),
    *(
        Goal(
            f"{name}-odds",
            f"{pool}: the smallest odds",
            "never lower than the peer's",
            next="Look for a mistake first: ours are proven.",
        )
        for name, pool in POOLS.items()
    ),
    Goal(
        "large",
        "2,000 people, 200 seats, even, 2 attributes",
        f"under {LARGE_SECONDS} s",
    ),
    Goal(
        "priorities",
        "20,000 nominations for 500 seats, three priorities proven",
        f"under {PRIORITIES_SECONDS} s",
    ),
)


def rows(results: Mapping[str, Any]) -> Iterator[Row]:
    """Yield what was measured."""
    for one in results["beside"]:
        yield from _beside(one)
    large, *larger = results["alone"]
    seconds = large["seconds"]
    yield Row(seconds, "s", "large", seconds < LARGE_SECONDS, note=_note(large))
    many = results["priorities"]
    yield Row(
        many["seconds"],
        "s",
        "priorities",
        many["seconds"] < PRIORITIES_SECONDS,
        note=f"{many['types']:,} types, {many['mb']:.0f} MB",
    )
    for one in larger:
        what = (
            f"{one['people']:,} people, {one['seats']} seats, "
            f"{one['attributes']} attributes"
        )
        yield Row(one["seconds"], "s", what=what, note=_note(one))


def _beside(one: Mapping[str, Any]) -> Iterator[Row]:
    if "peer" not in one:
        return
    peer = one["peer"]
    best = min(peer, key=lambda backend: peer[backend]["seconds"])
    theirs, ratio = peer[best]["seconds"], peer[best]["seconds"] / one["seconds"]
    name = one["name"]
    others = "; ".join(
        f"by {backend} {found['seconds']:.1f} s, {found['mb']:.0f} MB"
        for backend, found in peer.items()
    )
    yield Row(
        one["seconds"],
        "s",
        name,
        ratio >= FASTER[name],
        peer=theirs,
        ratio=ratio,
        note=f"{_note(one)}; the peer {others}",
    )
    least = max(found["least"] for found in peer.values())
    yield Row(
        one["least"] * 100,
        "%",
        f"{name}-odds",
        # Its own tolerance is 0.05 %.
        one["least"] >= least - 1e-6,
        peer=least * 100,
    )


def _note(one: Mapping[str, Any]) -> str:
    return f"{one['types']} types, {one['cohorts']} cohorts, {one['mb']:.0f} MB"
