"""
The fair lotteries over the optimal cohorts, exact and proven: leximin and maximin.

The odds of linear programming are tried first. Where no lottery gives them, a row that
every cohort keeps and these odds break is added, and the odds are found anew.
"""

from collections.abc import Sequence
from fractions import Fraction

from mosty.engines.errors import SolverFailed
from mosty.engines.selection.lottery.finder import Finder, NoSuchCohort
from mosty.engines.selection.lottery.hull import mix
from mosty.engines.selection.lottery.levels import Ascent, Levels
from mosty.engines.selection.lottery.lottery import Lottery
from mosty.engines.selection.lottery.mixture import Mixture
from mosty.engines.selection.lottery.strides import stride
from mosty.engines.selection.optimum import Optimum
from mosty.engines.selection.program import Row
from mosty.engines.selection.watch import Watch

CUTS = 500
# With so few levels of odds, a walk in whole numbers is mostly shorter.
SIMPLE = 3


def leximin(found: Optimum, watch: Watch) -> Lottery:
    """
    Return the lottery whose sorted odds are lexicographically greatest.

    Its odds are unique. Each round solves a few linear programmes and about as many
    small ones as there are types.

    :raises SolverFailed: if an answer does not check.
    """
    return _fair(found, watch, first=False)


def maximin(found: Optimum, watch: Watch) -> Lottery:
    """
    Return a lottery whose smallest odds, among those who have any, are greatest.

    Which of several such lotteries is not said by the rule; the record shows it.

    :raises SolverFailed: if an answer does not check.
    """
    return _fair(found, watch, first=True)


def _fair(found: Optimum, watch: Watch, *, first: bool) -> Lottery:
    types = found.pool.types
    sizes = [len(one.codes) for one in types]
    certain = [t for t, one in enumerate(types) if one.floor]
    cuts: list[Row] = []
    while len(cuts) < CUTS:
        watch.step("odds", len(cuts))
        rows = [*found.program.rows, *cuts]
        bounds = found.program.bounds[len(types) :]
        levels = Ascent(rows, sizes, certain, bounds).run(first=first)
        expected = [odds * size for odds, size in zip(levels.odds, sizes, strict=True)]
        mixed: Mixture | Row | None = None
        if not first:
            mixed = _on_face(found, levels, expected, cuts, watch)
        if mixed is None:
            mixed = mix(_among_all(found, cuts), expected, watch, or_more=first)
        if isinstance(mixed, Mixture):
            return Lottery(
                rule="maximin" if first else "leximin",
                cohorts=mixed.cohorts,
                weights=mixed.weights,
                total=mixed.total,
                odds=_odds(mixed, sizes),
                levels=levels.levels,
                cuts=tuple(cuts),
            )
        cuts.append(Row(mixed.terms, None, mixed.upper, ("cut", len(cuts))))
    raise SolverFailed("the odds were not settled")


def _on_face(
    found: Optimum,
    levels: Levels,
    expected: Sequence[Fraction],
    cuts: Sequence[Row],
    watch: Watch,
) -> Mixture | None:
    """
    Return a mixture of cohorts that meet every row of the proofs, or None.

    A lottery with the expected counts can have no others, and these are soon found.
    """
    types = found.pool.types
    fixed = [
        int(e) if e in (0, len(one.codes)) else None
        for e, one in zip(expected, types, strict=True)
    ]
    tight = {name: times for level in levels.levels for name, times in level.proof}
    if len(levels.levels) <= SIMPLE:
        walked = stride(Finder(found, fixed, tight, cuts), expected, watch)
        if walked is not None:
            return walked
    try:
        mixed = mix(Finder(found, fixed, tight, cuts), expected, watch)
    except NoSuchCohort:
        return None
    return mixed if isinstance(mixed, Mixture) else None


def _among_all(found: Optimum, cuts: Sequence[Row]) -> Finder:
    certain = [len(one.codes) if one.floor else None for one in found.pool.types]
    return Finder(found, certain, {}, cuts)


def _odds(mixture: Mixture, sizes: Sequence[int]) -> tuple[Fraction, ...]:
    """Return each type's odds in a mixture of cohorts."""
    seats = [0] * len(sizes)
    for cohort, weight in zip(mixture.cohorts, mixture.weights, strict=True):
        for t, count in enumerate(cohort):
            seats[t] += count * weight
    return tuple(
        Fraction(one, mixture.total * size)
        for one, size in zip(seats, sizes, strict=True)
    )
