"""
The pool by types.

Two candidates are of one type when no limit and no priority can tell them
apart. The search decides how many of each type get a seat; only the draw
decides who, so the size of the search does not grow with equal people.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from mosty.engines.selection.model import (
    ORGANISATION,
    Candidate,
    Condition,
    Memory,
    Prefer,
    Problem,
)


@dataclass(frozen=True, slots=True)
class Type:
    """Equal candidates: their codes, and the attributes of one who stands for all."""

    codes: tuple[str, ...]
    sample: Mapping[str, str]
    floor: int  # all of them if they are must-ins, else 0


class Types:
    """The pool of a problem by types, in an order that its input cannot change."""

    def __init__(self, problem: Problem) -> None:
        groups: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
        for person in problem.pool:
            groups[_signature(problem, person)].append(person)
        self.problem = problem
        self.types = tuple(
            Type(
                codes=tuple(person.code for person in people),
                sample=people[0].attributes,
                floor=sum(person.code in problem.must_in for person in people),
            )
            for _, people in sorted(groups.items(), key=lambda item: item[0])
        )
        self.type_of = {
            code: index
            for index, type_ in enumerate(self.types)
            for code in type_.codes
        }

    def __len__(self) -> int:
        return len(self.types)

    def by_value(self, attribute: str) -> dict[str, list[int]]:
        """Return each value present in the pool -> the types that have it."""
        found: dict[str, list[int]] = {}
        for index, type_ in enumerate(self.types):
            found.setdefault(type_.sample[attribute], []).append(index)
        return dict(sorted(found.items()))

    def matching(self, condition: Condition) -> list[int]:
        """Return the types whose people meet ``condition``."""
        return [
            index
            for index, type_ in enumerate(self.types)
            if condition.matches(type_.sample)
        ]

    def cohort(self, counts: tuple[int, ...]) -> list[str]:
        """Return some people, must-ins first, as many of each type as ``counts`` says."""
        must_in = self.problem.must_in
        return [
            code
            for type_, count in zip(self.types, counts, strict=True)
            for code in sorted(type_.codes, key=lambda c: (c not in must_in, c))[:count]
        ]


def _signature(problem: Problem, person: Candidate) -> tuple[str, ...]:
    limits, attributes = problem.limits, person.attributes
    parts = ["must in" if person.code in problem.must_in else ""]
    parts += [attributes[ORGANISATION]] if limits.per_organisation else []
    parts += [str(attributes[q.attribute] == q.value) for q in limits.quotas]
    for priority in problem.priorities:
        if isinstance(priority, Prefer):
            parts.append(str(priority.condition.matches(attributes)))
        elif isinstance(priority, Memory):
            parts.append(str(priority.had(attributes)))
        else:
            parts.append(attributes[priority.attribute])
    return tuple(parts)
