"""
Linear algebra without rounding.

Floating point finds the way, integers decide: nothing is returned that has not
been put into the equations exactly.
"""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

# Bits that each step of refinement adds.
STEP = 24
TINY = 1e-9


def null_vector(equations: Ints) -> list[int] | None:
    """
    Return the one vector, up to scale, that ``equations`` (rows x unknowns) send to 0.

    Whole numbers without a common factor. Returns None if there is none but zero, or
    more than one. O(rows x unknowns**2) exact operations.
    """
    unknowns = equations.shape[1]
    pivots: dict[int, list[int]] = {}
    for row in equations.tolist():
        for column, pivot in pivots.items():
            if row[column]:
                row = _without(row, pivot, column)
        column = next((i for i, factor in enumerate(row) if factor), -1)
        if column < 0:
            continue
        for other, pivot in pivots.items():
            if pivot[column]:
                pivots[other] = _without(pivot, row, column)
        pivots[column] = row
        if len(pivots) == unknowns:
            return None
    free = [column for column in range(unknowns) if column not in pivots]
    if len(free) != 1:
        return None
    vector = [Fraction(0)] * unknowns
    vector[free[0]] = Fraction(1)
    for column, row in pivots.items():
        vector[column] = Fraction(-row[free[0]], row[column])
    return whole(vector)


def _without(row: list[int], pivot: list[int], column: int) -> list[int]:
    """Return ``row`` with ``pivot`` subtracted so that ``column`` becomes 0, shortened."""
    lead, factor = pivot[column], row[column]
    found = [lead * a - factor * b for a, b in zip(row, pivot, strict=True)]
    common = math.gcd(*found)
    return [a // common for a in found] if common > 1 else found


def whole(numbers: Iterable[Fraction]) -> list[int]:
    """Return ``numbers`` times what makes them whole, without a common factor."""
    numbers = list(numbers)
    scale = math.lcm(*(number.denominator for number in numbers))
    found = [int(number * scale) for number in numbers]
    common = math.gcd(*found) or 1
    return [number // common for number in found]


def solve(
    matrix: Ints, right: Sequence[int], unit: int
) -> tuple[list[int], int] | None:
    """
    Return the x with ``matrix`` x = ``right`` / ``unit``, as numerators and denominator.

    ``matrix`` has m rows and k <= m columns of full rank; entries are small. Returns
    None if the columns are dependent, or if the m equations contradict each other.

    Refines a floating-point inverse against exact residues until the rational
    numbers can be read off (Wan 2006); the answer is checked in all m equations.
    """
    rows = _independent_rows(matrix)
    if rows is None:
        return None
    square = matrix[rows]
    inverse = np.linalg.inv(square.astype(np.float64))
    residue = [right[row] for row in rows]
    found = [0] * len(rows)
    power = 0
    for step in range(1, _steps(square, right, unit)):
        guess = inverse @ np.array([r / unit for r in residue], dtype=np.float64)
        digits = np.rint(guess * 2.0**STEP).astype(np.int64)
        spent = square @ digits
        residue = [
            (r << STEP) - unit * s for r, s in zip(residue, spent.tolist(), strict=True)
        ]
        found = [(f << STEP) + d for f, d in zip(found, digits.tolist(), strict=True)]
        power += STEP
        if not any(residue):
            # Nothing is left: these binary fractions are the answer themselves.
            common = math.gcd(*found, 1 << power)
            answer = [one // common for one in found], (1 << power) // common
            return answer if _solves(matrix, right, unit, answer) else None
        if step & (step - 1) == 0 or step % 32 == 0:
            near = _rational(found, power)
            if near is not None and _solves(matrix, right, unit, near):
                return near
    return None


def _steps(square: Ints, right: Sequence[int], unit: int) -> int:
    """Return after how many steps the fractions must have shown (Hadamard's bound)."""
    norms = np.sqrt((square.astype(np.float64) ** 2).sum(axis=0))
    bits = float(np.log2(np.maximum(norms, 2.0)).sum())
    most = max((abs(one) for one in right), default=1)
    return int(2 * (bits + most.bit_length() + unit.bit_length()) / STEP) + 16


def _independent_rows(matrix: Ints) -> NDArray[np.intp] | None:
    """Return as many independent rows as there are columns, or None."""
    left = matrix.astype(np.float64)
    columns = left.shape[1]
    order = np.arange(len(left))
    for column in range(columns):
        best = column + int(np.abs(left[column:, column]).argmax())
        if abs(left[best, column]) < TINY:
            return None
        if best != column:
            left[[column, best]] = left[[best, column]]
            order[[column, best]] = order[[best, column]]
        below = left[column + 1 :, column]
        hit = column + 1 + np.nonzero(below)[0]
        if len(hit):
            factor = left[hit, column] / left[column, column]
            left[hit, column + 1 :] -= np.outer(factor, left[column, column + 1 :])
    return order[:columns]


def _rational(found: Sequence[int], power: int) -> tuple[list[int], int] | None:
    """Return numerators and a common denominator that ``found`` / 2**power are near."""
    whole_of = 1 << power
    most = math.isqrt(whole_of) >> 8
    denominator = 1
    for number in found:
        off = number * denominator % whole_of
        if min(off, whole_of - off) <= most >> 8:
            continue
        near = Fraction(off, whole_of).limit_denominator(max(1, most // denominator))
        denominator *= near.denominator
        if denominator > most:
            return None
    half = whole_of >> 1
    return [(n * denominator + half) >> power for n in found], denominator


def _solves(
    matrix: Ints, right: Sequence[int], unit: int, answer: tuple[list[int], int]
) -> bool:
    numerators, denominator = answer
    for row, wanted in zip(matrix.tolist(), right, strict=True):
        total = sum(a * n for a, n in zip(row, numerators, strict=True) if a)
        if total * unit != wanted * denominator:
            return False
    return True
