"""The numbered list of a draw in public: as everybody reads it, and person by person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from mosty.engines.selection.casting import pseudonyms
from mosty.nominations.models import Call
from mosty.selection import words
from mosty.selection.models import NUMBERS, NumberedList


def list_of(call: Call) -> NumberedList | None:
    """Return the numbered list of ``call``, if it was made; one query, or none."""
    if not call.is_cast_in_public:
        return None
    return NumberedList.objects.filter(call=call).first()


@dataclass(frozen=True, slots=True)
class Group:
    """One group, under pseudonyms, and its numbers."""

    numbers: Sequence[str]
    people: Sequence[str]
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """How often one person is in the list, beside her chance."""

    code: str
    name: str
    chance: str
    numbers: int
    difference: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """What the page of a list shows."""

    digest: str
    input_digest: str
    made_at: datetime
    deviation: str
    number: str
    number_entered_at: datetime | None
    groups: Sequence[Group]
    people: Sequence[Listed]


def list_page(listed: NumberedList, *, with_codes: bool) -> ListPage:
    """Return what the page shows; codes only to those who know them. No query."""
    stored: dict[str, Any] = listed.numbered
    codes = list(listed.odds)
    names = pseudonyms(codes, listed.call.seed)
    numbers: dict[int, list[int]] = {}
    for number, index in enumerate(stored["cohorts"]):
        numbers.setdefault(index, []).append(number)
    groups = [
        Group(
            [f"{number:03}" for number in own],
            sorted(names[code] for code in stored["distinct"][index]),
            listed.number in own,
        )
        for index, own in numbers.items()
    ]
    return ListPage(
        digest=listed.digest,
        input_digest=listed.input_digest,
        made_at=listed.made_at,
        deviation=words.chance(stored["deviation"]),
        number="" if listed.number is None else f"{listed.number:03}",
        number_entered_at=listed.number_entered_at,
        groups=sorted(groups, key=lambda group: group.numbers[0]),
        people=_people(listed, names) if with_codes else [],
    )


def _people(listed: NumberedList, names: dict[str, str]) -> list[Listed]:
    stored = listed.numbered
    often = Counter(
        code for index in stored["cohorts"] for code in stored["distinct"][index]
    )
    return [
        Listed(
            code,
            names[code],
            words.chance(odds),
            often[code],
            words.chance(str(abs(Fraction(often[code], NUMBERS) - Fraction(odds)))),
        )
        for code, odds in sorted(listed.odds.items(), key=lambda item: names[item[0]])
    ]
