"""What a selection ends with: codes and parameters, which callers put in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from mosty.engines.selection.lottery.lottery import Lottery

Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class NamedLimit:
    """
    One limit that a person could change.

    ``seats`` {seats}, ``seats_least`` {seats}, ``organisation_least`` {least},
    ``organisation_most`` {most}, ``quota_least`` {attribute, value, least},
    ``quota_most`` {attribute, value, most}, ``must_in`` {code}.
    """

    code: str
    params: Params


@dataclass(frozen=True, slots=True)
class Reason:
    """
    Why somebody has a seat, or has none.

    With a seat: ``must_in``, or ``drawn``, or certain to have one because without her

    - ``limit_without``: no cohort keeps ``limits``, an irreducible set;
    - ``fewer_seats_without`` {before, after}: fewer seats could be filled;
    - ``would_harm_without`` {priority, before, after}: a priority would suffer;
    - ``nobody_gains``: nobody with smaller odds could have greater ones.

    Without a seat: ``not_drawn``, or certain to have none because with her

    - ``limit``: no cohort keeps ``limits``, an irreducible set;
    - ``fewer_seats`` {before, after}: fewer seats could be filled;
    - ``would_harm`` {priority, before, after}: the priority with that number (from
      1) could only reach ``after``, all earlier ones being kept;
    - ``excluded``: a must-out;
    - ``already_seated``: has a seat, so cannot replace anybody.

    ``not_explained``: explanations were switched off, or too many to make.
    """

    code: str
    params: Params = field(default_factory=dict)
    limits: tuple[NamedLimit, ...] = ()


@dataclass(frozen=True, slots=True)
class Achieved:
    """A priority's value in the cohort, and the best that any cohort could have."""

    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class Person:
    """
    What happened to one candidate.

    ``result`` is ``selected``, ``reserve``, ``not_selected`` or ``excluded``;
    ``position`` is her place in the drawn order, from 1, or None if excluded;
    ``odds`` those of a seat before the draw, or None where they are not known.
    """

    code: str
    result: str
    position: int | None
    odds: Fraction | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    A cohort, and all that is needed to check and to explain it.

    ``selected`` and ``people`` are in order of code, ``reserve`` and ``drawn`` in
    their own. Where seats stay empty, ``empty_because`` names an irreducible set
    of limits that forbids one person more; it is empty if all of the pool sit.
    ``ticket`` is the number, from 0, that drew the cohort from ``lottery``, whose
    cohorts count people of each of the ``types``.
    """

    seats: int
    selected: tuple[str, ...]
    empty_because: tuple[NamedLimit, ...]
    reserve: tuple[str, ...]
    priorities: tuple[Achieved, ...]
    ticket: int | None
    drawn: tuple[str, ...]
    people: tuple[Person, ...]
    types: tuple[tuple[str, ...], ...]
    lottery: Lottery


@dataclass(frozen=True, slots=True)
class Change:
    """A limit that would have to be ``now`` what it says, instead of ``was``."""

    limit: NamedLimit
    was: int
    now: int


@dataclass(frozen=True, slots=True)
class NoCohort:
    """
    No cohort keeps all limits.

    ``limits`` are an irreducible set of those that collide; ``changes`` the least
    that makes a cohort possible: of the fewest limits, then by the smallest sum. None
    if no change of numbers within their bounds is enough.
    """

    limits: tuple[NamedLimit, ...]
    changes: tuple[Change, ...] | None = None


@dataclass(frozen=True, slots=True)
class Replacement:
    """Who takes a free seat, or None, and why those before her were passed over."""

    code: str | None
    skipped: tuple[tuple[str, Reason], ...]
