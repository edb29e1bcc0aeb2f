"""
Which limits collide: an irreducible set, found with a deletion filter.

Each limit is left out in turn, for good if the rest still collide. What is left
collides, and leaving out any one of it mends it (Chinneck & Dravnieks 1991).
"""

from collections.abc import Sequence

from mosty.engines.selection.limits import program_over
from mosty.engines.selection.outcome import NamedLimit
from mosty.engines.selection.types import Types


def collision(
    pool: Types,
    limits: Sequence[NamedLimit],
    wanted: Sequence[NamedLimit] = (),
    size: int = 0,
) -> tuple[NamedLimit, ...]:
    """
    Return an irreducible subset of ``limits`` that forbids what is wanted.

    Wanted is a cohort of at least ``size`` people that keeps ``wanted``, which is
    never left out. Returns an empty tuple if a cohort keeps everything, and also
    if ``wanted`` and ``size`` are impossible by themselves.
    """

    def collide(kept: Sequence[NamedLimit]) -> bool:
        program = program_over(pool, [*kept, *wanted])
        program.add_row(dict.fromkeys(range(len(pool)), 1), size, None)
        return program.any_point() is None

    if not collide(limits):
        return ()
    kept = list(limits)
    for limit in limits:
        rest = [other for other in kept if other is not limit]
        if collide(rest):
            kept = rest
    return tuple(kept)
