"""The engine as a library: a pool, rules, and the lottery that they determine."""

from collections.abc import Callable
from dataclasses import dataclass

from mosty.engines.selection.cohort import Solved, prepare
from mosty.engines.selection.model import Candidate, Limits, Priority, Problem
from mosty.engines.selection.outcome import NoCohort
from mosty.engines.selection.watch import Progress, Watch


@dataclass(frozen=True, slots=True)
class Pool:
    """
    Who is nominated.

    Args:
        candidates: n people, in any order, each with a code of her own.
        must_in: codes of people who have a seat in every cohort.
        must_out: codes of people who are left out, as if not nominated.
    """

    candidates: tuple[Candidate, ...]
    must_in: frozenset[str] = frozenset()
    must_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rules:
    """
    What a cohort must keep, and what makes one better than another.

    Args:
        limits: what every cohort keeps; numbers are people.
        priorities: from the most important to the least.
        reserve: length of the reserve list, in people.
        lottery: ``leximin``, ``maximin``, ``uniform`` or ``order``.
    """

    limits: Limits
    priorities: tuple[Priority, ...] = ()
    reserve: int = 0
    lottery: str = "leximin"


def problem(pool: Pool, rules: Rules) -> Problem:
    """
    Return ``pool`` under ``rules``.

    Raises:
        BadProblem: if they do not fit together.
    """
    return Problem(
        pool.candidates,
        rules.limits,
        rules.priorities,
        rules.reserve,
        pool.must_in,
        pool.must_out,
        rules.lottery,
    )


def solve(
    pool: Pool,
    rules: Rules,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Solved | NoCohort:
    """
    Return the lottery over all optimal cohorts, or why there is no cohort.

    Args:
        pool: n people of T types; people whom no rule tells apart are of one type.
        rules: hard limits, ordered priorities, and the kind of lottery.
        progress: called with the name of a step and a number that rises.
        cancelled: asked often; true ends the calculation.

    Returns:
        The lottery, with odds for everybody as exact fractions of 1, which sum to
        the seats filled; cohorts count people by type. Or the limits that collide
        and the least change that mends them.

    Raises:
        BadProblem: if pool and rules do not fit together.
        SolverFailed: if an answer of the solver does not stand exact checking.
        Cancelled: if ``cancelled`` returned true.

    Exact and deterministic. Finding the best cohort is NP-hard in general; for the
    limits of real calls an integer programme over T types takes milliseconds. The
    leximin lottery then takes about T linear programmes of T columns and one exact
    solution of T equations.
    Source: Flanigan, Gölz, Gupta, Hennig, Procaccia, "Fair algorithms for selecting
    citizens' assemblies", Nature 596 (2021), with types instead of persons.
    """
    return prepare(problem(pool, rules), Watch(progress, cancelled))
