"""One selection: the lottery that rules and pool determine, and its draw from a seed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from mosty.engines.draw import Draw, check_seed
from mosty.engines.selection.collision import collision
from mosty.engines.selection.explain import reasons
from mosty.engines.selection.limits import named_limits
from mosty.engines.selection.lottery.fair import leximin, maximin
from mosty.engines.selection.lottery.lottery import Counts, Lottery
from mosty.engines.selection.lottery.uniform import Uniform
from mosty.engines.selection.model import Problem
from mosty.engines.selection.optimum import Optimum, judge, optimum
from mosty.engines.selection.outcome import (
    Achieved,
    NoCohort,
    Outcome,
    Person,
    Reason,
)
from mosty.engines.selection.relaxation import least_change
from mosty.engines.selection.reserve import reserve_list
from mosty.engines.selection.serial import choose, possible_types
from mosty.engines.selection.types import Types
from mosty.engines.selection.watch import Watch, watching


@dataclass(frozen=True, slots=True)
class Solved:
    """
    All that is known before the draw: the optimal cohorts and the lottery over them.

    ``counter`` is there for the rule that counts cohorts instead of listing them.
    """

    found: Optimum
    lottery: Lottery
    counter: Uniform | None = None

    @property
    def types(self) -> Types:
        """The pool by types."""
        return self.found.pool

    @property
    def odds(self) -> Mapping[str, Fraction] | None:
        """Everybody's odds, by code, or None where the rule does not know them."""
        if self.lottery.odds is None:
            return None
        return {code: self.lottery.odds[t] for code, t in self.types.type_of.items()}


def prepare(problem: Problem, watch: Watch | None = None) -> Solved | NoCohort:
    """
    Return the lottery over the optimal cohorts, or why there is none.

    The most seats first, then each priority in order, each to proven optimum; among
    the cohorts that remain equal, the lottery that ``problem`` asks for.

    :raises BadProblem: if the cohorts are too many to be counted.
    :raises SolverFailed: if the solver's answer does not check.
    :raises Cancelled: if ``watch`` says so.
    """
    watch = watch or Watch()
    with watching(watch):
        return _prepared(problem, watch)


def _prepared(problem: Problem, watch: Watch) -> Solved | NoCohort:
    watch.step("priorities", 0)
    pool = Types(problem)
    found = optimum(pool)
    if found is None:
        limits = named_limits(problem)
        return NoCohort(collision(pool, limits), least_change(pool))
    match problem.lottery:
        case "leximin":
            return Solved(found, leximin(found, watch))
        case "maximin":
            return Solved(found, maximin(found, watch))
        case "uniform":
            counter = Uniform(found, watch)
            return Solved(found, counter.lottery(), counter)
    return Solved(found, Lottery("order"))


def select(
    problem: Problem,
    seed: str,
    *,
    explain: bool = True,
    watch: Watch | None = None,
    cohort: Collection[str] | None = None,
) -> Outcome | NoCohort:
    """
    Return the cohort that the limits, the priorities and the seed determine.

    Where ``cohort`` was drawn otherwise, the seed only says in which order others
    wait. With ``explain``, everybody gets the reason, at the cost of more solving.

    Deterministic: the order of the input changes nothing. Odds and cohort by the rules
    ``leximin``, ``uniform`` and ``order`` depend on no choice of the solver among
    equal answers, but for which cohorts of equal odds leximin mixes.

    :raises BadProblem: if the seed is empty, or the cohorts are too many to be counted.
    :raises SolverFailed: if the solver's answer does not check.
    :raises Cancelled: if ``watch`` says so.
    """
    check_seed(seed)
    watch = watch or Watch()
    solved = prepare(problem, watch)
    if isinstance(solved, NoCohort):
        return solved
    with watching(watch):
        return _selected(problem, solved, seed, cohort, explain=explain, watch=watch)


def _selected(
    problem: Problem,
    solved: Solved,
    seed: str,
    cohort: Collection[str] | None,
    *,
    explain: bool,
    watch: Watch,
) -> Outcome:
    found, pool = solved.found, solved.types
    draw = Draw(seed)
    ticket = None
    if cohort is None and solved.lottery.total:
        ticket = draw.below(solved.lottery.total)
    drawn = draw.shuffle(pool.type_of)
    if cohort is not None:
        selected = list(cohort)
    elif ticket is None:
        selected = choose(found, possible_types(found), drawn)
    elif solved.counter is not None:
        selected = _seat(pool, solved.counter.drawn_by(ticket), drawn)
    else:
        selected = _seat(pool, solved.lottery.drawn_by(ticket), drawn)
    judge(found, selected)
    reserve = reserve_list(pool, set(selected), drawn)

    full = found.size == min(problem.limits.seats, len(drawn))
    limits = named_limits(problem)
    why = reasons(found, solved.lottery.odds, explain=explain, watch=watch)
    return Outcome(
        seats=problem.limits.seats,
        selected=tuple(sorted(selected)),
        empty_because=() if full else collision(pool, limits, size=found.size + 1),
        reserve=reserve,
        priorities=tuple(Achieved(s.value, s.bound) for s in found.stages[1:]),
        ticket=ticket,
        drawn=drawn,
        people=_people(pool, solved.lottery, drawn, selected, reserve, why),
        types=tuple(type_.codes for type_ in pool.types),
        lottery=solved.lottery,
    )


def _seat(pool: Types, counts: Counts, drawn: Collection[str]) -> list[str]:
    """Return the first drawn of each type, as many as ``counts`` says."""
    left = list(counts)
    seated = []
    for code in drawn:
        t = pool.type_of[code]
        if left[t]:
            left[t] -= 1
            seated.append(code)
    return seated


def _people(
    pool: Types,
    lottery: Lottery,
    drawn: tuple[str, ...],
    selected: Collection[str],
    reserve: Collection[str],
    why: Mapping[int, tuple[Reason, Reason]],
) -> tuple[Person, ...]:
    """Return what happened to everybody; ``why`` gives reasons with a seat and without."""
    problem = pool.problem
    position = {code: place for place, code in enumerate(drawn, start=1)}
    seated, waiting = set(selected), set(reserve)
    found = []
    for person in problem.candidates:
        code = person.code
        if code in problem.must_out:
            found.append(Person(code, "excluded", None, None, Reason("excluded")))
            continue
        t = pool.type_of[code]
        odds = None if lottery.odds is None else lottery.odds[t]
        result = (
            "selected"
            if code in seated
            else "reserve"
            if code in waiting
            else "not_selected"
        )
        reason = why[t][code not in seated]
        found.append(Person(code, result, position[code], odds, reason))
    return tuple(found)
