"""What would be different: without one rule, with one seat more, in another order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mosty.engines.selection.cohort import Solved, prepare
from mosty.engines.selection.limits import named_limits
from mosty.engines.selection.model import ORGANISATION, Problem
from mosty.engines.selection.outcome import NamedLimit
from mosty.engines.selection.watch import Watch


@dataclass(frozen=True, slots=True)
class Cost:
    """
    The result without one rule; ``limit`` or ``priority`` (from 1) names which.

    ``values`` are the priorities' in their order, None for the one left out;
    ``smallest`` the smallest odds of anybody who has some, ``without`` how many people
    have none; ``expected`` the people expected for each quota, by attribute and value.
    With neither limit nor priority, it is the result with all rules.
    """

    limit: NamedLimit | None
    priority: int | None
    seats: int
    values: tuple[int | None, ...]
    smallest: Fraction | None
    without: int
    expected: Mapping[tuple[str, str], Fraction]


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """
    Somebody's odds if one thing were different.

    ``one_more_seat`` {seats}, ``one_more_of_yours`` {most}, or ``other_order``
    {first, second}: the priorities with these numbers, in each other's place.
    """

    code: str
    params: Mapping[str, int]
    odds: Fraction


def costs(problem: Problem, watch: Watch | None = None) -> list[Cost]:
    """
    Return the result with all rules, then without each limit and each priority.

    The number of seats is no rule that can be left out. Where there is no cohort with
    all rules, that result is not there. Solves a lottery for each rule.
    """
    watch = watch or Watch()
    found = []
    everything = prepare(problem, watch)
    if isinstance(everything, Solved):
        found.append(
            _cost(problem, everything, None, None, range(len(problem.priorities)))
        )
    for number, limit in enumerate(named_limits(problem)):
        if limit.code == "seats":
            continue
        watch.step("rules", number)
        solved = prepare(_without_limit(problem, limit), watch)
        if isinstance(solved, Solved):
            kept = range(len(problem.priorities))
            found.append(_cost(problem, solved, limit, None, kept))
    for left_out in range(len(problem.priorities)):
        watch.step("rules", left_out)
        kept_ones = [n for n in range(len(problem.priorities)) if n != left_out]
        priorities = tuple(problem.priorities[n] for n in kept_ones)
        solved = prepare(replace(problem, priorities=priorities), watch)
        if isinstance(solved, Solved):
            found.append(_cost(problem, solved, None, left_out + 1, kept_ones))
    return found


def counterfactuals(
    problem: Problem, code: str, watch: Watch | None = None
) -> list[Counterfactual]:
    """
    Return the odds of ``code`` if one thing were different, the smallest change first.

    Only changes under which a cohort exists are returned.
    """
    found = []
    for what, params, changed in _changes(problem, code):
        solved = prepare(changed, watch)
        if isinstance(solved, Solved) and solved.odds is not None:
            found.append(Counterfactual(what, params, solved.odds[code]))
    return found


def _changes(
    problem: Problem, code: str
) -> Iterator[tuple[str, dict[str, int], Problem]]:
    limits = problem.limits
    if limits.seats < len(problem.pool):
        seats = limits.seats + 1
        more = replace(limits, seats=seats)
        yield "one_more_seat", {"seats": seats}, replace(problem, limits=more)
    if limits.per_organisation_most is not None:
        own = next(p for p in problem.pool if p.code == code).attributes[ORGANISATION]
        extra = dict(limits.organisation_more)
        extra[own] = extra.get(own, 0) + 1
        more = replace(limits, organisation_more=tuple(extra.items()))
        most = limits.per_organisation_most + extra[own]
        yield "one_more_of_yours", {"most": most}, replace(problem, limits=more)
    for first in range(len(problem.priorities) - 1):
        order = list(problem.priorities)
        order[first], order[first + 1] = order[first + 1], order[first]
        params = {"first": first + 1, "second": first + 2}
        yield "other_order", params, replace(problem, priorities=tuple(order))


def _without_limit(problem: Problem, limit: NamedLimit) -> Problem:
    limits = problem.limits
    match limit.code:
        case "must_in":
            code = str(limit.params["code"])
            return replace(problem, must_in=problem.must_in - {code})
        case "seats_least":
            limits = replace(limits, seats_least=0)
        case "organisation_least":
            limits = replace(limits, per_organisation_least=0)
        case "organisation_most":
            limits = replace(limits, per_organisation_most=None)
        case "quota_least" | "quota_most":
            quotas = []
            for quota in limits.quotas:
                names = (limit.params["attribute"], limit.params["value"])
                if (quota.attribute, quota.value) == names:
                    quota = (
                        replace(quota, least=0, least_flex=None)
                        if limit.code == "quota_least"
                        else replace(quota, most=None, most_flex=None)
                    )
                quotas.append(quota)
            limits = replace(limits, quotas=tuple(quotas))
    return replace(problem, limits=limits)


def _cost(
    problem: Problem,
    solved: Solved,
    limit: NamedLimit | None,
    priority: int | None,
    kept: Sequence[int],
) -> Cost:
    values: list[int | None] = [None] * len(problem.priorities)
    for number, stage in zip(kept, solved.found.stages[1:], strict=True):
        values[number] = stage.value
    odds = solved.odds or {}
    expected: dict[tuple[str, str], Fraction] = {}
    for quota in problem.limits.quotas:
        expected[quota.attribute, quota.value] = sum(
            (
                odds[person.code]
                for person in problem.pool
                if odds and person.attributes[quota.attribute] == quota.value
            ),
            Fraction(0),
        )
    return Cost(
        limit,
        priority,
        solved.found.size,
        tuple(values),
        min((value for value in odds.values() if value), default=None),
        sum(not value for value in odds.values()),
        expected,
    )
