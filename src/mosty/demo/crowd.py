"""Fictional people from fictional cities, made by a fixed seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mosty.demo.facts import DEPARTMENTS
from mosty.demo.names import FAMILIES, MEN, POSITIONS, WOMEN

CITIES = 300
FIRST_DAY = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Someone:
    """One person as a city nominates her; ``city`` counts from 0."""

    city: int
    given_name: str
    family_name: str
    email: str
    gender: str
    department: str
    position: str
    since: date


def people(number: int, *, seed: int, cities: int = CITIES) -> Iterator[Someone]:
    """
    Yield ``number`` people, spread over the cities in turn.

    Half have double family names: otherwise names would repeat more than they do.
    """
    source = random.Random(seed)  # noqa: S311 - invents people, decides nothing
    for place in range(number):
        gender = source.choices(("woman", "man"), (64, 36))[0]
        family = source.choice(FAMILIES)
        if source.random() < 0.5:
            family = f"{family}-{source.choice(FAMILIES)}"
        department = source.choice(DEPARTMENTS)
        yield Someone(
            city=place % cities,
            given_name=source.choice(WOMEN if gender == "woman" else MEN),
            family_name=family,
            email=f"n{seed}.{place}@example.org",
            gender=gender,
            department=department,
            position=POSITIONS[department],
            since=FIRST_DAY + timedelta(days=source.randrange(4000)),
        )


def city_name(number: int) -> str:
    """Return the name of a fictional city."""
    return f"Próbnik {number + 1:03d}"


def city_slug(number: int) -> str:
    """Return the address of a fictional city."""
    return f"probnik-{number + 1:03d}"
