"""Changes by hand and on the day: what they cost, and how little they move."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mosty.engines.errors import BadProblem
from mosty.engines.grouping import (
    Fault,
    NoPlan,
    Person,
    Rules,
    check,
    mix,
    move,
    plan_of,
    remix,
    swap,
)
from mosty.engines.grouping.units import units
from tests.engines.grouping import oracle
from tests.engines.grouping.test_mix import CALM, academy, mixed

NEW = Person("new", {"city": "c1", "unit": "u1"})


def test_swap_tells_each_aim_before_and_after():
    plan = mix(academy(24, 6, 4, "city"))
    # P00 and P01 are of one city, so they sit apart; a mate of P00 makes way for P01.
    home = next(group for group in plan.rounds[2] if "P00" in group)
    mate = next(code for code in home if code != "P00")

    found = swap(plan, 2, mate, "P01")

    assert [(a.code, a.value) for a in found.before] == [("repeated", 0), ("spread", 0)]
    assert found.after[1].value >= 1
    assert found.after == found.plan.aims
    assert (found.broken, found.mended) == ((), ())
    assert swap(found.plan, 2, mate, "P01").plan.rounds == plan.rounds
    assert check(found.plan, plan.task.people, plan.task.rules) == []


@CALM
@given(oracle.tasks(most=9), st.data())
def test_swap_says_what_the_oracle_says(task, data):
    plan = mixed(task, 50)
    assume(plan is not None and task.rules.groups > 1)
    number = data.draw(st.sampled_from(range(len(plan.rounds))))
    groups = plan.rounds[number]
    g, h = data.draw(st.permutations(range(len(groups))))[:2]
    a, b = (data.draw(st.sampled_from(groups[one])) for one in (g, h))

    found = swap(plan, number, a, b)

    assert tuple(aim.value for aim in found.after) == (
        oracle.values(task, found.plan.rounds)
    )
    assert (found.broken == ()) == oracle.keeps(task, found.plan.rounds[number])


def test_swap_names_the_rules_that_it_breaks_and_mends():
    task = replace(
        academy(8, 2, 1),
        rules=Rules(2, 1, together=(("P00", "P01"),), apart=(("P02", "P03"),)),
    )
    plan = mix(task)
    at = {code: g for g, group in enumerate(plan.rounds[0]) for code in group}
    other = next(c for c in at if at[c] != at["P00"] and c not in {"P02", "P03"})

    found = swap(plan, 0, "P00", other)
    back = swap(found.plan, 0, "P00", other)

    broken = (Fault("not_together", 0, about=("P00", "P01")),)
    assert (found.broken, found.mended) == (broken, ())
    assert (back.broken, back.mended) == ((), broken)


@pytest.mark.parametrize(
    ("number", "a", "b", "code"),
    (
        (4, "P00", "P01", "no_such_round"),
        (-1, "P00", "P01", "no_such_round"),
        (0, "P00", "P99", "not_in_round"),
        (0, "P00", "P00", "same_group"),
    ),
)
def test_swap_that_cannot_be_is_refused(number, a, b, code):
    with pytest.raises(BadProblem) as refusal:
        swap(mix(academy(24, 6, 4)), number, a, b)

    assert refusal.value.code == code
    assert str(refusal.value)


def test_who_comes_late_moves_nobody():
    plan = mix(academy(23, 6, 4, "city"))

    later = remix(plan, 1, joined=[NEW])

    assert later.rounds[0] == plan.rounds[0]
    # There is one place in each round, so that nothing else can be had for it.
    assert [(aim.code, aim.value) for aim in later.aims] == [
        ("moved", 0),
        ("repeated", 2),
        ("spread", 0),
    ]
    assert later.aim("moved").optimal
    for before, after in zip(plan.rounds[1:], later.rounds[1:], strict=True):
        assert [tuple(c for c in group if c != "new") for group in after] == list(
            before
        )
    assert later.held == 1
    assert check(later, later.task.people, later.task.rules) == []


def test_who_does_not_come_makes_few_move():
    """Two of one group are missing: its size asks for one person of another."""
    plan = mix(academy(24, 6, 3, "city"))
    left = plan.rounds[1][0][:2]

    later = remix(plan, 1, left=left)

    assert later.aim("moved").optimal
    assert later.aim("moved").value == 1
    assert later.rounds[0] == plan.rounds[0]
    assert check(later, later.task.people, later.task.rules) == []


@CALM
@given(oracle.tasks(most=6, rounds=2), st.data())
def test_remix_moves_the_fewest(task, data):
    plan = mixed(task, 100)
    assume(plan is not None)
    codes = task.codes()
    left = data.draw(st.lists(st.sampled_from(codes), max_size=2, unique=True))
    joined = [replace(task.people[0], code="new")] * data.draw(st.integers(0, 1))
    first = data.draw(st.integers(0, task.rules.rounds - 1))
    assume(len(codes) - len(left) + len(joined) >= task.rules.groups)
    try:
        later = remix(plan, first, left, joined, 2000)
    except (BadProblem, NoPlan):
        return

    assert later.rounds[:first] == plan.rounds[:first]
    assert check(later, later.task.people, later.task.rules) == []
    fewest = sum(_fewest(later.task, groups) for groups in plan.rounds[first:])
    assert later.aim("moved").value == fewest
    assert later.aim("moved").bound <= fewest


def _fewest(task, groups) -> int:
    """Return the fewest who must leave their group in any lawful round, by trying."""
    home = {code: g for g, group in enumerate(groups) for code in group}
    codes, sizes = task.codes(), sorted(task.sizes())
    choices = [
        tuple(
            tuple(c for c, place in zip(codes, places, strict=True) if place == g)
            for g in range(len(groups))
        )
        for places in product(range(len(groups)), repeat=len(codes))
    ]
    return min(
        sum(home.get(c, g) != g for g, group in enumerate(choice) for c in group)
        for choice in choices
        if sorted(map(len, choice)) == sizes and oracle.keeps(task, choice)
    )


@pytest.mark.parametrize(
    ("change", "code"),
    (
        ({"from_round": 4}, "no_such_round"),
        ({"from_round": 0, "left": ["P99"]}, "unknown_person"),
        ({"from_round": 0, "joined": [Person("P00")]}, "person_twice"),
        (
            {"from_round": 0, "left": [f"P{i:02}" for i in range(20)]},
            "groups_over_people",
        ),
        ({"from_round": 0, "steps": -1}, "too_many_steps"),
    ),
)
def test_remix_that_cannot_be_is_refused(change, code):
    plan = mix(academy(24, 6, 4))
    with pytest.raises(BadProblem) as refusal:
        remix(plan, **change)

    assert refusal.value.code == code


def test_what_was_held_is_not_changed_again():
    later = remix(mix(academy(24, 6, 4)), 2, left=["P05"])

    with pytest.raises(BadProblem) as refusal:
        remix(later, 1)
    assert refusal.value.code == "no_such_round"
    with pytest.raises(BadProblem) as refusal:
        swap(later, 0, "P00", "P01")
    assert refusal.value.code == "no_such_round"


def test_rules_on_who_left_are_dropped():
    task = replace(academy(8, 2, 2), rules=Rules(2, 2, together=(("P00", "P01"),)))

    later = remix(mix(task), 1, left=["P01"])

    assert later.task.rules.together == ()
    assert len(units(later.task).codes) == 7


def test_plan_is_made_of_groups_that_are_known():
    plan = mix(academy(24, 6, 4, "city"))

    again = plan_of(plan.task, plan.rounds)

    assert again == replace(plan, steps=0)
    assert plan_of(plan.task, plan.rounds, 2).held == 2


def test_move_tells_what_the_oracle_says_and_leaves_nobody_alone():
    plan = mix(academy(9, 4, 2, "city"))
    code = plan.rounds[0][0][0]

    found = move(plan, 0, code, 3)

    groups = found.plan.rounds[0]
    assert groups[0] == tuple(one for one in plan.rounds[0][0] if one != code)
    assert groups[3] == tuple(sorted((*plan.rounds[0][3], code)))
    assert (groups[1:3], found.plan.rounds[1]) == (plan.rounds[0][1:3], plan.rounds[1])
    assert tuple(aim.value for aim in found.after) == (
        oracle.values(plan.task, found.plan.rounds)
    )
    assert found.before == plan_of(plan.task, plan.rounds).aims
    back = move(found.plan, 0, code, 0)
    assert back.plan.rounds == plan.rounds


@pytest.mark.parametrize(
    ("number", "code", "to", "fault"),
    (
        (0, "P00", 0, "no_such_move"),
        (0, "P00", 3, "no_such_move"),
        (0, "P00", -1, "no_such_move"),
        (0, "P00", 1, "group_of_nobody"),
        (0, "nobody", 1, "not_in_round"),
        (1, "P00", 1, "no_such_round"),
    ),
)
def test_moves_that_cannot_be(number, code, to, fault):
    task = academy(3, 3, 1, "city")
    plan = plan_of(task, ((("P00",), ("P01",), ("P02",)),))
    with pytest.raises(BadProblem) as refused:
        move(plan, number, code, to)
    assert refused.value.code == fault
