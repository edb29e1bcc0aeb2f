"""Linear algebra without rounding, against fractions."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.engines.selection.lottery.exact import null_vector, solve, whole

Matrix = list[list[int]]


def rank(rows: Matrix) -> int:
    """Return how many rows are independent."""
    left = [[Fraction(v) for v in row] for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        found += 1
        left = [
            [
                a - b * row[column] / pivot[column]
                for a, b in zip(row, pivot, strict=True)
            ]
            for row in left
            if row is not pivot
        ]
    return found


@st.composite
def matrices(draw: st.DrawFn, rows: int = 6, columns: int = 5) -> Matrix:
    """Return small whole numbers, often with dependent rows."""
    width = draw(st.integers(1, columns))
    line = st.lists(st.integers(-3, 3), min_size=width, max_size=width)
    return draw(st.lists(line, min_size=0, max_size=rows))


@settings(max_examples=200, deadline=None)
@given(matrices())
def test_null_vector_is_the_only_one(rows):
    width = len(rows[0]) if rows else 1
    equations = np.array(rows, dtype=np.int64).reshape(-1, width)

    vector = null_vector(equations)

    if rank(rows) != width - 1:
        assert vector is None
        return
    assert vector is not None
    assert any(vector)
    assert math.gcd(*vector) == 1
    assert all(
        sum(a * v for a, v in zip(row, vector, strict=True)) == 0 for row in rows
    )


def test_null_vector_of_numbers_beyond_floating_point():
    big = 10**17
    equations = np.array([[big + 1, -big, 0], [0, big - 1, -big]], dtype=np.int64)

    assert null_vector(equations) == [big * big, big * (big + 1), (big - 1) * (big + 1)]


@settings(max_examples=200, deadline=None)
@given(matrices(rows=7, columns=5), st.data())
def test_solution_is_exact(rows, data):
    if not rows:
        return
    width = len(rows[0])
    fractions = st.fractions(-9, 9, max_denominator=10**6)
    wanted = data.draw(st.lists(fractions, min_size=width, max_size=width))
    right = [sum(a * x for a, x in zip(row, wanted, strict=True)) for row in rows]
    unit = math.lcm(*(Fraction(one).denominator for one in right))
    whole_right = [int(one * unit) for one in right]
    matrix = np.array(rows, dtype=np.int64)

    if rank(rows) < width:
        assert len(rows) < width or solve(matrix, whole_right, unit) is None
        return
    found = solve(matrix, whole_right, unit)

    assert found is not None
    numerators, denominator = found
    assert [Fraction(one, denominator) for one in numerators] == wanted


@settings(max_examples=120, deadline=None)
@given(matrices(rows=6, columns=3), st.data())
def test_equations_that_contradict_each_other_have_no_solution(rows, data):
    if not rows or rank(rows) < len(rows[0]):
        return
    right = data.draw(
        st.lists(st.integers(-5, 5), min_size=len(rows), max_size=len(rows))
    )
    consistent = rank([[*row, b] for row, b in zip(rows, right, strict=True)])

    found = solve(np.array(rows, dtype=np.int64), right, 1)

    assert (found is not None) == (consistent == len(rows[0]))


def test_solution_of_large_fractions():
    """A chain: each unknown is a third of the one before; 3**40 in the end."""
    size = 40
    matrix = np.zeros((size, size), dtype=np.int64)
    for i in range(size):
        matrix[i, i] = 3
        if i:
            matrix[i, i - 1] = -1

    found = solve(matrix, [1] + [0] * (size - 1), 7)

    assert found is not None
    numerators, denominator = found
    assert [Fraction(one, denominator) for one in numerators] == [
        Fraction(1, 7 * 3 ** (i + 1)) for i in range(size)
    ]


@pytest.mark.parametrize("denominator", (1, 2, 32, 1024, 2**24, 2**24 - 1, 3 * 2**20))
def test_solution_that_ends_early_is_one(denominator):
    """Binary fractions leave no residue before their denominators can be guessed."""
    found = solve(
        np.array([[1, 1], [0, 1]], dtype=np.int64), [denominator, 1], denominator
    )

    assert found is not None
    numerators, common = found
    assert [Fraction(one, common) for one in numerators] == [
        1 - Fraction(1, denominator),
        Fraction(1, denominator),
    ]


def test_whole_numbers_have_no_common_factor():
    assert whole([Fraction(1, 2), Fraction(-3, 4), Fraction(0)]) == [2, -3, 0]
    assert whole([Fraction(4), Fraction(6)]) == [2, 3]
    assert whole([Fraction(0)]) == [0]
    assert whole([]) == []
