"""What sums give away, against trying out every combination of answers by fractions."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.engines.feedback.gives_away import gives_away


def total(names):
    return dict.fromkeys(names, 1)


@pytest.mark.parametrize(
    ("rows", "least", "expected"),
    (
        ([], 5, False),
        ([total("abcde")], 5, False),
        ([total("abcd")], 5, True),
        # One sum less the other is the answer of f alone.
        ([total("abcdef"), total("abcde")], 5, True),
        ([total("abcdefghij"), total("abcde")], 5, False),
        # No two differ by few, but all three together do.
        ([total("abcdef"), total("abc"), total("def")], 3, False),
        ([total("abcdefg"), total("abc"), total("def")], 3, True),
        # A change of pairs, with both totals: e answered only afterwards.
        ([total("ABCD"), total("abcde"), {**total("abcd"), **dict.fromkeys("ABCD", -1)}], 3, True),
        ([total("ABCD"), total("abcd"), {**total("abcd"), **dict.fromkeys("ABCD", -1)}], 3, False),
    ),
)  # fmt: skip
def test_textbook_cases(rows, least, expected):
    assert gives_away(rows, least) == expected


def rank(rows):
    rows = [[Fraction(x) for x in row] for row in rows]
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        at = next((i for i in range(found, len(rows)) if rows[i][column]), None)
        if at is None:
            continue
        rows[found], rows[at] = rows[at], rows[found]
        for i in range(len(rows)):
            if i != found and rows[i][column]:
                factor = rows[i][column] / rows[found][column]
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[found])]  # noqa: B905
        found += 1
    return found


def by_hand(rows, least):
    """Strike every set of fewer than ``least`` answers out, and look at the rank."""
    people = sorted({name for row in rows for name in row})
    matrix = [[row.get(name, 0) for name in people] for row in rows]
    whole = rank(matrix)
    return any(
        rank([[x for i, x in enumerate(row) if i not in struck] for row in matrix])
        < whole
        for size in range(1, min(least, len(people) + 1))
        for struck in combinations(range(len(people)), size)
    )


ROW = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from((-1, 1)), max_size=8)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(ROW, max_size=4), least=st.integers(2, 4))
def test_it_is_what_trying_everything_finds(rows, least):
    assert gives_away(rows, least) == by_hand(rows, least)
