"""The page of rules that no group can keep: what collides, and the least that mends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mosty.engines.selection import NamedLimit
from mosty.nominations.models import Call, DeadEnd
from mosty.nominations.rules import Balance, Memory
from mosty.nominations.rules.words import priority_words
from mosty.selection import words
from mosty.selection.models import Run
from mosty.selection.queries.costs import reached_cells


@dataclass(frozen=True, slots=True)
class Colliding:
    """One rule: in words as it is, and as it would be, or empty where it stays."""

    was: str
    now: str
    # It collides with the others here; else it is changed without being one of them.
    collides: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """One number of what the change would give."""

    what: str
    number: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What the page shows. Without ``limits`` nobody eligible is nominated."""

    call: Call
    version: int
    limits: list[Colliding]
    has_change: bool
    means: list[Meaning]


def is_dead_end(call: Call) -> bool:
    """Test if a draw has found that no group keeps the rules in force."""
    return DeadEnd.objects.filter(version=call.rules_version).exists()


def dead_end_of(call: Call) -> DeadEnd | None:
    """
    Return that the rules in force cannot be kept, if a draw has found that.

    Not once a draw stands: then they were kept after all.
    """
    found = (
        DeadEnd.objects.filter(version=call.rules_version)
        .select_related("version")
        .first()
    )
    if found is not None and (
        Run.objects.filter(call=call, kind=Run.Kind.DRAW)
        .exclude(state=Run.State.DISCARDED)
        .exists()
    ):
        return None
    return found


def repair_page(call: Call) -> Repair | None:
    """Return what the page shows, or None if there is nothing to mend; two queries."""
    found = dead_end_of(call)
    if found is None:
        return None
    changes = found.repair.get("changes", ())
    return Repair(
        call=call,
        version=found.version.number,
        limits=colliding(found.limits, changes),
        has_change=bool(changes),
        means=_meaning(call, found),
    )


def colliding(
    limits: Sequence[Mapping[str, Any]], changes: Sequence[Mapping[str, Any]]
) -> list[Colliding]:
    """Return what collides and what would change, each rule once; no queries."""
    found = [
        _colliding(
            item,
            next((one for one in changes if one["limit"] == item), None),
            collides=True,
        )
        for item in limits
    ]
    return found + [
        _colliding(change["limit"], change, collides=False)
        for change in changes
        if change["limit"] not in limits
    ]


def _colliding(
    item: Mapping[str, Any], change: Mapping[str, Any] | None, *, collides: bool
) -> Colliding:
    return Colliding(
        was=words.limit_words(NamedLimit(item["code"], item["params"])),
        now="" if change is None else _after(item, change["now"]),
        collides=collides,
    )


def _after(item: Mapping[str, Any], number: int) -> str:
    if item["code"] == "quota_least" and number == 0:
        return _("falls away")
    return words.limit_words(words.changed(item, number))


def _meaning(call: Call, found: DeadEnd) -> list[Meaning]:
    means = found.repair.get("means")
    if not means:
        return []
    rules = found.version.rules
    heads = [
        words.cost_head("seats"),
        *(priority_words(one, rules).rstrip(".") for one in rules.priorities),
        words.cost_head("smallest"),
        words.cost_head("without"),
        *(words.expected_words(attr, value) for attr, value, _n in means["expected"]),
    ]
    # A balance is a sum of differences, which tells nobody anything.
    dull = {
        place
        for place, one in enumerate(rules.priorities, 1)
        if isinstance(one, Balance)
    }
    numbers = [cell.text for cell in reached_cells(means)]
    for place, one in enumerate(rules.priorities, 1):
        # Beside these words a bare number would seem to count people.
        if isinstance(one, Memory):
            numbers[place] = words.measure_words(one, means["values"][place - 1])
    return [
        Meaning(what[:1].upper() + what[1:], number)
        for place, (what, number) in enumerate(zip(heads, numbers, strict=True))
        if place not in dull
    ]
