"""A fictional year of an information point: consultations, drawn by number."""

import random
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from mosty.engines.disclosure import Hierarchy, Table

CONTINENTS = ("Africa", "America", "Asia", "Europe east", "Europe west", "Other")
NATIONALITIES, TOPICS, MONTHS, LANGUAGES = 80, 24, 12, 8
# Each table's dimensions: what is the number of consultations by. The last two have
# continents instead of nationalities, and quarters instead of months.
TABLES = (
    ("nationality", "topic"),
    ("nationality", "month"),
    ("nationality", "language"),
    ("topic", "month"),
    ("topic", "language"),
    ("month", "language"),
    ("nationality",),
    ("topic",),
    ("month",),
    ("language",),
    ("continent", "topic", "language"),
    ("topic", "quarter", "language"),
)
COARSE = {"continent": "nationality", "quarter": "month"}
# Three that fit together whatever they say, so that nobody can know more.
TREE = (
    ("nationality", "topic"),
    ("nationality", "month"),
    ("nationality", "language"),
)
# Three that say together more than each two of them.
RING = (("topic", "month"), ("topic", "language"), ("month", "language"))
DIMENSIONS = ("nationality", "topic", "month", "language")


def codes(name: str) -> tuple[str, ...]:
    """Return a dimension's codes."""
    sizes = dict(
        zip(DIMENSIONS, (NATIONALITIES, TOPICS, MONTHS, LANGUAGES), strict=True)
    )
    return tuple(f"{name[0]}{i:02}" for i in range(sizes[name]))


def hierarchies() -> tuple[Hierarchy, ...]:
    """Return continent over nationality, quarter over month."""
    continents = {
        code: CONTINENTS[i % len(CONTINENTS)]
        for i, code in enumerate(codes("nationality"))
    }
    quarters = {code: f"Q{i // 3 + 1}" for i, code in enumerate(codes("month"))}
    return Hierarchy("nationality", continents), Hierarchy("month", quarters)


def consultations(number: int, seed: int = 1) -> list[tuple[str, ...]]:
    """
    Return so many consultations: few nationalities have most of them.

    Topics and languages are as unequal, months nearly even; who comes from where
    speaks one of two languages mostly.
    """
    draw = random.Random(seed)
    names = [codes(name) for name in DIMENSIONS]
    weights = [
        list(accumulate(1 / (i + 1) ** power for i in range(len(own))))
        for own, power in zip(names, (1.6, 0.9, 0.1, 1.2), strict=True)
    ]
    found = []
    for _ in range(number):
        who = [
            draw.choices(own, cum_weights=weight)[0]
            for own, weight in zip(names, weights, strict=True)
        ]
        if draw.random() < 0.6:
            who[3] = names[3][int(who[0][1:]) % LANGUAGES // 2]
        found.append(tuple(who))
    return found


def tables(
    people: Sequence[tuple[str, ...]],
    shapes: Sequence[tuple[str, ...]] = TABLES,
    threshold: int = 5,
) -> list[Table]:
    """Return the tables of these consultations; one topic has a higher threshold."""
    above = [one.parents for one in hierarchies()]
    coarse = dict(zip(COARSE, above, strict=True))
    found = []
    for names in shapes:
        dimensions = tuple(COARSE.get(name, name) for name in names)
        places = [DIMENSIONS.index(name) for name in dimensions]
        counts = Counter(
            tuple(
                coarse[name][one[place]] if name in coarse else one[place]
                for name, place in zip(names, places, strict=True)
            )
            for one in people
        )
        sensitive = {("topic", "t05"): 10} if "topic" in dimensions else {}
        name = " x ".join(names)
        found.append(Table(name, dimensions, counts, threshold, sensitive))
    return found
