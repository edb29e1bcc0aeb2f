"""The numbered list of cohorts for a draw in public."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.engines.selection import (
    BadProblem,
    Candidate,
    Limits,
    NoCohort,
    Outcome,
    Problem,
    Quota,
    select,
)
from mosty.engines.selection.lottery.lottery import Lottery
from mosty.engines.selection.public import (
    Numbered,
    number_cohorts,
    numbered_to_json,
)
from tests.engines.selection import oracle


def made(problem: Problem, seed: str = "seed") -> Outcome:
    outcome = select(problem, seed, explain=False)
    assert isinstance(outcome, Outcome)
    return outcome


@settings(max_examples=80, deadline=None)
@given(oracle.problems(lotteries=("leximin", "maximin")), st.integers(1, 40))
def test_the_list_is_lawful_and_says_how_far_it_is_off(problem, tickets):
    outcome = select(problem, "seed", explain=False)
    if isinstance(outcome, NoCohort):
        return

    numbered = number_cohorts(outcome, tickets, "seed")

    best = set(oracle.optimal(problem))
    assert len(numbered.cohorts) == tickets
    assert {frozenset(cohort) for cohort in numbered.cohorts} <= best
    assert all(list(cohort) == sorted(set(cohort)) for cohort in numbered.cohorts)
    often = Counter(code for cohort in numbered.cohorts for code in cohort)
    assert sum(often.values()) == tickets * len(outcome.selected)
    off = {
        p.code: abs(Fraction(often[p.code], tickets) - p.odds)
        for p in outcome.people
        if p.odds is not None
    }
    assert numbered.deviation == max(off.values(), default=0)
    assert numbered.whose == min(
        (code for code in off if off[code] == numbered.deviation), default=""
    )
    for codes in outcome.types:
        times = [often[code] for code in codes]
        assert max(times) - min(times) <= 1
    if all((p.odds or 0) * tickets % 1 == 0 for p in outcome.people) and not (
        tickets % outcome.lottery.total
    ):
        assert numbered.deviation == 0


@settings(max_examples=40, deadline=None)
@given(oracle.problems(most_people=6), st.integers(1, 5))
def test_no_other_numbers_of_the_listed_cohorts_come_nearer(problem, tickets):
    """By types: what one person's turn adds within a type is not counted."""
    outcome = select(problem, "seed", explain=False)
    if isinstance(outcome, NoCohort) or len(outcome.lottery.cohorts) > 5:
        return
    lottery, sizes = outcome.lottery, [len(codes) for codes in outcome.types]
    assert lottery.odds is not None

    def off(patterns: list[tuple[int, ...]]) -> Fraction:
        return max(
            (
                abs(Fraction(sum(one[t] for one in patterns), tickets * size) - odds)
                for t, (size, odds) in enumerate(zip(sizes, lottery.odds, strict=True))
            ),
            default=Fraction(0),
        )

    numbered = number_cohorts(outcome, tickets, "seed")

    patterns = [
        tuple(sum(code in cohort for code in codes) for codes in outcome.types)
        for cohort in numbered.cohorts
    ]
    everything = combinations_with_replacement(lottery.cohorts, tickets)
    assert off(patterns) == min(off(list(some)) for some in everything)


PROBLEM = Problem(
    candidates=tuple(
        Candidate(f"P{number}", {"gender": "fm"[number > 1]}) for number in range(5)
    ),
    limits=Limits(2, quotas=(Quota("gender", "f", 0, 1),)),
)


def test_the_list_depends_on_the_seed_and_nothing_else():
    outcome = made(PROBLEM)

    assert number_cohorts(outcome, 10, "a") == number_cohorts(made(PROBLEM), 10, "a")
    assert number_cohorts(outcome, 10, "a") != number_cohorts(outcome, 10, "b")


def test_a_thousand_numbers_say_who_sits():
    outcome = made(PROBLEM)
    numbered = number_cohorts(outcome, 1000, "seed")

    assert {len(cohort) for cohort in numbered.cohorts} == {2}
    # Of 2000 seats, everybody has 2/5 of the 1000 numbers.
    often = Counter(code for cohort in numbered.cohorts for code in cohort)
    assert often == {f"P{number}": 400 for number in range(5)}
    assert (numbered.deviation, numbered.whose) == (0, "P0")


@pytest.mark.parametrize(
    ("cohorts", "weights"),
    (
        # 1/12 off, and not 1/6
        (((1, 0), (1, 1), (2, 0)), (1, 1, 1)),
        # 3/28 off, and not 1/4
        (((1, 1), (2, 1), (0, 2)), (3, 2, 2)),
    ),
)
def test_numbers_are_chosen_together_and_not_cohort_by_cohort(cohorts, weights):
    """By largest remainders, the first two would be listed."""
    lottery = Lottery("leximin", cohorts, weights, sum(weights))
    outcome = replace(
        made(PROBLEM), lottery=lottery, types=(("A", "B"), ("C", "D")), people=()
    )

    numbered = number_cohorts(outcome, 2, "seed")

    listed = sorted(
        (len(set(one) & {"A", "B"}), len(set(one) & {"C", "D"}))
        for one in numbered.cohorts
    )
    assert listed == sorted(cohorts[1:])


def test_the_list_in_json_names_each_cohort_once():
    numbered = Numbered((("B",), ("A",), ("B",)), Fraction(1, 6), "A")

    assert numbered_to_json(numbered) == {
        "distinct": [["A"], ["B"]],
        "cohorts": [1, 0, 1],
        "deviation": "1/6",
        "whose": "A",
    }


@pytest.mark.parametrize(
    ("lottery", "tickets", "code"),
    (
        ("leximin", 0, "tickets_out_of_range"),
        ("leximin", -1, "tickets_out_of_range"),
        ("leximin", 100_001, "tickets_out_of_range"),
        ("uniform", 10, "no_numbered_cohorts"),
        ("order", 10, "no_numbered_cohorts"),
    ),
)
def test_a_list_that_cannot_be_is_refused(lottery, tickets, code):
    outcome = made(replace(PROBLEM, lottery=lottery))

    with pytest.raises(BadProblem) as refusal:
        number_cohorts(outcome, tickets, "seed")
    assert refusal.value.code == code
