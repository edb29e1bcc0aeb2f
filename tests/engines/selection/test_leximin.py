"""The leximin lottery, against every cohort of small problems."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings

from mosty.engines.selection import Candidate, Limits, Problem, Quota
from mosty.engines.selection.lottery.leximin import Leximin, expected_odds, leximin
from mosty.engines.selection.optimum import optimum
from mosty.engines.selection.types import Types
from mosty.engines.selection.watch import Watch
from tests.engines.selection import oracle
from tests.engines.selection.exact_lp import greatest


def solved(problem: Problem) -> tuple[Types, Leximin] | None:
    types = Types(problem)
    found = optimum(types)
    return None if found is None else (types, leximin(found, Watch()))


def odds_of_people(types: Types, lottery: Leximin) -> dict[str, Fraction]:
    sizes = [len(one.codes) for one in types.types]
    odds = expected_odds(lottery.mixture, sizes)
    return {code: odds[t] for code, t in types.type_of.items()}


@settings(max_examples=300, deadline=None)
@given(problem=oracle.problems())
def test_nobodys_odds_can_rise_but_at_the_cost_of_somebody_with_no_more(
    problem: Problem,
) -> None:
    cohorts = oracle.optimal(problem)
    made = solved(problem)
    if made is None:
        assert cohorts == []
        return
    types, lottery = made
    odds = odds_of_people(types, lottery)
    assert sum(odds.values()) == len(cohorts[0])
    for person in odds:
        others = [one for one in odds if one != person and odds[one] <= odds[person]]
        # Weights of cohorts, then how far each other person lies above her odds.
        rows = [[1] * len(cohorts) + [0] * len(others)]
        for number, one in enumerate(others):
            above = [-int(n == number) for n in range(len(others))]
            rows.append([int(one in cohort) for cohort in cohorts] + above)
        gains = [int(person in cohort) for cohort in cohorts] + [0] * len(others)
        best = greatest(gains, rows, [1, *(odds[one] for one in others)])
        assert best == odds[person]


@settings(max_examples=200, deadline=None)
@given(problem=oracle.problems())
def test_every_cohort_of_the_lottery_is_optimal(problem: Problem) -> None:
    made = solved(problem)
    if made is None:
        return
    types, lottery = made
    patterns = {
        tuple(
            sum(code in cohort for code in one.codes) for one in types.types
        )
        for cohort in oracle.optimal(problem)
    }
    assert set(lottery.mixture.cohorts) <= patterns
    assert sum(lottery.mixture.weights) == lottery.mixture.total
    assert min(lottery.mixture.weights) > 0


def test_equal_people_have_equal_odds() -> None:
    people = [
        Candidate(f"P{i:03}", {"gender": "fm"[i % 2], "side": "lr"[i >= 100]})
        for i in range(200)
    ]
    quotas = [Quota(a, v, 9, 20) for a, v in (
        ("gender", "f"), ("gender", "m"), ("side", "l"), ("side", "r"))]
    made = solved(Problem(tuple(people), Limits(20, quotas=tuple(quotas))))
    assert made is not None
    assert Counter(odds_of_people(*made).values()) == {Fraction(1, 10): 200}


def test_odds_that_only_fractions_of_people_could_give_are_not_promised() -> None:
    # One from each pair of a triangle: a third person for everybody would need half
    # people. Linear programming says 1/2 for each edge; whole people say less.
    people = {"ab": "xx-", "bc": "-xx", "ca": "x-x", "lone": "---"}
    candidates = tuple(
        Candidate(code, dict(zip("abc", marks, strict=True)))
        for code, marks in people.items()
    )
    quotas = tuple(Quota(corner, "x", 0, 1) for corner in "abc")
    made = solved(Problem(candidates, Limits(2, quotas=quotas)))
    assert made is not None
    types, lottery = made
    assert odds_of_people(types, lottery) == {
        "ab": Fraction(1, 3),
        "bc": Fraction(1, 3),
        "ca": Fraction(1, 3),
        "lone": Fraction(1),
    }


@pytest.mark.parametrize("seats", [0, 3])
def test_an_empty_pool_has_an_empty_lottery(seats: int) -> None:
    made = solved(Problem((), Limits(seats)))
    assert made is not None
    assert made[1].mixture.cohorts == ((),)
