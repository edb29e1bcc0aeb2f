"""Designs: everybody meets everybody once where algebra knows how."""

from itertools import combinations

import pytest

from mosty.engines.grouping import Rules, Task, check, mix
from mosty.engines.grouping.design import design
from mosty.engines.grouping.units import units
from tests.engines.grouping.test_mix import academy


@pytest.mark.parametrize(
    ("people", "groups", "rounds"),
    (
        (4, 2, 3),
        (9, 3, 4),
        (16, 4, 5),
        (25, 5, 6),
        (64, 8, 9),
        (22, 11, 11),
        (19, 5, 5),
    ),
)
def test_nobody_meets_twice_in_a_design(people, groups, rounds):
    parts = units(academy(people, groups, rounds))

    found = design(parts, rounds)

    pairs = [
        pair
        for seats in found
        for group in seats
        for pair in combinations([u for u in sorted(group) if u < people], 2)
    ]
    assert len(found) == rounds
    assert len(set(pairs)) == len(pairs)
    assert all(
        {u for g in one for u in g} == set(range(len(parts.sizes))) for one in found
    )


@pytest.mark.parametrize(
    ("people", "groups", "rounds"),
    # No field; groups too large; too many rounds, with and without rows as a round.
    ((24, 6, 2), (12, 3, 2), (9, 3, 5), (20, 5, 6), (8, 3, 4), (1, 1, 2)),
)
def test_there_is_no_design_without_a_field(people, groups, rounds):
    assert design(units(academy(people, groups, rounds)), rounds) is None


def test_blocks_have_no_design():
    rules = Rules(3, 3, together=(("P00", "P01"),))

    assert design(units(Task(academy(9, 3, 3).people, rules, "s")), 3) is None


def test_16_people_meet_everybody_once():
    plan = mix(academy(16, 4, 5, "city"), 2000)

    # Everybody meets everybody, so all eight pairs of one city do, too.
    assert [(aim.value, aim.bound) for aim in plan.aims] == [(0, 0), (8, 0)]
    assert check(plan, plan.task.people, plan.task.rules) == []


def test_design_is_for_those_who_have_not_met():
    first = mix(academy(16, 4, 1))
    task = Task(first.task.people, Rules(4, 5), "s", first.rounds)

    plan = mix(task, 300)

    assert check(plan, task.people, task.rules) == []
    assert plan.aim("repeated").bound == 24
