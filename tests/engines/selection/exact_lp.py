"""A small simplex in fractions, so that nothing checked with it rests on rounding."""

from collections.abc import Sequence
from fractions import Fraction


def greatest(
    gains: Sequence[int | Fraction],
    rows: Sequence[Sequence[int | Fraction]],
    right: Sequence[int | Fraction],
) -> Fraction | None:
    """
    Return the greatest gain of x >= 0 with ``rows`` x = ``right`` >= 0, None if none.

    Two phases, Bland's rule. The set of such x must be bounded.
    """
    count = len(gains)
    table = [
        [Fraction(v) for v in row]
        + [Fraction(int(i == j)) for j in range(len(rows))]
        + [Fraction(b)]
        for i, (row, b) in enumerate(zip(rows, right, strict=True))
    ]
    basis = [count + i for i in range(len(rows))]
    first = [Fraction(0)] * count + [Fraction(-1)] * len(rows)
    if _climb(table, basis, first, count + len(rows)) != 0:
        return None
    for i, column in enumerate(basis):
        if column >= count:
            other = next((j for j in range(count) if table[i][j]), None)
            if other is not None:
                _pivot(table, basis, i, other)
    second = [Fraction(v) for v in gains] + [Fraction(0)] * len(rows)
    return _climb(table, basis, second, count)


def _climb(
    table: list[list[Fraction]], basis: list[int], gains: list[Fraction], allowed: int
) -> Fraction:
    while True:
        entering = None
        for j in range(allowed):
            gain = gains[j] - sum(
                gains[basis[i]] * row[j] for i, row in enumerate(table)
            )
            if gain > 0:
                entering = j
                break
        if entering is None:
            return sum(
                (gains[basis[i]] * row[-1] for i, row in enumerate(table)), Fraction(0)
            )
        ratios = [
            (row[-1] / row[entering], basis[i], i)
            for i, row in enumerate(table)
            if row[entering] > 0
        ]
        _pivot(table, basis, min(ratios)[2], entering)


def _pivot(
    table: list[list[Fraction]], basis: list[int], i: int, entering: int
) -> None:
    lead = table[i][entering]
    table[i] = [v / lead for v in table[i]]
    for other, row in enumerate(table):
        if other != i and (factor := row[entering]):
            table[other] = [a - factor * b for a, b in zip(row, table[i], strict=True)]
    basis[i] = entering
