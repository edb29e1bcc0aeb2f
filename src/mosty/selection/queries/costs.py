"""What each rule of a run costs: the result without it, beside that with all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from mosty.engines.selection import NamedLimit
from mosty.nominations.rules import Balance, Memory, parse
from mosty.nominations.rules.words import priority_words
from mosty.selection import words
from mosty.selection.models import Run


@dataclass(frozen=True, slots=True)
class Cell:
    """One number, and whether it is more or less than with all rules."""

    text: str
    change: Literal["", "more", "less"] = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The result without one rule; ``left_out`` is empty for all rules."""

    left_out: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Costs:
    """The table: heads of its columns, rows, and the priorities by their numbers."""

    run: Run
    heads: list[str]
    rows: list[Row]
    priorities: list[str]
    has_balance: bool
    has_memory: bool


def costs_page(run: Run) -> Costs:
    """Return what the page shows, from what was kept with the run; no query."""
    rules = parse(run.rules)
    stored: Sequence[Mapping[str, Any]] = run.costs or ()
    quotas = (
        [(attribute, value) for attribute, value, _n in stored[0]["expected"]]
        if stored
        else []
    )
    heads = [
        words.cost_head("seats"),
        *(
            _("Priority %(number)s") % {"number": number}
            for number in range(1, len(rules.priorities) + 1)
        ),
        words.cost_head("smallest"),
        words.cost_head("without"),
        *(words.expected_words(attribute, value) for attribute, value in quotas),
    ]
    return Costs(
        run=run,
        heads=heads,
        rows=[_row(item, stored[0]) for item in stored],
        priorities=[
            priority_words(priority, rules).rstrip(".") for priority in rules.priorities
        ],
        has_balance=any(isinstance(item, Balance) for item in rules.priorities),
        has_memory=any(isinstance(item, Memory) for item in rules.priorities),
    )


def reached_cells(item: Mapping[str, Any]) -> list[Cell]:
    """Return the numbers of one result, compared with nothing."""
    return [_cell(key, value, value) for key, value in _numbers(item)]


def _row(item: Mapping[str, Any], everything: Mapping[str, Any]) -> Row:
    left_out = ""
    if item["limit"] is not None:
        limit = NamedLimit(item["limit"]["code"], item["limit"]["params"])
        left_out = words.limit_words(limit)
    elif item["priority"] is not None:
        left_out = _("Priority %(number)s") % {"number": item["priority"]}
    pairs = zip(_numbers(item), _numbers(everything), strict=True)
    return Row(
        left_out, [_cell(kind, value, before) for (kind, value), (_k, before) in pairs]
    )


def _numbers(item: Mapping[str, Any]) -> list[tuple[str, Fraction | None]]:
    """Return the numbers of a result in the order of the columns, each with its kind."""
    smallest = item["smallest"]
    return [
        ("count", Fraction(item["seats"])),
        *(("count", _maybe(value)) for value in item["values"]),
        ("chance", _maybe(smallest)),
        ("count", Fraction(item["without"])),
        *(("expected", Fraction(number)) for _a, _v, number in item["expected"]),
    ]


def _maybe(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)


def _cell(kind: str, value: Fraction | None, before: Fraction | None) -> Cell:
    text = _text(kind, value)
    # Compared as they are read: a difference that is not seen is none.
    if value is None or before is None or text == _text(kind, before):
        return Cell(text)
    return Cell(text, "more" if value > before else "less")


def _text(kind: str, value: Fraction | None) -> str:
    if value is None:
        return "–"
    if kind == "chance":
        return words.chance(str(value))
    if kind == "expected":
        return number_format(round(float(value), 1), 1)
    return str(value)
