"""Made-up maps of several sizes, drawn anew a few times each."""

import random
import time
from statistics import median
from typing import Any

from bench.rows import Asked
from bench.say import say
from mosty.partnerships.drawing import Line, Node, Words, grid, network

# Actors and ties; the last is what a map may hold at most.
SIZES = ((12, 16), (40, 60), (100, 250), (300, 1_000), (500, 2_500))
TIMES = 7
FUNCTIONS = ("public", "private", "civic", "knowledge", "migrant-led")
GRADES = ("low", "medium", "high", "")
WORDS = Words(
    title="Map",
    functions=tuple((one, one) for one in FUNCTIONS),
    grades=tuple((one, one) for one in GRADES[:3]),
    fields=tuple((one, one) for one in ("key", "satisfy", "inform", "monitor")),
    interest="Interest",
    influence="Influence",
    not_assessed="Not assessed",
    without_ties="Without ties",
    with_agreement="with an agreement",
    without_agreement="without an agreement",
    one_way="goes one way",
    stronger="thicker: stronger",
)


def made_up(actors: int, ties: int, seed: int) -> tuple[list[Node], list[Line]]:
    """Return so many actors and ties; some actors have most of the ties, as in cities."""
    draw = random.Random(seed)
    nodes = [
        Node(
            f"k{number}",
            number + 1,
            f"Organisation for the city no. {number}",
            draw.choice(FUNCTIONS),
            draw.choice(GRADES),
            draw.choice(GRADES),
        )
        for number in range(actors)
    ]
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < ties:
        one, other = int(draw.betavariate(1, 2.5) * actors), draw.randrange(actors)
        if one != other:
            pairs.add((min(one, other), max(one, other)))
    lines = [
        Line(
            f"k{one}",
            f"k{other}",
            draw.randint(1, 3),
            draw.random() < 0.3,
            draw.random() < 0.3,
        )
        for one, other in sorted(pairs)
    ]
    return nodes, lines


def run(_asked: Asked) -> list[dict[str, Any]]:
    """Return for each size the middle and the longest time of each picture."""
    network(*made_up(5, 4, 0), WORDS, "light")  # loads the library
    return [_row(actors, ties) for actors, ties in SIZES]


def _row(actors: int, ties: int) -> dict[str, Any]:
    say(f"{actors} actors, {ties} ties")
    spent: dict[str, list[float]] = {"network": [], "grid": []}
    size = named = 0
    for seed in range(TIMES):
        nodes, lines = made_up(actors, ties, seed)
        started = time.perf_counter()
        drawn = network(nodes, lines, WORDS, "light")
        spent["network"].append(time.perf_counter() - started)
        started = time.perf_counter()
        grid(nodes, WORDS, "light")
        spent["grid"].append(time.perf_counter() - started)
        size = max(size, len(drawn.encode()))
        named = drawn.count("paint-order")
        assert network(nodes, lines, WORDS, "light") == drawn
    return {
        "actors": actors,
        "ties": ties,
        "named": named,
        "bytes": size,
        **{f"{what}_middle": median(times) for what, times in spent.items()},
        **{f"{what}_longest": max(times) for what, times in spent.items()},
    }
