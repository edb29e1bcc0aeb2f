"""What would be different: without one rule, with one seat more, in another order."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mosty.engines.errors import BadProblem
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
    if everything := measured(problem, watch):
        found.append(everything)
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


def measured(problem: Problem, watch: Watch | None = None) -> Cost | None:
    """Return the result with all rules, or None if no cohort keeps all limits."""
    solved = prepare(problem, watch)
    if not isinstance(solved, Solved):
        return None
    return _cost(problem, solved, None, None, range(len(problem.priorities)))


def counterfactuals(
    problem: Problem, odds: Mapping[str, Fraction], watch: Watch | None = None
) -> dict[str, list[Counterfactual]]:
    """
    Return what would have changed the odds of each person, the smallest change first.

    ``odds`` are those that ``problem`` gives the people asked about, by code. Changes
    that leave somebody's odds as they are, or under which there is no cohort, are not
    returned. Each changed problem is solved once for everybody whom it is about.

    :raises BadProblem: if one of ``odds`` is of nobody in the pool.
    """
    watch = watch or Watch()
    found: dict[str, list[Counterfactual]] = {code: [] for code in odds}
    people = {p.code: p for p in problem.pool if p.code in odds}
    for code in sorted(odds.keys() - people.keys()):
        raise BadProblem("unknown_code", code=code)
    for number, (what, params, changed, own) in enumerate(_changes(problem)):
        concerned = [
            code
            for code, person in people.items()
            if own is None or person.attributes[ORGANISATION] == own
        ]
        if not concerned:
            continue
        watch.step("rules", number)
        solved = prepare(changed, watch)
        if not isinstance(solved, Solved) or solved.odds is None:
            continue
        for code in concerned:
            if solved.odds[code] != odds[code]:
                found[code].append(Counterfactual(what, params, solved.odds[code]))
    return found


def number_of_problems(problem: Problem) -> int:
    """Return how many problems :func:`costs` and :func:`counterfactuals` solve."""
    limits = sum(limit.code != "seats" for limit in named_limits(problem))
    changed = sum(1 for _ in _changes(problem))
    return 1 + limits + len(problem.priorities) + changed


# A change: its code and params, the problem with it, whom alone it is about.
_Change = tuple[str, dict[str, int], Problem, str | None]


def _changes(problem: Problem) -> Iterator[_Change]:
    """Return every change that could change somebody's odds."""
    yield from _one_more_seat(problem)
    if problem.limits.per_organisation_most is not None:
        nominees = Counter(p.attributes[ORGANISATION] for p in problem.pool)
        for own in sorted(nominees):
            # Who has no more people than seats allowed gains nothing by one more.
            if nominees[own] > (problem.limits.most_of(own) or 0):
                yield _one_more_of(problem, own)
    yield from _other_orders(problem)


def _one_more_seat(problem: Problem) -> Iterator[_Change]:
    limits = problem.limits
    if limits.seats < len(problem.pool):
        seats = limits.seats + 1
        more = replace(limits, seats=seats)
        changed = replace(problem, limits=more)
        yield "one_more_seat", {"seats": seats}, changed, None


def _one_more_of(problem: Problem, own: str) -> _Change:
    limits = problem.limits
    extra = dict(limits.organisation_more)
    extra[own] = extra.get(own, 0) + 1
    more = replace(limits, organisation_more=tuple(extra.items()))
    most = more.most_of(own) or 0
    return "one_more_of_yours", {"most": most}, replace(problem, limits=more), own


def _other_orders(problem: Problem) -> Iterator[_Change]:
    for first in range(len(problem.priorities) - 1):
        order = list(problem.priorities)
        order[first], order[first + 1] = order[first + 1], order[first]
        params = {"first": first + 1, "second": first + 2}
        yield "other_order", params, replace(problem, priorities=tuple(order)), None


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
