"""Fictional people, made by a fixed seed: the same ones every time."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mosty.demo.facts import CITIES, DEPARTMENTS, City
from mosty.demo.names import FAMILIES, MEN, POSITIONS, WOMEN
from mosty.kernel.names import fold
from mosty.nominations.actions.entries import Person

SEED = 20230316


@dataclass(frozen=True, slots=True)
class Nominee:
    """One fictional person as a city would write her into its list."""

    city: City
    given_name: str
    family_name: str
    email: str
    gender: str
    department: str
    position: str
    since: date

    def nominated(self) -> Person:
        """Return what her city says of her when it nominates her."""
        return Person(
            given_name=self.given_name,
            family_name=self.family_name,
            email=self.email,
            department=self.department,
            level="middle",
            gender=self.gender,
            position=self.position,
            in_post_since=self.since,
            is_fictional=True,
        )


def nominees(
    counts: Sequence[tuple[str, int]], *, on: date, seed: int = SEED
) -> list[Nominee]:
    """
    Return ``n`` people for each ``(city's name, n)``, all names and addresses different.

    About a quarter are new in their post ``on`` that day.
    """
    source = random.Random(seed)  # noqa: S311 - invents people, decides nothing
    cities = {city.name: city for city in CITIES}
    used: set[str] = set()
    return [
        _nominee(cities[name], used, on, source)
        for name, number in counts
        for _place in range(number)
    ]


def _nominee(city: City, used: set[str], on: date, source: random.Random) -> Nominee:
    while True:
        gender = source.choices(("woman", "man"), (64, 36))[0]
        given = source.choice(WOMEN if gender == "woman" else MEN)
        family = source.choice(FAMILIES)
        if gender == "woman" and family.endswith("ny"):
            family = f"{family[:-1]}a"
        address = f"{fold(given)}.{fold(family)}"
        if address not in used:
            break
    used.add(address)
    department = source.choice(DEPARTMENTS)
    months = source.choice((3, 5, 8, 10, *range(14, 110, 8)))
    return Nominee(
        city=city,
        given_name=given,
        family_name=family,
        email=f"{address}@{fold(city.name)}.example.org",
        gender=gender,
        department=department,
        position=POSITIONS[department],
        since=(on - timedelta(days=round(months * 30.4))).replace(day=1),
    )
