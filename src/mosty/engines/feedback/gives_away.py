"""
Whether sums that are shown give away the answers of a few by subtraction.

Each sum is a row of whole coefficients over answers. A few answers are given away if
some combination of the rows is made of them alone: if the rows lose rank when the
columns of those answers are struck out. Columns that are alike are taken together.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence

# Ranks are taken modulo a prime: the coefficients are -1, 0 and 1, and few.
_PRIME = 2**61 - 1
# Beyond so many small groups nobody can look at all of them: then nothing is shown.
MOST_LOOKS = 20_000

Row = Mapping[Hashable, int]


def gives_away(rows: Sequence[Row], least: int) -> bool:
    """
    Return if some combination of ``rows`` rests on fewer than ``least`` answers.

    Args:
        rows: m shown sums, each answer -> its whole coefficient: -1, 0 or 1.
        least: a number of answers.

    True also where too many small groups would have to be looked at (``MOST_LOOKS``):
    then nothing is shown. Ranks are those modulo the prime 2**61 - 1.
    Exponential in ``least`` at worst; each look is an elimination, O(m**2 * groups).
    """
    answers = {answer for row in rows for answer in row}
    groups = Counter(tuple(row.get(answer, 0) for row in rows) for answer in answers)
    columns = [column for column in groups if any(column)]
    whole = _rank(columns)
    small = [column for column in columns if groups[column] < least]
    for looks, struck in enumerate(_subsets(small, groups, least)):
        if looks >= MOST_LOOKS:
            return True
        left = [column for column in columns if column not in struck]
        if _rank(left) < whole:
            return True
    return False


def _subsets(
    small: Sequence[tuple[int, ...]],
    groups: Mapping[tuple[int, ...], int],
    least: int,
) -> Iterator[frozenset[tuple[int, ...]]]:
    """Yield every set of groups that together are fewer than ``least`` answers."""
    waiting: list[tuple[int, frozenset[tuple[int, ...]], int]] = [(0, frozenset(), 0)]
    while waiting:
        start, chosen, weight = waiting.pop()
        for at in range(start, len(small)):
            heavier = weight + groups[small[at]]
            if heavier < least:
                more = chosen | {small[at]}
                yield more
                waiting.append((at + 1, more, heavier))


def _rank(vectors: Sequence[tuple[int, ...]]) -> int:
    """Return the rank of ``vectors``, by elimination."""
    basis: list[tuple[int, list[int]]] = []
    for vector in vectors:
        rest = [number % _PRIME for number in vector]
        for pivot, other in basis:
            if factor := rest[pivot]:
                rest = [
                    (a - factor * b) % _PRIME for a, b in zip(rest, other, strict=True)
                ]
        at = next((i for i, number in enumerate(rest) if number), None)
        if at is not None:
            inverse = pow(rest[at], _PRIME - 2, _PRIME)
            basis.append((at, [number * inverse % _PRIME for number in rest]))
    return len(basis)
