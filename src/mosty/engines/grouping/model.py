"""What is to be mixed: people, rules, who sat together before; and what came of it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mosty.engines.draw import check_seed
from mosty.engines.errors import BadProblem, check_text

Pair = tuple[str, str]
# One round: groups of codes.
Round = tuple[tuple[str, ...], ...]

# What stands between the languages that a person speaks.
BETWEEN_LANGUAGES = re.compile(r"[,;/|+&]")
# What a search can take; a table may hold more.
MOST_PEOPLE = 1_500
LARGEST = 10_000_000
MOST_SPREADS = 8


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be put into a group: a code that names her, and her attributes."""

    code: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    def value(self, attribute: str) -> str:
        """
        Return her value of ``attribute`` as it is compared: in whatever case.

        :raises BadProblem: if she has none.
        """
        if attribute not in self.attributes:
            raise BadProblem(
                "person_without_value", code=self.code, attribute=attribute
            )
        return same(self.attributes[attribute])

    def languages(self, attribute: str) -> frozenset[str]:
        """
        Return the languages in ``attribute``, which commas and the like part.

        :raises BadProblem: if she has none, as :meth:`value`.
        """
        self.value(attribute)
        parts = BETWEEN_LANGUAGES.split(self.attributes[attribute])
        return frozenset(filter(None, map(same, parts)))


@dataclass(frozen=True, slots=True)
class Rules:
    """
    How people are mixed.

    ``together`` and ``apart``, ``language`` (all of a group share one) and ``band``
    (each group has somebody of every band that has enough people) must be kept.
    Then pairs that have sat together are avoided, then people alike in the first
    attribute of ``spread`` are, then in the second.
    """

    groups: int
    rounds: int
    spread: tuple[str, ...] = ()
    together: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    language: str | None = None
    band: str | None = None

    def __post_init__(self) -> None:
        for name, number in (("groups", self.groups), ("rounds", self.rounds)):
            if number < 1:
                raise BadProblem("fewer_than_one", field=name, value=number)
        if len(self.spread) > MOST_SPREADS:
            raise BadProblem("too_many_spreads", most=MOST_SPREADS)
        for number, name in enumerate(self.spread):
            if same(name) in map(same, self.spread[:number]):
                raise BadProblem("spread_twice", attribute=name)

    def attributes(self) -> tuple[str, ...]:
        """Return the attributes that the rules ask about, each once."""
        asked = (*self.spread, self.language, self.band)
        return tuple(dict.fromkeys(name for name in asked if name is not None))


@dataclass(frozen=True, slots=True)
class Task:
    """
    Everything that decides a plan.

    ``earlier`` are the rounds that were held before, whoever sat in them; people who
    are not here today do not matter. The order of people does not matter either.
    """

    people: tuple[Person, ...]
    rules: Rules
    seed: str
    earlier: tuple[Round, ...] = ()

    def __post_init__(self) -> None:
        check_seed(self.seed)
        known: set[str] = set()
        for person in self.people:
            check_text(person.code, "code")
            if not person.code.strip():
                raise BadProblem("person_without_code")
            if person.code in known:
                raise BadProblem("person_twice", code=person.code)
            known.add(person.code)
        if self.rules.groups > len(known):
            raise BadProblem(
                "groups_over_people", groups=self.rules.groups, people=len(known)
            )
        unknowns = len(known) * self.rules.groups * self.rules.rounds
        if len(known) > MOST_PEOPLE or unknowns > LARGEST:
            raise BadProblem(
                "too_large_to_mix",
                people=len(known),
                groups=self.rules.groups,
                rounds=self.rules.rounds,
            )
        for pair in (*self.rules.together, *self.rules.apart):
            for code in pair:
                if code not in known:
                    raise BadProblem("unknown_person", code=code)
            if pair[0] == pair[1]:
                raise BadProblem("pair_of_one", code=pair[0])
        for person in self.people:
            for attribute in self.rules.attributes():
                person.value(attribute)

    def codes(self) -> tuple[str, ...]:
        """Return everybody's code, sorted."""
        return tuple(sorted(person.code for person in self.people))

    def sizes(self) -> tuple[int, ...]:
        """Return the sizes of the groups, the larger first."""
        least, more = divmod(len(self.people), self.rules.groups)
        return (least + 1,) * more + (least,) * (self.rules.groups - more)


@dataclass(frozen=True, slots=True)
class Aim:
    """
    One thing to be small: what was reached, and below which nothing can be.

    ``code`` is ``moved`` (people who change their group), ``repeated`` (times that a
    pair sits together again) or ``spread`` (pairs in a group alike in ``attribute``).
    """

    code: str
    value: int
    bound: int
    attribute: str = ""

    @property
    def optimal(self) -> bool:
        """If nothing better exists, whatever else were given up for it."""
        return self.value == self.bound


@dataclass(frozen=True, slots=True)
class Repeat:
    """A pair that sits together again in ``round`` (from 0)."""

    round: int
    pair: Pair


@dataclass(frozen=True, slots=True)
class Plan:
    """
    Groups for every round, and how well they serve each aim, in the order of aims.

    The first ``held`` rounds are past: people of theirs may have left since, and
    whoever joined is not in them.
    """

    task: Task
    rounds: tuple[Round, ...]
    aims: tuple[Aim, ...]
    repeated: tuple[Repeat, ...]
    held: int = 0
    steps: int = 0

    def aim(self, code: str, attribute: str = "") -> Aim:
        """Return one aim."""
        return next(
            aim for aim in self.aims if (aim.code, aim.attribute) == (code, attribute)
        )


class NoPlan(Exception):
    """
    No plan was found that keeps the rules.

    ``proven`` if there is none at all; else the search ended without one.
    """

    def __init__(self, *, proven: bool) -> None:
        super().__init__(proven)
        self.proven = proven

    def __str__(self) -> str:
        """Return the sentence in English."""
        if self.proven:
            return "No grouping keeps these rules together."
        return "No grouping was found that keeps these rules together; try more steps."


def same(value: str) -> str:
    """Return ``value`` as it is compared: letters of any case, spaces of any width."""
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def pair_of(a: str, b: str) -> Pair:
    """Return the one way to write a pair."""
    return (a, b) if a < b else (b, a)


def pairs_in(groups: Iterable[Iterable[str]]) -> list[Pair]:
    """Return the pairs that sit together, group by group."""
    found: list[Pair] = []
    for group in groups:
        codes = sorted(group)
        found += [(a, b) for i, a in enumerate(codes) for b in codes[i + 1 :]]
    return found
