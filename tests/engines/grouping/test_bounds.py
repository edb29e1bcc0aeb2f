"""Bounds: never above the best, and equal to it where counting decides."""

from itertools import chain, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mosty.engines.grouping import NoPlan
from mosty.engines.grouping.bounds import least_alike
from mosty.engines.grouping.packing import packed


def by_trying(blocks: list[int], groups: int) -> int:
    """Return the least number of pairs alike, by trying every way."""
    return min(
        sum(n * (n - 1) // 2 for n in loads)
        for places in product(range(groups), repeat=len(blocks))
        for loads in [
            [
                sum(b for b, p in zip(blocks, places, strict=True) if p == g)
                for g in range(groups)
            ]
        ]
    )


@given(st.lists(st.integers(1, 4), max_size=6), st.integers(1, 3))
def test_least_alike_is_never_above_the_least(blocks, groups):
    assert least_alike(blocks, groups) <= by_trying(blocks, groups)


@given(st.lists(st.integers(2, 4), max_size=2), st.integers(0, 4), st.integers(2, 3))
def test_least_alike_is_the_least_while_each_block_has_a_group(blocks, singles, groups):
    both = blocks + [1] * singles

    assert least_alike(both, groups) == by_trying(both, groups)


@pytest.mark.parametrize(
    ("blocks", "groups", "least"),
    (
        ([], 3, 0),
        ([1] * 7, 3, 3 + 1 + 1),
        # A block of three, and nine single people in the other five groups.
        ([3] + [1] * 9, 6, 3 + 4),
        ([2, 2], 2, 2),
        ([2] * 9, 12, 9),
    ),
)
def test_least_alike_of_known_ones(blocks, groups, least):
    assert least_alike(blocks, groups) == least


@given(
    st.lists(st.integers(2, 4), max_size=5).map(lambda one: sorted(one, reverse=True)),
    st.lists(st.integers(1, 6), min_size=1, max_size=3),
)
def test_packing_is_found_where_there_is_one(sizes, rooms):
    fits = any(
        all(
            sum(s for s, p in zip(sizes, places, strict=True) if p == g) <= room
            for g, room in enumerate(rooms)
        )
        for places in product(range(len(rooms)), repeat=len(sizes))
    )

    found = packed(sizes, rooms)

    assert (found is not None) == fits
    if found is not None:
        assert sorted(chain.from_iterable(found)) == list(range(len(sizes)))
        for own, room in zip(found, rooms, strict=True):
            assert sum(sizes[n] for n in own) <= room


def test_packing_that_takes_too_long_is_given_up():
    with pytest.raises(NoPlan) as refusal:
        packed(range(60, 20, -1), [202] * 8)

    assert not refusal.value.proven
