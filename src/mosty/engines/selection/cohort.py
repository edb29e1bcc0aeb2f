"""One selection from a problem and a seed."""

from collections.abc import Collection

from mosty.engines.selection.collision import collision
from mosty.engines.selection.draw import check_seed, shuffle
from mosty.engines.selection.explain import reasons
from mosty.engines.selection.limits import named_limits
from mosty.engines.selection.model import Problem
from mosty.engines.selection.optimum import judge, optimum
from mosty.engines.selection.outcome import (
    Achieved,
    NoCohort,
    Outcome,
    Person,
    Reason,
)
from mosty.engines.selection.types import Types
from mosty.engines.selection.reserve import reserve_list
from mosty.engines.selection.serial import choose, possible_types


def select(problem: Problem, seed: str, *, explain: bool = True) -> Outcome | NoCohort:
    """
    Return the cohort that the limits, the priorities and the seed determine.

    The most seats first, then each priority in order, each to proven optimum;
    among the cohorts that remain equal, the draw decides. With ``explain``,
    everybody without a seat gets the reason, at the cost of more solving.

    Deterministic: the order of the input changes nothing, and no step depends on
    which of several equal answers the solver happens to give.

    :raises BadProblem: if the seed is empty.
    :raises SolverFailed: if the solver's answer does not check.
    """
    check_seed(seed)
    pool = Types(problem)
    limits = named_limits(problem)
    found = optimum(pool)
    if found is None:
        return NoCohort(collision(pool, limits))

    drawn = shuffle(pool.type_of, seed)
    possible = possible_types(found)
    selected = choose(found, possible, drawn)
    judge(found, selected)
    reserve = reserve_list(pool, set(selected), drawn)

    full = found.size == min(problem.limits.seats, len(drawn))
    return Outcome(
        seats=problem.limits.seats,
        selected=tuple(sorted(selected)),
        empty_because=() if full else collision(pool, limits, size=found.size + 1),
        reserve=reserve,
        priorities=tuple(Achieved(s.value, s.bound) for s in found.stages[1:]),
        drawn=drawn,
        people=_people(
            pool,
            drawn,
            selected,
            reserve,
            reasons(found, possible, explain=explain),
        ),
    )


def _people(
    pool: Types,
    drawn: tuple[str, ...],
    selected: Collection[str],
    reserve: Collection[str],
    why: dict[int, Reason],
) -> tuple[Person, ...]:
    problem = pool.problem
    position = {code: place for place, code in enumerate(drawn, start=1)}
    seated, waiting = set(selected), set(reserve)
    people = []
    for person in problem.candidates:
        code = person.code
        if code in problem.must_out:
            people.append(Person(code, "excluded", None, Reason("excluded")))
        elif code in seated:
            reason = Reason("must_in" if code in problem.must_in else "drawn")
            people.append(Person(code, "selected", position[code], reason))
        else:
            result = "reserve" if code in waiting else "not_selected"
            reason = why[pool.type_of[code]]
            people.append(Person(code, result, position[code], reason))
    return tuple(people)
