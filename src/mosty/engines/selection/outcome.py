"""What a selection ends with: codes and parameters, which callers put in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class NamedLimit:
    """
    One limit that a person could change.

    ``seats`` {seats}, ``organisation_least`` {least}, ``organisation_most``
    {most}, ``quota_least`` {attribute, value, least}, ``quota_most`` {attribute,
    value, most}, ``must_in`` {code}.
    """

    code: str
    params: Params


@dataclass(frozen=True, slots=True)
class Reason:
    """
    Why somebody has a seat, or has none.

    With a seat: ``must_in`` or ``drawn``. Without:

    - ``drawn_later``: equal by every priority, but later in the draw;
    - ``fewer_seats`` {before, after}: with her, fewer seats could be filled;
    - ``would_harm`` {priority, before, after}: with her, the priority with that
      number (from 1) could only reach ``after``, all earlier ones being kept;
    - ``limit``: no cohort with her keeps ``limits``, an irreducible set;
    - ``excluded``: a must-out;
    - ``already_seated``: has a seat, so cannot replace anybody;
    - ``not_explained``: explanations were switched off, or too many to make.
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
    ``position`` is her place in the drawn order, from 1, or None if excluded.
    """

    code: str
    result: str
    position: int | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    A cohort, and all that is needed to check and to explain it.

    ``selected`` and ``people`` are in order of code, ``reserve`` and ``drawn`` in
    their own. Where seats stay empty, ``empty_because`` names an irreducible set
    of limits that forbids one person more; it is empty if all of the pool sit.
    """

    seats: int
    selected: tuple[str, ...]
    empty_because: tuple[NamedLimit, ...]
    reserve: tuple[str, ...]
    priorities: tuple[Achieved, ...]
    drawn: tuple[str, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class NoCohort:
    """No cohort keeps all limits: an irreducible set of those that collide."""

    limits: tuple[NamedLimit, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """Who takes a free seat, or None, and why those before her were passed over."""

    code: str | None
    skipped: tuple[tuple[str, Reason], ...]
