"""What a plan comes to, counted anew from its groups."""

from collections import Counter
from collections.abc import Iterable, Sequence

from mosty.engines.grouping.bounds import least_repeated, least_spread
from mosty.engines.grouping.model import (
    Aim,
    Pair,
    Plan,
    Repeat,
    Round,
    Task,
    pairs_in,
)
from mosty.engines.grouping.units import Units, units


def met_in(rounds: Iterable[Round], codes: Iterable[str]) -> frozenset[Pair]:
    """Return the pairs of ``codes`` that sat together in ``rounds``."""
    here = frozenset(codes)
    return frozenset(
        pair
        for groups in rounds
        for pair in pairs_in(here.intersection(group) for group in groups)
    )


def repeats(
    task: Task, within: frozenset[Pair], rounds: Sequence[Round]
) -> list[Repeat]:
    """Return, round by round, each pair that sits together again, but by a rule."""
    known = {pair for groups in task.earlier for pair in pairs_in(groups)}
    found = []
    for number, groups in enumerate(rounds):
        pairs = [pair for pair in pairs_in(groups) if pair not in within]
        found += [Repeat(number, pair) for pair in sorted(pairs) if pair in known]
        known.update(pairs)
    return found


def alike(task: Task, attribute: str, rounds: Iterable[Round]) -> int:
    """Return how many pairs in a group have the same value of ``attribute``."""
    values = {person.code: person.value(attribute) for person in task.people}
    found = 0
    for groups in rounds:
        for group in groups:
            counts = Counter(values[code] for code in group if code in values)
            found += sum(n * (n - 1) // 2 for n in counts.values())
    return found


def plan_of(task: Task, rounds: Sequence[Round], held: int = 0) -> Plan:
    """
    Return groups that are known already as a plan, such as those of a page.

    The first ``held`` rounds are past. Whether rules are kept is for
    :func:`mosty.engines.grouping.check`.

    :raises BadProblem: if rules contradict each other or ask for too much.
    """
    return planned(units(task), rounds, held)


def planned(
    units: Units,
    rounds: Sequence[Round],
    held: int = 0,
    steps: int = 0,
    moved: Aim | None = None,
) -> Plan:
    """
    Return ``rounds`` as a plan, with what they come to and what could not be less.

    The first ``held`` are past: they count into value and bound alike. ``steps`` is how
    many the search took; ``moved`` the aim of few changes, where there was one.
    """
    task = units.task
    past, coming = rounds[:held], rounds[held:]
    found = repeats(task, units.within, rounds)
    before = sum(1 for one in found if one.round < held)
    known = (*task.earlier, *past)
    least = least_repeated(units, len(coming), met_in(known, units.of), known)
    aims = [Aim("repeated", len(found), before + least)]
    for attribute in task.rules.spread:
        was = alike(task, attribute, past)
        now = alike(task, attribute, coming)
        bound = len(coming) * least_spread(units, attribute)
        aims.append(Aim("spread", was + now, was + bound, attribute))
    if moved is not None:
        aims.insert(0, moved)
    return Plan(task, tuple(rounds), tuple(aims), tuple(found), held, steps)
