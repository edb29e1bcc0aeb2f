"""What each rule costs and what would have been, against brute force."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from mosty.engines.selection import (
    BadProblem,
    Candidate,
    Condition,
    Cost,
    Counterfactual,
    Coverage,
    Limits,
    NamedLimit,
    Prefer,
    Problem,
    Quota,
    costs,
    counterfactuals,
    prepare,
)
from mosty.engines.selection.limits import named_limits
from mosty.engines.selection.outcome import NoCohort
from tests.engines.selection import oracle


def equal_odds(problem: Problem, cohorts: list[oracle.Cohort]) -> dict[str, Fraction]:
    """Return everybody's odds if each of ``cohorts`` is as likely as the others."""
    return {
        person.code: Fraction(sum(person.code in one for one in cohorts), len(cohorts))
        for person in problem.pool
    }


def cost(
    problem: Problem,
    left: Problem,
    limits: list[NamedLimit],
    limit: NamedLimit | None,
    priority: int | None,
) -> list[Cost]:
    """Return the result of ``left`` under ``limits``, if there is one."""
    best = oracle.optimal(left, oracle.lawful(left, limits))
    if not best:
        return []
    odds = equal_odds(left, best)
    some = [value for value in odds.values() if value]
    expected = {
        (quota.attribute, quota.value): sum(
            (
                odds[person.code]
                for person in problem.pool
                if person.attributes[quota.attribute] == quota.value
            ),
            Fraction(0),
        )
        for quota in problem.limits.quotas
    }
    values: list[int | None] = list(oracle.scores(left, best[0])[1:])
    if priority is not None:
        values.insert(priority - 1, None)
    return [
        Cost(
            limit,
            priority,
            len(best[0]),
            tuple(values),
            min(some, default=None),
            len(odds) - len(some),
            expected,
        )
    ]


@settings(max_examples=50, deadline=None)
@given(oracle.problems(most_people=6, lotteries=("uniform",)))
def test_costs_are_the_results_without_each_rule(problem):
    everything = oracle.named(problem)
    expected = cost(problem, problem, everything, None, None)
    for limit in named_limits(problem):
        assert limit in everything
        if limit.code != "seats":
            rest = [other for other in everything if other != limit]
            expected += cost(problem, problem, rest, limit, None)
    for number in range(len(problem.priorities)):
        kept = problem.priorities[:number] + problem.priorities[number + 1 :]
        left = replace(problem, priorities=kept)
        expected += cost(problem, left, everything, None, number + 1)

    assert costs(problem) == expected


@settings(max_examples=50, deadline=None)
@given(oracle.problems(most_people=6, lotteries=("uniform",)))
def test_counterfactuals_are_the_odds_with_one_thing_different(problem):
    if not problem.pool:
        return
    person = problem.pool[0]
    limits, priorities = problem.limits, problem.priorities
    changes: list[tuple[str, dict[str, int], Problem]] = []
    if limits.seats < len(problem.pool):
        more = replace(limits, seats=limits.seats + 1)
        changed = replace(problem, limits=more)
        changes.append(("one_more_seat", {"seats": limits.seats + 1}, changed))
    nobodys = Fraction(-1)  # so that every change is told
    unneeded = None
    if limits.per_organisation_most is not None:
        own = person.attributes["organisation"]
        extra = dict(limits.organisation_more)
        extra[own] = extra.get(own, 0) + 1
        more = replace(limits, organisation_more=tuple(extra.items()))
        most = limits.per_organisation_most + extra[own]
        changed = replace(problem, limits=more)
        nominees = sum(p.attributes["organisation"] == own for p in problem.pool)
        if nominees >= most:
            changes.append(("one_more_of_yours", {"most": most}, changed))
        else:
            unneeded = changed
    for n in range(len(priorities) - 1):
        order = (
            *priorities[:n],
            priorities[n + 1],
            priorities[n],
            *priorities[n + 2 :],
        )
        params = {"first": n + 1, "second": n + 2}
        changes.append(("other_order", params, replace(problem, priorities=order)))
    expected = [
        Counterfactual(code, params, equal_odds(changed, best)[person.code])
        for code, params, changed in changes
        if (best := oracle.optimal(changed))
    ]

    asked = {person.code: nobodys}
    assert counterfactuals(problem, asked)[person.code] == expected
    # What is not told could not have changed anything.
    if unneeded is not None:
        assert oracle.optimal(unneeded) == oracle.optimal(problem)


