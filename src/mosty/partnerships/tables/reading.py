"""Reading a table of actors or of ties: each cell into a value, or into a fault."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from mosty.kernel.names import fold
from mosty.kernel.refusal import Refusal
from mosty.kernel.sheets.mapping import Column, guess, known
from mosty.kernel.sheets.read import read
from mosty.kernel.sheets.table import Row, Sheet
from mosty.partnerships.tables import columns

# Of the table of actors, or of that of ties.
Values = Mapping[str, str]
_TEXTS = frozenset(columns.MOST)
_SEPARATORS = re.compile(r"[|,;]")


class CannotUse(Refusal):
    """The file is a table, but not one of actors or ties."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its values by key; a column that is not there has no key."""

    number: int
    values: Values


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line, and what would be right."""

    table: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """A table as it was read, with everything that is wrong in it."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def actors(content: bytes, name: str) -> Read:
    """
    Return a table of actors.

    :raises CannotRead: if it is no table.
    :raises CannotUse: if it has no column Label.
    """
    return _table(content, name, "actors", columns.ACTOR_COLUMNS)


def ties(content: bytes, name: str) -> Read:
    """
    Return a table of ties.

    :raises CannotRead: if it is no table.
    :raises CannotUse: if it has no columns From and To.
    """
    return _table(content, name, "ties", columns.TIE_COLUMNS)


def _table(content: bytes, name: str, table: str, wanted: Sequence[Column]) -> Read:
    sheet = read(content, name, known(wanted))
    places = guess(sheet.header, wanted)
    missing = [
        one.headers[0] for one in wanted if one.required and one.key not in places
    ]
    if missing:
        raise CannotUse(
            _("The file has no column %(columns)s.") % {"columns": ", ".join(missing)}
        )
    lines, faults = [], []
    for row in sheet.rows:
        line, wrong = _line(row, sheet, places, table)
        lines.append(line)
        faults += wrong
    return Read(tuple(lines), tuple(faults))


def _line(
    row: Row, sheet: Sheet, places: Mapping[str, int], table: str
) -> tuple[Line, list[Fault]]:
    values, faults = {}, []
    for key, at in places.items():
        text = str(row.cells[at])
        value, wrong = _value(key, text)
        values[key] = value
        faults += [
            Fault(table, row.line, f"{sheet.header[at]}: {sentence}")
            for sentence in wrong
        ]
    return Line(row.line, values), faults


def _value(key: str, text: str) -> tuple[str, list[str]]:
    if key in _TEXTS:
        most = columns.MOST[key]
        if len(text) <= most:
            return text, []
        return "", [_("at most %(most)d letters.") % {"most": most}]
    words = columns.words_of(key)
    if not words or not text:
        return text, []
    if key == "target_groups":
        parts = [part for part in _SEPARATORS.split(text) if part.strip()]
        found = [words.get(fold(part)) for part in parts]
        faults = [
            _unknown(key, part.strip())
            for part, one in zip(parts, found, strict=True)
            if one is None
        ]
        return "|".join(sorted({one for one in found if one})), faults
    code = words.get(fold(text))
    return (code, []) if code else ("", [_unknown(key, text)])


def _unknown(key: str, text: str) -> str:
    """Return what is not known, and what was perhaps meant."""
    words = columns.words_of(key)
    near = get_close_matches(fold(text), list(words), n=1, cutoff=0.6)
    if near:
        return _("“%(text)s” is not known. Did you mean “%(near)s”?") % {
            "text": text[:60],
            "near": words[near[0]],
        }
    return _("“%(text)s” is not known. Known are: %(codes)s.") % {
        "text": text[:60],
        "codes": ", ".join(columns.codes_of(key)),
    }
