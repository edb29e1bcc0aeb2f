"""A lottery over cohorts: what the draw draws from."""

from dataclasses import dataclass
from fractions import Fraction

from mosty.engines.selection.lottery.levels import Level
from mosty.engines.selection.program import Row

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lottery:
    """
    How likely each cohort is, by the types of a pool.

    ``cohorts`` give how many of each type are seated; ``weights[i]`` of ``total``
    tickets draw the i-th. ``odds`` are those of one person of each type. The rule
    ``uniform`` lists no cohorts, since there may be more than can be listed: its
    ``total`` is their number. The rule ``order`` knows neither odds nor cohorts.

    ``levels`` prove that the odds are fairest, ``cuts`` the rows that hold because
    the integer programme says so.
    """

    rule: str
    cohorts: tuple[Counts, ...] = ()
    weights: tuple[int, ...] = ()
    total: int = 0
    odds: tuple[Fraction, ...] | None = None
    levels: tuple[Level, ...] = ()
    cuts: tuple[Row, ...] = ()

    def drawn_by(self, ticket: int) -> Counts:
        """
        Return the listed cohort that ``ticket``, from 0, draws.

        :raises IndexError: if there are not so many tickets.
        """
        for cohort, weight in zip(self.cohorts, self.weights, strict=True):
            if ticket < weight:
                return cohort
            ticket -= weight
        raise IndexError(ticket)
