"""
An independent judge: limits and priorities recomputed from a list of people.

Counts plain people with plain integers, and shares nothing with the code that
searches, so that an error there cannot hide here.
"""

from collections import Counter
from collections.abc import Collection

from mosty.engines.selection.model import (
    ORGANISATION,
    Balance,
    Coverage,
    Memory,
    Prefer,
    Priority,
    Problem,
)


def faults(problem: Problem, cohort: Collection[str]) -> list[str]:
    """Return a line for each limit that ``cohort`` breaks; none if it is lawful."""
    limits = problem.limits
    found = []
    pool = {person.code: person.attributes for person in problem.pool}
    if len(set(cohort)) != len(cohort) or not pool.keys() >= set(cohort):
        return ["the cohort is not a set of people from the pool"]
    if len(cohort) < limits.seats_least:
        found.append(f"{len(cohort)} people, fewer than {limits.seats_least}")
    if len(cohort) > limits.seats:
        found.append(f"{len(cohort)} people on {limits.seats} seats")
    if missing := problem.must_in - set(cohort):
        found.append(f"without {sorted(missing)}")
    for quota in limits.quotas:
        count = sum(pool[code][quota.attribute] == quota.value for code in cohort)
        if count < quota.least or (quota.most is not None and count > quota.most):
            found.append(f"{count} with {quota.attribute} = {quota.value}")
    if limits.per_organisation:
        available = Counter(attributes[ORGANISATION] for attributes in pool.values())
        seated = Counter(pool[code][ORGANISATION] for code in cohort)
        for organisation, nominees in available.items():
            count = seated[organisation]
            most = limits.most_of(organisation)
            if count < min(limits.per_organisation_least, nominees):
                found.append(f"only {count} from {organisation}")
            if most is not None and count > most:
                found.append(f"{count} from {organisation}")
    return found


def values(problem: Problem, cohort: Collection[str]) -> tuple[int, ...]:
    """Return what ``cohort`` reaches for each priority, in order."""
    return tuple(value(problem, priority, cohort) for priority in problem.priorities)


def value(problem: Problem, priority: Priority, cohort: Collection[str]) -> int:
    """Return what ``cohort`` reaches for one priority."""
    pool = {person.code: person.attributes for person in problem.pool}
    people = [pool[code] for code in cohort]
    match priority:
        case Coverage(attribute):
            return len({person[attribute] for person in people})
        case Prefer(condition):
            return sum(condition.matches(person) for person in people)
        case Memory(attribute, seats):
            return sum(dict(seats).get(person[attribute], 0) for person in people)
        case Balance(attribute):
            present = {attributes[attribute] for attributes in pool.values()}
            counts = Counter(person[attribute] for person in people)
            return sum(abs(len(present) * counts[v] - len(people)) for v in present)
