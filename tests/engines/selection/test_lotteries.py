"""The leximin lottery, against every cohort of small problems."""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings

from mosty.engines.selection import Balance, Candidate, Limits, Problem, Quota
from mosty.engines.selection.lottery.fair import leximin, maximin
from mosty.engines.selection.lottery.lottery import Lottery
from mosty.engines.selection.lottery.uniform import Uniform
from mosty.engines.selection.optimum import optimum
from mosty.engines.selection.types import Types
from mosty.engines.selection.watch import Watch
from tests.engines.selection import oracle
from tests.engines.selection.exact_lp import greatest


def solved(problem: Problem) -> tuple[Types, Lottery] | None:
    types = Types(problem)
    found = optimum(types)
    return None if found is None else (types, leximin(found, Watch()))


def odds_of_people(types: Types, lottery: Lottery) -> dict[str, Fraction]:
    assert lottery.odds is not None
    return {code: lottery.odds[t] for code, t in types.type_of.items()}


@settings(max_examples=120, deadline=None)
@given(problem=oracle.problems(most_people=9))
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


@settings(max_examples=70, deadline=None)
@given(problem=oracle.problems(most_people=9))
def test_every_cohort_of_the_lottery_is_optimal(problem: Problem) -> None:
    made = solved(problem)
    if made is None:
        return
    types, lottery = made
    patterns = {
        tuple(sum(code in cohort for code in one.codes) for one in types.types)
        for cohort in oracle.optimal(problem)
    }
    assert set(lottery.cohorts) <= patterns
    assert sum(lottery.weights) == lottery.total
    assert min(lottery.weights) > 0


@settings(max_examples=70, deadline=None)
@given(problem=oracle.problems(most_people=9))
def test_maximin_gives_the_worst_off_as_much_as_leximin_does(problem: Problem) -> None:
    made = solved(problem)
    if made is None:
        return
    types, fairest = made
    found = optimum(types)
    assert found is not None
    lottery = maximin(found, Watch())
    odds = odds_of_people(types, lottery)
    best = odds_of_people(types, fairest)
    assert {code for code in odds if odds[code]} == {
        code for code in best if best[code]
    }
    some = [value for value in odds.values() if value]
    assert min(some, default=None) == min((v for v in best.values() if v), default=None)
    assert sum(odds.values()) == sum(best.values())


@settings(max_examples=120, deadline=None)
@given(problem=oracle.problems(most_people=9))
def test_uniform_draws_each_optimal_cohort_with_the_same_odds(problem: Problem) -> None:
    types = Types(problem)
    found = optimum(types)
    cohorts = oracle.optimal(problem)
    if found is None:
        return
    uniform = Uniform(found, Watch())
    assert uniform.total == len(cohorts)
    assert odds_of_people(types, uniform.lottery()) == {
        code: Fraction(sum(code in cohort for cohort in cohorts), len(cohorts))
        for code in types.type_of
    }
    drawn = Counter(uniform.drawn_by(ticket) for ticket in range(len(cohorts)))
    assert drawn == Counter(
        tuple(sum(code in cohort for code in one.codes) for one in types.types)
        for cohort in cohorts
    )


def test_equal_people_have_equal_odds() -> None:
    people = [
        Candidate(f"P{i:03}", {"gender": "fm"[i % 2], "side": "lr"[i >= 100]})
        for i in range(200)
    ]
    quotas = [
        Quota(a, v, 9, 20)
        for a, v in (("gender", "f"), ("gender", "m"), ("side", "l"), ("side", "r"))
    ]
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


@pytest.mark.parametrize("seats", (0, 3))
def test_an_empty_pool_has_an_empty_lottery(seats: int) -> None:
    made = solved(Problem((), Limits(seats)))
    assert made is not None
    assert made[1].cohorts == ((),)


def test_uniform_counts_no_cohort_whose_last_value_is_out_of_balance() -> None:
    # Two of one level and one of each other: 3 x 2 x 2. Two, two and none are even
    # until the last level is counted.
    candidates = tuple(
        Candidate(f"{level}{number}", {"level": level})
        for level in "xyz"
        for number in range(2)
    )
    found = optimum(Types(Problem(candidates, Limits(4), (Balance("level"),))))
    assert found is not None
    assert Uniform(found, Watch()).total == 12
