"""Pools of fictional people with quotas, written as the files that both tools read."""

import csv
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.places import VAR

HOME = VAR / "selection"
# Shares of the values of each attribute: gender, age, education, region; then two more.
FOUR = ((0.5, 0.5), (0.2, 0.25, 0.25, 0.3), (0.25,) * 4, (0.125,) * 8)
SIX = (*FOUR, (0.6, 0.4), (0.3, 0.3, 0.4))
# As tight as quotas of real assemblies are: one or two people either way.
TIGHT = (
    ((11, 12), (10, 11)),
    ((5, 7), (5, 7), (5, 6), (5, 6)),
    ((5, 7), (5, 7), (5, 6), (5, 6)),
    ((3, 5), (3, 5), (2, 5), (3, 5), (3, 5), (2, 5), (3, 5), (3, 5)),
)


@dataclass(frozen=True, slots=True)
class Pool:
    """One pool: how it is called, its people, its seats, and its two files."""

    name: str
    people: int
    seats: int
    attributes: int
    people_file: Path
    quotas_file: Path


def drawn(people: int, seats: int, shares: Sequence[Sequence[float]]) -> Pool:
    """Return a pool drawn at random with a fixed seed; quotas a tenth either way."""
    source = random.Random(people)
    rows = [
        tuple(source.choices(range(len(own)), own)[0] for own in shares)
        for _ in range(people)
    ]
    if seats == 22:
        quotas = TIGHT
    else:
        quotas = tuple(
            tuple(
                (math.floor(seats * one * 0.9), math.ceil(seats * one * 1.1))
                for one in own
            )
            for own in shares
        )
    return _write(f"{people}-{seats}-{len(shares)}", rows, quotas, seats)


def even(people: int, seats: int) -> Pool:
    """Return the kind of pool published as "example_small": gender and leaning, halves."""
    rows = [(number % 2, int(number < people // 2)) for number in range(people)]
    quotas = (((seats * 9 // 20, seats),) * 2,) * 2
    return _write(f"even-{people}-{seats}", rows, quotas, seats)


def _write(
    name: str,
    rows: Sequence[Sequence[int]],
    quotas: Sequence[Sequence[tuple[int, int]]],
    seats: int,
) -> Pool:
    HOME.mkdir(parents=True, exist_ok=True)
    people_file, quotas_file = HOME / f"{name}.people.csv", HOME / f"{name}.quotas.csv"
    names = [f"a{number}" for number in range(len(quotas))]
    with people_file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", *names])
        writer.writerows(
            [f"p{number}", *(f"v{value}" for value in row)]
            for number, row in enumerate(rows)
        )
    with quotas_file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["feature", "value", "min", "max"])
        writer.writerows(
            [name, f"v{value}", least, most]
            for name, own in zip(names, quotas, strict=True)
            for value, (least, most) in enumerate(own)
        )
    return Pool(name, len(rows), seats, len(quotas), people_file, quotas_file)