@settings(max_examples=25, deadline=None)
@given(oracle.problems(most_people=6))
def test_costs_of_a_fair_lottery_are_those_of_the_problem_without_the_rule(problem):
    found = {(one.limit, one.priority): one for one in costs(problem) if not one.limit}
    for number in range(len(problem.priorities)):
        kept = problem.priorities[:number] + problem.priorities[number + 1 :]
        solved = prepare(replace(problem, priorities=kept))
        if isinstance(solved, NoCohort):
            assert found == {}
            return
        odds = solved.odds or {}
        mine = found[None, number + 1]
        assert mine.smallest == min((v for v in odds.values() if v), default=None)
        assert mine.without == sum(not value for value in odds.values())


def person(code: str, organisation: str, gender: str) -> Candidate:
    return Candidate(code, {"organisation": organisation, "gender": gender})


CALL = Problem(
    candidates=(
        person("A", "a", "f"),
        person("B", "a", "m"),
        person("C", "a", "m"),
        person("D", "b", "m"),
    ),
    limits=Limits(2, 0, 1, (Quota("gender", "f", 1),)),
    priorities=(
        Coverage("organisation"),
        Prefer(Condition.of({"organisation": ["a"]}), "a"),
    ),
)


def test_costs_in_numbers_that_can_be_checked_by_hand():
    women, cap = ("gender", "f"), NamedLimit("organisation_most", {"most": 1})
    least = NamedLimit("quota_least", {"attribute": "gender", "value": "f", "least": 1})

    def one(limit, priority, values, smallest, without, expected):
        expected = {women: expected}
        return Cost(limit, priority, 2, values, smallest, without, expected)

    assert costs(CALL) == [
        one(None, None, (2, 1), 1, 2, 1),
        one(least, None, (2, 1), Fraction(1, 3), 0, Fraction(1, 3)),
        one(cap, None, (2, 1), 1, 2, 1),
        one(None, 1, (None, 1), 1, 2, 1),
        one(None, 2, (2, None), 1, 2, 1),
    ]


def test_counterfactuals_that_can_be_checked_by_hand():
    assert counterfactuals(CALL, {"B": Fraction(-1)})["B"] == [
        # A and D take what the cap leaves; the third seat stays empty.
        Counterfactual("one_more_seat", {"seats": 3}, Fraction(0)),
        Counterfactual("one_more_of_yours", {"most": 2}, Fraction(0)),
        Counterfactual("other_order", {"first": 1, "second": 2}, Fraction(0)),
    ]
    without_cap = replace(CALL, limits=Limits(2, quotas=CALL.limits.quotas))
    assert counterfactuals(without_cap, {"B": Fraction(-1)})["B"] == [
        Counterfactual("one_more_seat", {"seats": 3}, Fraction(1, 2)),
        Counterfactual("other_order", {"first": 1, "second": 2}, Fraction(1, 2)),
    ]


@pytest.mark.parametrize("code", ("B", "nobody"))
def test_who_is_not_in_the_pool_is_named(code: str) -> None:
    people = (Candidate("A", {}), Candidate("B", {}))
    problem = Problem(people, Limits(1), must_out=frozenset("B"))
    with pytest.raises(BadProblem) as refused:
        counterfactuals(problem, {code: Fraction(0)})
    assert str(refused.value) == f"There is no candidate {code}."
