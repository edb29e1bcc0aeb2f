"""
An independent check of a plan: sizes, rules, and every number that it claims.

It shares nothing with the search and counts in its own way, so that a mistake there
cannot hide here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from mosty.engines.grouping.model import Person, Plan, Round, Rules


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: a code and what it is about, for a sentence in any language."""

    code: str
    round: int
    group: int = -1
    about: tuple[str, ...] = ()


def check(plan: Plan, people: Iterable[Person], rules: Rules) -> list[Fault]:
    """Return everything that is wrong with ``plan`` for these people and rules."""
    people = tuple(people)
    faults = []
    if len(plan.rounds) != rules.rounds:
        faults.append(Fault("rounds", -1, about=(str(len(plan.rounds)),)))
    for number, groups in enumerate(plan.rounds):
        sitting = sorted(code for group in groups for code in group)
        if len(set(sitting)) != len(sitting):
            faults.append(Fault("twice", number))
        if number < plan.held:
            continue
        if set(sitting) != {person.code for person in people}:
            faults.append(Fault("not_everybody", number))
        if len(groups) != rules.groups:
            faults.append(Fault("groups", number))
        sizes = [len(group) for group in groups]
        if max(sizes) - min(sizes) > 1:
            faults.append(Fault("sizes", number))
        faults += broken_rules(groups, people, rules, number)
    return faults + _claims(plan, people, rules)


def broken_rules(
    groups: Round, people: Sequence[Person], rules: Rules, number: int
) -> list[Fault]:
    """Return the rules that one round breaks."""
    faults = []
    everybody = {person.code: person for person in people}
    at = {code: g for g, group in enumerate(groups) for code in group}
    for a, b in rules.together:
        if at.get(a) != at.get(b):
            faults.append(Fault("not_together", number, about=(a, b)))
    for a, b in rules.apart:
        if a in at and at[a] == at.get(b):
            faults.append(Fault("not_apart", number, at[a], (a, b)))
    for g, group in enumerate(groups):
        here = [everybody[code] for code in group if code in everybody]
        if rules.language is not None:
            common = set.intersection(*(set(p.languages(rules.language)) for p in here))
            if not common:
                faults.append(Fault("no_language", number, g))
        if rules.band is not None:
            present = {person.value(rules.band) for person in here}
            for band in sorted({person.value(rules.band) for person in people}):
                of_it = sum(1 for p in people if p.value(rules.band) == band)
                if of_it >= rules.groups and band not in present:
                    faults.append(Fault("no_band", number, g, (band,)))
    return faults


def _claims(plan: Plan, people: Sequence[Person], rules: Rules) -> list[Fault]:
    """Return each aim whose number is not what the groups come to."""
    faults = []
    sittings = [*plan.task.earlier, *plan.rounds]
    again = 0
    bound_by_rule = _kept_together(rules)
    counts: dict[frozenset[str], list[int]] = {}
    for number, groups in enumerate(sittings):
        for group in groups:
            for pair in map(frozenset, combinations(group, 2)):
                counts.setdefault(pair, []).append(number)
    for pair, numbers in counts.items():
        if pair in bound_by_rule:
            continue
        again += sum(1 for n in numbers[1:] if n >= len(plan.task.earlier))
    values = {"repeated": again}
    for aim in plan.aims:
        value = values.get(aim.code, aim.value)
        if aim.code == "spread":
            of = {person.code: person.value(aim.attribute) for person in people}
            value = sum(
                1
                for groups in plan.rounds
                for group in groups
                for a, b in combinations(group, 2)
                if a in of and b in of and of[a] == of[b]
            )
        if value != aim.value:
            faults.append(Fault("claim", -1, about=(aim.code, aim.attribute)))
        if aim.bound > value:
            faults.append(Fault("bound", -1, about=(aim.code, aim.attribute)))
    if len(plan.repeated) != again:
        faults.append(Fault("claim", -1, about=("repeated", "list")))
    return faults


def _kept_together(rules: Rules) -> set[frozenset[str]]:
    """Return all pairs that are together by the rules, directly or through others."""
    groups: list[set[str]] = []
    for pair in rules.together:
        touched = [group for group in groups if group.intersection(pair)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(pair).union(*touched))
    return {frozenset(p) for group in groups for p in combinations(group, 2)}
