"""
The two documented calls of the Academy, on a generated pool.

The rules are those of the published calls. The nominees are nobody: a formula
gives each her attributes, and which cities have little experience is illustrative.
"""

from collections import Counter
from fractions import Fraction

import pytest

from mosty.engines.selection import (
    Balance,
    Candidate,
    Condition,
    Coverage,
    Limits,
    Outcome,
    Prefer,
    Problem,
    replace,
    run,
    select,
    verify,
)
from tests.engines.selection.oracle import scores

CITIES = [
    "bialystok",
    "bydgoszcz",
    "czestochowa",
    "gdansk",
    "hrubieszow",
    "katowice",
    "krakow",
    "leszno",
    "lublin",
    "lodz",
    "poznan",
    "rzeszow",
    "szczecin",
    "warszawa",
    "wroclaw",
]
LITTLE = {"bydgoszcz", "czestochowa", "hrubieszow", "leszno", "rzeszow", "szczecin"}
DEPARTMENTS = [
    "education",
    "culture",
    "social",
    "ngo",
    "information",
    "equality",
    "police",
]

NEW_FROM_EXPERIENCED = Condition.of({"experience": ["much"], "new_in_post": ["yes"]})
PART_2 = (
    Coverage("organisation"),
    Prefer(Condition.of({"experience": ["little"]}), "cities with little experience"),
    Prefer(NEW_FROM_EXPERIENCED, "new employees of experienced cities"),
    Balance("department"),
    Balance("gender"),
)
PART_3 = (Coverage("organisation"), Balance("department"), Balance("gender"))


def nominees(most: int) -> tuple[Candidate, ...]:
    """Return from 2 to ``most`` nominees of each city."""
    people = []
    for city_number, city in enumerate(CITIES):
        for _ in range(2 + city_number * 5 % (most - 1)):
            number = len(people)
            attributes = {
                "organisation": city,
                "experience": "little" if city in LITTLE else "much",
                "new_in_post": "yes" if number * 7 % 5 < 2 else "no",
                "department": DEPARTMENTS[number * number % 11 % 7],
                "gender": "m" if number % 3 == 0 else "f",
            }
            people.append(Candidate(f"N{number:02}", attributes))
    return tuple(people)


@pytest.fixture(scope="module")
def part_2() -> Problem:
    limits = Limits(25, per_organisation_most=4)
    return Problem(nominees(most=4), limits, PART_2, reserve=8)


@pytest.fixture(scope="module")
def part_3() -> Problem:
    limits = Limits(24, per_organisation_most=3)
    return Problem(nominees(most=3), limits, PART_3, reserve=8)


def seated(problem: Problem, outcome: Outcome) -> list[dict[str, str]]:
    chosen = set(outcome.selected)
    return [dict(p.attributes) for p in problem.candidates if p.code in chosen]


def test_part_2_keeps_every_rule_of_its_call(part_2):
    outcome = select(part_2, "Lublin, 3 June")
    cohort = seated(part_2, outcome)

    assert len(part_2.candidates) == 45
    assert len(cohort) == 25
    cities = Counter(person["organisation"] for person in cohort)
    assert max(cities.values()) <= 4
    # Every city has a seat, as there are more seats than cities.
    assert set(cities) == set(CITIES)
    # So 9 seats go to the 9 experienced cities, and of the 16 others as many to
    # cities with little experience as these nominated.
    pool = [person.attributes for person in part_2.candidates]
    few = [person for person in pool if person["experience"] == "little"]
    most_few = min(len(few), 25 - (len(CITIES) - len(LITTLE)))
    chosen_few = [person for person in cohort if person["experience"] == "little"]
    assert len(chosen_few) == most_few
    # The other seats are of experienced cities, each of which has one at least.
    assert [a.value for a in outcome.priorities] == list(
        scores(part_2, frozenset(outcome.selected))[1:]
    )
    assert [a.value for a in outcome.priorities[:3]] == [
        15,
        most_few,
        most_new(pool, 25 - most_few),
    ]


def most_new(pool, seats: int) -> int:
    """Return how many of ``seats`` can go to new people, with each city served."""
    much = [person for person in pool if person["experience"] == "much"]
    cities = {person["organisation"] for person in much}
    new = Counter(p["organisation"] for p in much if p["new_in_post"] == "yes")
    without = sum(new[city] == 0 for city in cities)
    return min(sum(new.values()), seats - without)


def test_part_2_explains_everybody_and_fills_its_reserve(part_2):
    outcome = select(part_2, "Lublin, 3 June")

    assert len(outcome.reserve) == 8
    told = Counter((p.reason.code, p.odds) for p in outcome.people)
    assert told == {
        ("would_harm_without", Fraction(1)): 22,
        ("would_harm", Fraction(0)): 16,
        ("drawn", Fraction(2, 3)): 2,
        ("not_drawn", Fraction(2, 3)): 1,
        ("drawn", Fraction(1, 4)): 1,
        ("not_drawn", Fraction(1, 4)): 3,
    }


def test_part_3_keeps_every_rule_of_its_call(part_3):
    outcome = select(part_3, "Warszawa, 10 October")
    cohort = seated(part_3, outcome)

    assert len(cohort) == 24
    cities = Counter(person["organisation"] for person in cohort)
    assert (min(cities.values()) >= 1, max(cities.values()) <= 3) == (True, True)
    assert len(cities) == outcome.priorities[0].value == 15
    # 24 people in 2 groups: 12 and 12.
    departments = Counter(person["department"] for person in cohort)
    k = len({person.attributes["department"] for person in part_3.candidates})
    spread = sum(abs(k * count - 24) for count in departments.values())
    assert spread + (k - len(departments)) * 24 == outcome.priorities[1].value


def test_withdrawal_in_part_3_is_filled_within_the_rules(part_3):
    outcome = select(part_3, "Warszawa, 10 October")
    left = frozenset(outcome.selected[1:])

    found = replace(part_3, left, outcome.reserve)

    cohort = left | {found.code}
    people = {p.code: p.attributes["organisation"] for p in part_3.candidates}
    assert len(cohort) == 24
    assert max(Counter(people[code] for code in cohort).values()) <= 3


def test_record_of_part_2_is_verified(part_2):
    record = run(part_2, "Lublin, 3 June", "a die", tickets=100).to_json()

    assert verify(record) == verify(record, full=True) == []
