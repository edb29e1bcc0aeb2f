"""The leximin lottery over the optimal cohorts, exact and proven."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from mosty.engines.selection.errors import SolverFailed
from mosty.engines.selection.lottery.finder import Finder, NoSuchCohort
from mosty.engines.selection.lottery.hull import Mixture, mix
from mosty.engines.selection.lottery.levels import Ascent, Levels
from mosty.engines.selection.optimum import Optimum
from mosty.engines.selection.program import Row
from mosty.engines.selection.watch import Watch

CUTS = 500


@dataclass(frozen=True, slots=True)
class Leximin:
    """
    Cohorts and weights, each type's odds, and the proof that none are fairer.

    ``cuts`` are rows that hold for every optimal cohort because the integer
    programme says so; all other rows come from the limits and priorities.
    """

    mixture: Mixture
    levels: Levels
    cuts: tuple[Row, ...]


def leximin(found: Optimum, watch: Watch) -> Leximin:
    """
    Return the lottery whose sorted odds are lexicographically greatest.

    The odds of linear programming are tried first. Where no lottery gives them, a row
    that every cohort keeps and these odds break is added, and they are found anew.

    :raises SolverFailed: if an answer does not check.
    """
    types = found.pool.types
    sizes = [len(one.codes) for one in types]
    certain = [t for t, one in enumerate(types) if one.floor]
    cuts: list[Row] = []
    while len(cuts) < CUTS:
        watch.step("odds", len(cuts))
        rows = [*found.program.rows, *cuts]
        bounds = found.program.bounds[len(types) :]
        levels = Ascent(rows, sizes, certain, bounds).run()
        expected = [
            odds * size for odds, size in zip(levels.odds, sizes, strict=True)
        ]
        mixed = _on_face(found, levels, expected, cuts, watch)
        if mixed is None:
            mixed = mix(_among_all(found, cuts), expected, watch)
        if isinstance(mixed, Mixture):
            return Leximin(mixed, levels, tuple(cuts))
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
    try:
        mixed = mix(Finder(found, fixed, tight, cuts), expected, watch)
    except NoSuchCohort:
        return None
    return mixed if isinstance(mixed, Mixture) else None


def _among_all(found: Optimum, cuts: Sequence[Row]) -> Finder:
    certain = [len(one.codes) if one.floor else None for one in found.pool.types]
    return Finder(found, certain, {}, cuts)


def expected_odds(mixture: Mixture, sizes: list[int]) -> list[Fraction]:
    """Return each type's odds in a mixture of cohorts."""
    seats = [0] * len(sizes)
    for cohort, weight in zip(mixture.cohorts, mixture.weights, strict=True):
        for t, count in enumerate(cohort):
            seats[t] += count * weight
    return [
        Fraction(one, mixture.total * size) for one, size in zip(seats, sizes, strict=True)
    ]
