"""Whatever the search suggests is an optimal cohort of the kind asked for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.engines.selection import Candidate, Limits, Problem, Quota
from mosty.engines.selection.lottery.finder import Finder, NoSuchCohort
from mosty.engines.selection.optimum import optimum
from mosty.engines.selection.types import Types
from tests.engines.selection import oracle

Counts = tuple[int, ...]


def patterns(problem: Problem, pool: Types) -> set[Counts]:
    """Return how many of each type the optimal cohorts seat."""
    return {
        tuple(sum(code in cohort for code in one.codes) for one in pool.types)
        for cohort in oracle.optimal(problem)
    }


@settings(max_examples=100, deadline=None)
@given(oracle.problems(most_people=9), st.randoms(use_true_random=True))
def test_only_optimal_cohorts_are_found_and_the_best_is_the_best(problem, chance):
    pool = Types(problem)
    found = optimum(pool)
    if found is None or not len(pool):
        return
    lawful = patterns(problem, pool)
    # Some types as one of the cohorts has them, and must-ins in any case.
    model = chance.choice(sorted(lawful))
    fixed = [
        count if one.floor or chance.random() < 0.3 else None
        for one, count in zip(pool.types, model, strict=True)
    ]
    wanted = {
        counts
        for counts in lawful
        if all(f in {None, c} for f, c in zip(fixed, counts, strict=True))
    }
    finder = Finder(found, fixed, {}, [])
    for _ in range(6):
        weights = np.array([float(chance.randint(-3, 3)) for _ in pool.types])
        # From anywhere: as many as there are, or far from what the rules ask for.
        start = np.array(
            [
                chance.randint(0, len(one.codes)) if f is None else f
                for f, one in zip(fixed, pool.types, strict=True)
            ],
            dtype=np.int64,
        )
        for counts in (finder.near(weights), finder.mended(start, weights)):
            assert counts is None or tuple(counts.tolist()) in wanted
        best, whole, most = finder.best(weights)
        assert tuple(best.tolist()) in wanted
        assert most == max(int(whole @ np.array(one)) for one in wanted)
        # The whole weights are in the proportions of those asked for.
        assert (whole * np.abs(weights).max() == weights * np.abs(whole).max()).all()


def test_no_cohort_of_a_kind_that_there_is_not():
    problem = Problem(
        tuple(Candidate(code, {"g": code}) for code in "AB"),
        Limits(1, quotas=(Quota("g", "A"),)),
    )
    found = optimum(Types(problem))
    assert found is not None

    with pytest.raises(NoSuchCohort):
        Finder(found, [1, 1], {}, []).best(np.zeros(2))
