"""Changes by hand and on the day: a swap, a late-comer, a no-show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mosty.engines.errors import BadProblem
from mosty.engines.grouping.board import named
from mosty.engines.grouping.check import Fault, broken_rules
from mosty.engines.grouping.counting import plan_of, planned
from mosty.engines.grouping.mix import seat, steps_for
from mosty.engines.grouping.model import Aim, Person, Plan, Round, Task
from mosty.engines.grouping.units import Units, units


@dataclass(frozen=True, slots=True)
class Swap:
    """
    What it means if people change places: each aim before and after.

    ``broken`` are the rules that are broken afterwards and were kept before; ``mended``
    the other way round. Whoever asks decides; ``plan`` is the plan with the swap.
    """

    before: tuple[Aim, ...]
    after: tuple[Aim, ...]
    broken: tuple[Fault, ...]
    mended: tuple[Fault, ...]
    plan: Plan


def swap(plan: Plan, round_: int, a: str, b: str) -> Swap:
    """
    Return what it means if ``a`` and ``b`` change places in ``round_`` (from 0).

    :raises BadProblem: if there is no such round to be changed, they are not in it, or
        they sit together.
    """
    if not plan.held <= round_ < len(plan.rounds):
        raise BadProblem("no_such_round", round=round_ + 1)
    groups = plan.rounds[round_]
    home = {code: g for g, group in enumerate(groups) for code in group}
    for code in (a, b):
        if code not in home:
            raise BadProblem("not_in_round", code=code)
    if home[a] == home[b]:
        raise BadProblem("same_group", first=a, second=b)
    other = {a: b, b: a}
    changed = tuple(
        tuple(sorted(other.get(code, code) for code in group)) for group in groups
    )
    return _changed(plan, round_, changed)


def move(plan: Plan, round_: int, code: str, to: int) -> Swap:
    """
    Return what it means if ``code`` alone moves to the group ``to`` of ``round_``.

    Both are counted from 0.
    Sizes may then differ by more than one: whoever asks decides that, too.

    :raises BadProblem: if there is no such round to be changed or no such group, she is
        not in the round, is there already, or would leave a group without anybody.
    """
    if not plan.held <= round_ < len(plan.rounds):
        raise BadProblem("no_such_round", round=round_ + 1)
    groups = plan.rounds[round_]
    home = {one: g for g, group in enumerate(groups) for one in group}
    if code not in home:
        raise BadProblem("not_in_round", code=code)
    if not 0 <= to < len(groups) or to == home[code]:
        raise BadProblem("no_such_move", code=code, group=to + 1)
    if len(groups[home[code]]) == 1:
        raise BadProblem("group_of_nobody", group=home[code] + 1)
    changed = tuple(
        tuple(sorted((set(group) - {code}) | ({code} if g == to else set())))
        for g, group in enumerate(groups)
    )
    return _changed(plan, round_, changed)


def _changed(plan: Plan, round_: int, changed: Round) -> Swap:
    """Return what it means if a round's groups are ``changed``."""
    groups = plan.rounds[round_]
    rounds = (*plan.rounds[:round_], changed, *plan.rounds[round_ + 1 :])
    before = plan_of(plan.task, plan.rounds, plan.held)
    after = plan_of(plan.task, rounds, plan.held)
    rules, people = plan.task.rules, plan.task.people
    was = broken_rules(groups, people, rules, round_)
    now = broken_rules(changed, people, rules, round_)
    return Swap(
        before.aims,
        after.aims,
        tuple(fault for fault in now if fault not in was),
        tuple(fault for fault in was if fault not in now),
        after,
    )


def remix(
    plan: Plan,
    from_round: int,
    left: Iterable[str] = (),
    joined: Iterable[Person] = (),
    steps: int | None = None,
) -> Plan:
    """
    Return the plan for those who are here now, from ``from_round`` (from 0) on.

    What was held before stays. In what is to come the fewest people change their
    group; then the aims follow in their order. Rules on people who left are dropped.
    ``steps`` are those of the search, as for :func:`.mix.mix`.

    :raises BadProblem: if somebody is unknown or here already, or nobody is left.
    :raises NoPlan: if no grouping keeps the rules, or none was found.
    """
    if not plan.held <= from_round < len(plan.rounds):
        raise BadProblem("no_such_round", round=from_round + 1)
    task = _today(plan.task, frozenset(left), tuple(joined))
    parts = units(task)
    held, coming = plan.rounds[:from_round], plan.rounds[from_round:]
    homes = [_homes(parts, groups) for groups in coming]
    least = sum(_least_moved(task, groups) for groups in coming)
    taken = steps_for(task, steps)
    known = (*task.earlier, *held)
    seating, taken = seat(parts, len(coming), known, taken, homes, least)
    rounds = named(parts, seating)
    moved = sum(
        1
        for before, after in zip(coming, rounds, strict=True)
        for was, now in zip(before, after, strict=True)
        for code in was
        if code in parts.of and code not in now
    )
    aim = Aim("moved", moved, least)
    return planned(parts, (*held, *rounds), from_round, taken, aim)


def _today(task: Task, left: frozenset[str], joined: Sequence[Person]) -> Task:
    """Return ``task`` without who left and with who joined."""
    known = {person.code for person in task.people}
    for code in sorted(left):
        if code not in known:
            raise BadProblem("unknown_person", code=code)
    people = tuple(p for p in task.people if p.code not in left) + tuple(joined)
    rules = replace(
        task.rules,
        together=tuple(p for p in task.rules.together if not left.intersection(p)),
        apart=tuple(p for p in task.rules.apart if not left.intersection(p)),
    )
    return replace(task, people=people, rules=rules)


def _homes(parts: Units, groups: Round) -> dict[int, int]:
    """Return the group in which each unit has been until now, if all of it was there."""
    found = {}
    for u, codes in enumerate(parts.codes):
        own = {g for g, group in enumerate(groups) for code in codes if code in group}
        if len(own) == 1:
            found[u] = own.pop()
    return found


def _least_moved(task: Task, groups: Round) -> int:
    """
    Return the fewest people who must change their group for its size's sake.

    Each group keeps at most as many as it may have; the larger ones are those that
    still have most people.
    """
    here = {person.code for person in task.people}
    counts = Counter({g: len(here.intersection(own)) for g, own in enumerate(groups)})
    ordered = sorted(counts.values(), reverse=True)
    return sum(max(0, n - size) for n, size in zip(ordered, task.sizes(), strict=True))
