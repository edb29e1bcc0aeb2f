"""What a record claims, read from its JSON: its lottery, and who sits by what was cast."""

from dataclasses import dataclass
from fractions import Fraction

from mosty.engines.errors import BadProblem
from mosty.engines.reading import Node
from mosty.engines.selection.casting import order_seed
from mosty.engines.selection.lottery.certificate import LevelClaim


@dataclass(frozen=True, slots=True)
class Casting:
    """Who sits by the number that was drawn, and what gives the order of the others."""

    cohort: list[str]
    order_seed: str


def cast_of(lottery: Node) -> Casting | None:
    """
    Return what a number drawn in public decided, or None if none was.

    :raises BadProblem: if the number is none of those that were numbered.
    """
    if lottery.value is None:
        return None
    members = lottery.mapping()
    if "number" not in members or members["number"].value is None:
        return None
    number = members["number"].integer()
    indices = members["cohorts"].integers()
    distinct = [one.texts() for one in members["distinct"].items()]
    if not (0 <= number < len(indices) and 0 <= indices[number] < len(distinct)):
        raise BadProblem("no_such_number", number=number, most=len(indices) - 1)
    seed = order_seed(number, len(indices), members["sha256"].text())
    return Casting(distinct[indices[number]], seed)


def seated_by(
    types: list[list[str]],
    cohorts: list[tuple[dict[int, int], int]],
    ticket: int,
    drawn: list[str],
) -> list[str]:
    """Return who sits by ``ticket``: of each type the first drawn."""
    chosen: dict[int, int] = {}
    for counts, weight in cohorts:
        chosen = counts
        if ticket < weight:
            break
        ticket -= weight
    seated: list[str] = []
    for t, number in chosen.items():
        own = set(types[t])
        seated += [code for code in drawn if code in own][:number]
    return sorted(seated)


def cohort_of(node: Node) -> tuple[dict[int, int], int]:
    """
    Return a listed cohort: how many of which types, and its tickets.

    :raises BadProblem: if it is written otherwise, naming the place.
    """
    members = node.members("weight", "counts")
    counts = {}
    for pair in members["counts"].items():
        numbers = pair.integers()
        if len(numbers) != 2 or numbers[0] in counts:
            raise BadProblem(
                "wrong_kind", path=pair.path, expected="a type and its number"
            )
        counts[numbers[0]] = numbers[1]
    return counts, whole(members["weight"])


def level_of(node: Node) -> LevelClaim:
    """
    Return one level of the proof that the odds are fairest: odds, types, rows with times.

    :raises BadProblem: if it is written otherwise, naming the place.
    """
    members = node.members("odds", "types", "rows")
    rows = []
    for one in members["rows"].items():
        row = one.members("name", "times")
        name = tuple(
            item.text() if isinstance(item.value, str) else item.integer()
            for item in row["name"].items()
        )
        rows.append((name, whole(row["times"])))
    types = tuple(members["types"].integers())
    return LevelClaim(fraction_in(members["odds"]), types, tuple(rows))


def cut_of(node: Node) -> tuple[dict[int, int], int]:
    """
    Return one cut: how many times each type stands in it, and its right-hand side.

    :raises BadProblem: if it is written otherwise, naming the place.
    """
    members = node.members("terms", "most")
    terms = members["terms"].mapping()
    return (
        {whole(Node(t, times.path)): whole(times) for t, times in terms.items()},
        whole(members["most"]),
    )


def whole(node: Node) -> int:
    """
    Return a whole number that is written as a text, since it may be large.

    :raises BadProblem: if it is none, naming the place.
    """
    try:
        return int(node.text())
    except ValueError:
        raise BadProblem("wrong_kind", path=node.path, expected="digits") from None


def fraction_in(node: Node) -> Fraction:
    """
    Return a fraction that is written as a text.

    :raises BadProblem: if it is none, naming the place.
    """
    try:
        return Fraction(node.text())
    except (ValueError, ZeroDivisionError):
        raise BadProblem("wrong_kind", path=node.path, expected="a fraction") from None
