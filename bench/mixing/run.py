"""Fictional people by number, mixed with a few seeds each."""

import time
from collections.abc import Sequence
from statistics import median
from typing import Any

from bench.rows import Asked
from bench.say import say
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


def run(_asked: Asked) -> list[dict[str, Any]]:
    """Return for each size and spread the middle time and the worst numbers."""
    return [_row(size, spread) for size in SIZES for spread in SPREADS]


def _row(size: Sequence[int], spread: tuple[str, ...]) -> dict[str, Any]:
    number, groups, rounds, cities, departments = size
    say(f"{number} people, {groups} groups, {rounds} rounds, {len(spread)}")
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
