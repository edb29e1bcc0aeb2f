"""Single cells as offices fill them in: dates, choices, addresses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Literal, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from mosty.kernel.names import clean, fold
from mosty.kernel.refusal import Refusal
from mosty.kernel.sheets.table import Cell

Value = TypeVar("Value")

_MONTHS = (
    ("styczen stycznia sty i january jan", 1),
    ("luty lutego lut ii february feb", 2),
    ("marzec marca mar iii march", 3),
    ("kwiecien kwietnia kwi iv april apr", 4),
    ("maj maja v may", 5),
    ("czerwiec czerwca cze vi june jun", 6),
    ("lipiec lipca lip vii july jul", 7),
    ("sierpien sierpnia sie viii august aug", 8),
    ("wrzesien wrzesnia wrz ix september sep sept", 9),
    ("pazdziernik pazdziernika paz x october oct", 10),
    ("listopad listopada lis xi november nov", 11),
    ("grudzien grudnia gru xii december dec", 12),
)
_MONTH = {name: number for names, number in _MONTHS for name in names.split()}
_YEARS = range(1900, 2101)
# A folded date, its month as a number or as "m" and its number where it was a word.
_DAY_FIRST = re.compile(
    r"(?:(?:(?P<day>\d{1,2}) )?m?(?P<month>\d{1,2}) )?(?P<year>\d{4})", re.ASCII
)
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4}) m?(?P<month>\d{1,2})(?: (?P<day>\d{1,2}))?", re.ASCII
)
# "since" before it, and "of the year" after it.
_AROUND = re.compile(r"^(?:od|since|from)\s+|(?<=\d)\s*(?:r\.?|roku?)$", re.IGNORECASE)
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2})?$")


class BadValue(Refusal):
    """A cell holds what cannot be used; the sentence says what it should hold."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as exact as it was written: ``first`` is its first day."""

    first: date
    precision: Literal["day", "month", "year"]


def _text(cell: Cell) -> str:
    text = clean(str(cell))
    if not text:
        raise BadValue(_("This cell is empty."))
    return text


def parse_dated(cell: Cell) -> Dated:
    """
    Return the date in ``cell``, which may be a month or a year only.

    Reads 01.03.2024, 1/3/2024 (day first), 2024-03-01, "1 marca 2024 r.", "1 III 2024",
    03.2024, "marzec 2024", 2024, each also after "od".

    :raises BadValue: if it is no date, or one that the calendar does not have.
    """
    if isinstance(cell, date):
        return _dated(cell.isoformat(), cell.year, cell.month, cell.day)
    text = _text(cell)
    bare = _AROUND.sub("", _TIME.sub("", text))
    # fold() makes one space of every separator, and "marca" of "MARCA".
    words = fold(bare).split()
    plain = " ".join(f"m{_MONTH[word]}" if word in _MONTH else word for word in words)
    found = _DAY_FIRST.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain)
    if found is None:
        raise BadValue(
            format_lazy(
                _("“{text}” is not a date. Write day, month and year: 01.03.2024."),
                text=text,
            )
        )
    month, day = (
        int(found[name]) if found[name] else None for name in ("month", "day")
    )
    return _dated(text, int(found["year"]), month, day)


def _dated(
    text: str, year: int, month: int | None = None, day: int | None = None
) -> Dated:
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise BadValue(
            format_lazy(
                _("“{text}” is not in the calendar. Correct the date."), text=text
            )
        ) from None
    if year not in _YEARS:
        raise BadValue(
            format_lazy(_("Check the year of the date “{text}”."), text=text)
        )
    return Dated(first, "day" if day else "month" if month else "year")


def parse_date(cell: Cell) -> date:
    """
    Return the day in ``cell``; a month or a year alone stands for its first day.

    :raises BadValue: as :func:`parse_dated` does.
    """
    return parse_dated(cell).first


def parse_choice(cell: Cell, choices: Mapping[Value, Sequence[object]]) -> Value:
    """
    Return the choice that ``cell`` names by any of its aliases, the first being its label.

    :raises BadValue: if none goes by that name; the nearest or all labels are offered.
    """
    text = _text(cell)
    by_name = {
        fold(str(alias)): key for key, names in choices.items() for alias in names
    }
    folded = fold(text)
    if folded in by_name:
        return by_name[folded]
    near = get_close_matches(folded[:100], by_name, n=1, cutoff=0.7)
    if near:
        raise BadValue(
            format_lazy(
                _("“{text}” is not one of the answers. Perhaps: {label}."),
                text=text,
                label=choices[by_name[near[0]]][0],
            )
        )
    raise BadValue(
        format_lazy(
            _("“{text}” is not one of the answers. Choose from: {labels}."),
            text=text,
            labels=", ".join(str(names[0]) for names in choices.values()),
        )
    )


def parse_email(cell: Cell) -> str:
    """
    Return the one e-mail address in ``cell``, its domain in small letters.

    :raises BadValue: if it is no address, or several.
    """
    text = _text(cell)
    inner = re.search(r"<([^<>]*)>", text)
    address = (inner[1] if inner else text).strip().removeprefix("mailto:")
    if address.count("@") > 1:
        raise BadValue(
            format_lazy(
                _("“{text}” is more than one e-mail address. Give one."), text=text
            )
        )
    local, _at, domain = address.strip(" ;,").rpartition("@")
    address = f"{local}@{domain.lower()}"
    try:
        validate_email(address)
    except ValidationError:
        raise BadValue(
            format_lazy(_("“{text}” is not an e-mail address. Correct it."), text=text)
        ) from None
    return address
