"""
What a selection starts from: candidates, limits and ordered priorities.

Everything is frozen, made of integers and text, and brought into one canonical
order when it is made, so that the order of the input can change nothing. A
:class:`Problem` that exists is sound: making one raises :class:`BadProblem`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from mosty.engines.errors import BadProblem, check_text

ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One nominee: a code that names nobody, and her attributes."""

    code: str
    attributes: Mapping[str, str]

    def __post_init__(self) -> None:
        """Keep an own copy, in canonical order."""
        if not self.code:
            raise BadProblem("empty_code")
        check_text(self.code, "code")
        for attribute, value in self.attributes.items():
            check_text(attribute + value, self.code)
        object.__setattr__(self, "attributes", dict(sorted(self.attributes.items())))


@dataclass(frozen=True, slots=True)
class Quota:
    """
    How many of the cohort may have ``value`` as their ``attribute``.

    ``least_flex`` and ``most_flex`` say how far the numbers may be moved when no
    cohort keeps all limits; None is as far as need be.
    """

    attribute: str
    value: str
    least: int = 0
    most: int | None = None
    least_flex: int | None = None
    most_flex: int | None = None

    def __post_init__(self) -> None:
        """Refuse numbers that no cohort could meet."""
        check_text(self.attribute + self.value, "quota")
        what = f"{self.attribute} = {self.value}"
        _check_range(what, self.least, self.most)
        if self.least_flex is not None:
            _check_range(f"{what} (least_flex)", self.least_flex, self.least)
        if self.most_flex is not None:
            _check_range(f"{what} (most_flex)", self.most or 0, self.most_flex)


@dataclass(frozen=True, slots=True)
class Limits:
    """
    What every cohort must keep.

    An organisation with n candidates in the pool (those not in ``must_out``)
    gets at least ``min(per_organisation_least, n)`` seats, and at most
    ``per_organisation_most``. One without candidates in the pool is not counted.
    ``organisation_more`` names organisations that may have more than that, and by how
    many. As many of ``seats`` as possible are filled; fewer than ``seats_least`` never.
    """

    seats: int
    per_organisation_least: int = 0
    per_organisation_most: int | None = None
    quotas: tuple[Quota, ...] = ()
    seats_least: int = 0
    organisation_more: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        """Refuse numbers that contradict each other whoever is nominated."""
        if self.seats < 0:
            raise BadProblem("negative", field="seats", value=self.seats)
        _check_range("seats", self.seats_least, self.seats)
        least, most = self.per_organisation_least, self.per_organisation_most
        _check_range("per organisation", least, most)
        if least > self.seats:
            raise BadProblem(
                "organisation_least_over_seats", least=least, seats=self.seats
            )
        quotas = sorted(self.quotas, key=lambda quota: (quota.attribute, quota.value))
        for before, after in pairwise(quotas):
            if (before.attribute, before.value) == (after.attribute, after.value):
                raise BadProblem(
                    "duplicate_quota", attribute=after.attribute, value=after.value
                )
        for quota in quotas:
            if quota.least > self.seats:
                raise BadProblem(
                    "quota_over_seats",
                    attribute=quota.attribute,
                    value=quota.value,
                    least=quota.least,
                    seats=self.seats,
                )
        object.__setattr__(self, "quotas", tuple(quotas))
        more = tuple(sorted(dict(self.organisation_more).items()))
        for organisation, number in more:
            _check_range(organisation, number, None)
        object.__setattr__(self, "organisation_more", more)

    def most_of(self, organisation: str) -> int | None:
        """Return the most seats that ``organisation`` may have."""
        if self.per_organisation_most is None:
            return None
        return self.per_organisation_most + dict(self.organisation_more).get(
            organisation, 0
        )

    @property
    def per_organisation(self) -> bool:
        """Test if the organisation matters to these limits."""
        return self.per_organisation_least > 0 or self.per_organisation_most is not None


