"""Made-up maps of several sizes, drawn anew a few times each."""

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from mosty.partnerships.drawing import Line, Node, Words, grid, network

# Actors and ties; the last is what a map may hold at most.
SIZES = ((12, 16), (40, 60), (100, 250), (300, 1_000), (500, 2_500))
GOAL = {(300, 1_000): 0.5}
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


def measure(say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Return for each size the middle and the longest time of each picture."""
    network(*made_up(5, 4, 0), WORDS, "light")  # loads the library
    return [_row(actors, ties, say) for actors, ties in SIZES]


def _row(actors: int, ties: int, say: Callable[[str], None]) -> dict[str, Any]:
    say(f"maps: {actors} actors, {ties} ties")
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


HEAD = """\
# Benchmarks of maps

`mosty.partnerships.drawing` on made-up maps, in one process, without a database; the picture is drawn anew each time
and not taken from memory. `make bench` repeats it and writes this page. Each time is the middle one of seven maps, with
the longest. "Named" says how many names found room; the others have the number of their row in the table.

"""


def page(rows: Sequence[Mapping[str, Any]], machine: Mapping[str, str]) -> str:
    """Return the documentation's page."""
    return "".join(
        (
            HEAD,
            *_table(rows),
            "\n",
            *_goals(rows),
            "\n## Machine\n\n",
            *_machine(machine),
        )
    )


def _table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield "| actors | ties | network | longest | grid | longest | named | size |\n"
    yield "|---:|---:|---:|---:|---:|---:|---:|---:|\n"
    for row in rows:
        times = (
            row[f"{what}_{which}"] * 1000
            for what in ("network", "grid")
            for which in ("middle", "longest")
        )
        cells = [
            f"{row['actors']:,}",
            f"{row['ties']:,}",
            *(f"{milliseconds:.1f} ms" for milliseconds in times),
            str(row["named"]),
            f"{row['bytes'] / 1000:.0f} kB",
        ]
        yield f"| {' | '.join(cells)} |\n"


def _goals(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        goal = GOAL.get((row["actors"], row["ties"]))
        if goal:
            spent = row["network_longest"] + row["grid_longest"]
            word = "reached" if spent < goal else "missed"
            yield (
                f"Goal: {row['actors']:,} actors and {row['ties']:,} ties, both pictures, under"
                f" {goal * 1000:.0f} ms: {word} ({spent * 1000:.0f} ms, the longest of each).\n"
            )


def _machine(machine: Mapping[str, str]) -> Iterator[str]:
    yield "| | |\n|---|---|\n"
    yield from (f"| {name} | {value} |\n" for name, value in machine.items())
