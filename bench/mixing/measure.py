"""Fictional people by number, mixed with a few seeds each."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any

from mosty.engines.grouping import Person, Rules, Task, check, mix

SEEDS = ("a", "b", "c")
# People, groups, rounds, cities, departments.
SIZES = (
    (24, 6, 4, 13, 5),
    (23, 6, 4, 13, 5),
    (60, 10, 5, 20, 6),
    (300, 50, 6, 60, 9),
)
SPREADS: tuple[tuple[str, ...], ...] = (("city",), ("city", "department"))


def people(number: int, cities: int, departments: int) -> tuple[Person, ...]:
    """Return so many people, spread over cities as evenly as can be."""
    return tuple(
        Person(
            f"P{i:03}",
            {"city": f"c{i % cities}", "department": f"d{i * 7 // 3 % departments}"},
        )
        for i in range(number)
    )


def measure(say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Return for each size and spread the middle time and the worst numbers."""
    return [_row(size, spread, say) for size in SIZES for spread in SPREADS]


def _row(
    size: Sequence[int], spread: tuple[str, ...], say: Callable[[str], None]
) -> dict[str, Any]:
    number, groups, rounds, cities, departments = size
    say(f"mixing: {number} people, {groups} groups, {rounds} rounds, {len(spread)}")
    seconds, worst = [], []
    for seed in SEEDS:
        rules = Rules(groups, rounds, spread)
        task = Task(people(number, cities, departments), rules, seed)
        started = time.perf_counter()
        plan = mix(task)
        seconds.append(time.perf_counter() - started)
        assert check(plan, task.people, rules) == []
        worst.append([(aim.value, aim.bound) for aim in plan.aims])
    return {
        "people": number,
        "groups": groups,
        "rounds": rounds,
        "cities": cities,
        "spread": list(spread),
        "seconds": median(seconds),
        "aims": max(worst),
    }


HEAD = """\
# Benchmarks of mixing

`mosty.engines.grouping` on fictional people, in one process, without reading files.
`make bench` repeats it and writes this page. Each time is the middle one of three
seeds, each number that of the worst seed; "of" says below which nothing can be, and
where both are equal nothing better exists. Where they are not, the search spends all
its steps. [How it works](grouping.md).

"""
NAMES = ("repeated pairs", "alike in city", "alike in department")


def page(rows: Sequence[Mapping[str, Any]], machine: Mapping[str, str]) -> str:
    """Return the documentation's page."""
    return "".join((HEAD, *_table(rows), "\n## Machine\n\n", *_machine(machine)))


def _table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield f"| people | groups | rounds | cities | time | {' | '.join(NAMES)} |\n"
    yield "|---|---|---|---|---|---|---|---|\n"
    for row in rows:
        aims = [f"{value} of {bound}" for value, bound in row["aims"]]
        aims += ["not asked"] * (len(NAMES) - len(aims))
        facts = (row["people"], row["groups"], row["rounds"], row["cities"])
        cells = [*map(str, facts), f"{row['seconds']:.2f} s", *aims]
        yield f"| {' | '.join(cells)} |\n"


def _machine(machine: Mapping[str, str]) -> Iterator[str]:
    yield "| | |\n|---|---|\n"
    yield from (f"| {name} | {value} |\n" for name, value in machine.items())