@dataclass(frozen=True, slots=True)
class Condition:
    """A conjunction of tests: each attribute must have one of its values."""

    tests: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(cls, tests: Mapping[str, Iterable[str]]) -> "Condition":
        """Return the condition that asks for all of ``tests``, in canonical order."""
        return cls(
            tuple((name, tuple(sorted(set(tests[name])))) for name in sorted(tests))
        )

    def matches(self, attributes: Mapping[str, str]) -> bool:
        """Test if somebody with these ``attributes`` meets every test."""
        return all(attributes[name] in values for name, values in self.tests)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Priority: as many different values of ``attribute`` as possible."""

    attribute: str


@dataclass(frozen=True, slots=True)
class Prefer:
    """Priority: as many people who match ``condition`` as possible."""

    condition: Condition
    label: str

    def __post_init__(self) -> None:
        """Refuse a condition that tests nothing, or that nobody can meet."""
        check_text(self.label, "label")
        for _, values in self.condition.tests:
            check_text("".join(values), self.label)
        if not self.condition.tests or not all(v for _, v in self.condition.tests):
            raise BadProblem("empty_condition", label=self.label)


@dataclass(frozen=True, slots=True)
class Balance:
    """
    Priority: as even as possible over the values of ``attribute``.

    The least sum over the k values present in the pool of ``|k * count - size|``,
    with ``size`` the number of people in the cohort.
    """

    attribute: str


@dataclass(frozen=True, slots=True)
class Memory:
    """
    Priority: people first whose ``attribute`` has had fewest seats before.

    The least sum, over the people of the cohort, of the earlier seats of their
    value. ``seats`` maps values to seats had before; a value not named had none.
    """

    attribute: str
    seats: tuple[tuple[str, int], ...]

    def __post_init__(self) -> None:
        """Refuse negative numbers; put values in canonical order."""
        for value, number in self.seats:
            check_text(value, self.attribute)
            if number < 0:
                raise BadProblem("negative", field=value, value=number)
        object.__setattr__(self, "seats", tuple(sorted(dict(self.seats).items())))

    def had(self, attributes: Mapping[str, str]) -> int:
        """Return the earlier seats of the value that somebody has."""
        return dict(self.seats).get(attributes[self.attribute], 0)


Priority = Coverage | Prefer | Balance | Memory

LOTTERIES = ("leximin", "maximin", "uniform", "order")


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One selection to make.

    ``must_in`` have a seat in every cohort; ``must_out`` are not in the pool, as
    if they had not been nominated. ``reserve`` is the length of the reserve list.
    ``lottery`` names how the draw is made among equal cohorts:

    - ``leximin``: the smallest odds of anyone as great as can be, then the second
      smallest, and so on to the greatest;
    - ``maximin``: the smallest odds as great as can be, and no more than that;
    - ``uniform``: every cohort that remains is equally likely;
    - ``order``: in a drawn order, each gets a seat if one is still possible for
      her. For any size; the odds are not worked out.

    :raises BadProblem: when the parts do not fit together.
    """

    candidates: tuple[Candidate, ...]
    limits: Limits
    priorities: tuple[Priority, ...] = ()
    reserve: int = 0
    must_in: frozenset[str] = frozenset()
    must_out: frozenset[str] = frozenset()
    lottery: str = "leximin"

    def __post_init__(self) -> None:
        """Put the candidates in canonical order and check the whole."""
        ordered = tuple(sorted(self.candidates, key=lambda person: person.code))
        object.__setattr__(self, "candidates", ordered)
        codes = {person.code for person in ordered}
        for before, after in pairwise(ordered):
            if before.code == after.code:
                raise BadProblem("duplicate_code", code=after.code)
        for field, names in (("must_in", self.must_in), ("must_out", self.must_out)):
            for code in sorted(names - codes):
                raise BadProblem(f"unknown_{field}", code=code)
        for code in sorted(self.must_in & self.must_out):
            raise BadProblem("in_and_out", code=code)
        if self.lottery not in LOTTERIES:
            raise BadProblem("unknown_lottery", name=self.lottery)
        if self.reserve < 0:
            raise BadProblem("negative", field="reserve", value=self.reserve)
        for attribute in sorted(self.attributes_in_use()):
            self._check_attribute(attribute)

    @property
    def pool(self) -> tuple[Candidate, ...]:
        """Everybody who may get a seat, by code."""
        return tuple(p for p in self.candidates if p.code not in self.must_out)

    def attributes_in_use(self) -> set[str]:
        """Return the attributes that some limit or priority asks about."""
        used = {quota.attribute for quota in self.limits.quotas}
        if self.limits.per_organisation:
            used.add(ORGANISATION)
        for priority in self.priorities:
            if isinstance(priority, Prefer):
                used.update(name for name, _ in priority.condition.tests)
            else:
                used.add(priority.attribute)
        return used

    def _check_attribute(self, attribute: str) -> None:
        # A missing value is never guessed: who asks about an attribute states it
        # for everybody, if need be as a value of its own such as "not stated".
        lacking = [p.code for p in self.candidates if not p.attributes.get(attribute)]
        if lacking and len(lacking) == len(self.candidates):
            raise BadProblem("unknown_attribute", attribute=attribute)
        if lacking:
            raise BadProblem("missing_attribute", code=lacking[0], attribute=attribute)


def _check_range(field: str, least: int, most: int | None) -> None:
    if least < 0:
        raise BadProblem("negative", field=field, value=least)
    if most is not None and most < least:
        raise BadProblem("least_over_most", field=field, least=least, most=most)
