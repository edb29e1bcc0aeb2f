"""
The XML inside a workbook, read in a stream and never laid out.

Not left to a spreadsheet library: those reserve memory for what a file claims to hold
(a count, a far corner), and where there is not so much, the whole process ends. Here
memory grows only with cells that are really there, up to the limits.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from xml.parsers import expat

from mosty.kernel.names import clean
from mosty.kernel.sheets import limits, refusals
from mosty.kernel.sheets.refusals import CannotRead
from mosty.kernel.sheets.table import Cell, letter, moment_cell

Element = tuple[str, dict[str, str]]
# Turns the number in a cell into what it shows, given the index of the cell's style.
Render = Callable[[str, int], Cell]

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_RANGE = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
# How the format writes characters that XML does not hold, such as _x000D_.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# Excel itself stops at 64,000 styles, each listed twice.
_MAX_ELEMENTS = 200_000
_MAX_CELLS = limits.MAX_COLUMNS * (limits.MAX_ROWS + limits.LEAD)


class _Scanner:
    """An expat parser that knows no entities, fed in pieces."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self.start
        self._parser.EndElementHandler = self.end

    def _doctype(self, *_: object) -> None:
        # No spreadsheet program writes one; it is where entities are defined.
        raise CannotRead(refusals.DAMAGED)

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """Take an opening tag."""

    def end(self, tag: str) -> None:
        """Take a closing tag."""

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """
        Take the next piece of the part, and in the end an empty ``last`` one.

        :raises CannotRead: if it is not well-formed or goes beyond a limit.
        """
        try:
            self._parser.Parse(piece, last)
        except (expat.ExpatError, ValueError, LookupError):
            raise CannotRead(refusals.DAMAGED) from None

    def close(self) -> None:
        """Let go of the parser, whose buffer may be large and which holds on to us."""
        del self._parser


def run(scanner: _Scanner, pieces: Iterable[bytes]) -> None:
    """Feed all ``pieces`` to ``scanner``."""
    with closing(scanner):
        for piece in pieces:
            scanner.feed(piece)
        scanner.feed(b"", last=True)


class _Elements(_Scanner):
    def __init__(self, wanted: Collection[str]) -> None:
        super().__init__()
        self.found: list[Element] = []
        self._wanted = wanted

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name in self._wanted:
            plain = {key.rpartition(":")[2]: value for key, value in attrs.items()}
            self.found.append((name, plain))
            if len(self.found) > _MAX_ELEMENTS:
                raise CannotRead(refusals.UNPACKS_TOO_BIG)


def elements(pieces: Iterable[bytes], wanted: Collection[str]) -> list[Element]:
    """Return tag and attributes of each ``wanted`` element, all without prefixes."""
    scanner = _Elements(wanted)
    run(scanner, pieces)
    return scanner.found


class _Texts(_Scanner):
    """Collects text within the tags that hold some, up to what one cell may have."""

    # Guides to pronunciation repeat the text of the cell in another script.
    _silent = False

    def __init__(self) -> None:
        super().__init__()
        self._text: list[str] = []
        self._length = 0

    def _begin(self) -> None:
        self._text = []
        self._length = 0

    def _listen(self, tag: str) -> None:
        if tag == "rPh":
            self._silent = True
        elif not self._silent:
            self._parser.CharacterDataHandler = self._take

    def _unlisten(self, tag: str) -> None:
        self._parser.CharacterDataHandler = None
        if tag == "rPh":
            self._silent = False

    def _take(self, text: str) -> None:
        # The rest of too long a text only shows that it is too long.
        if self._length <= limits.MAX_RAW_CELL:
            self._text.append(text)
            self._length += len(text)

    def _said(self) -> str:
        text = "".join(self._text)
        return (
            _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
            if "_x" in text
            else text
        )


class StringScanner(_Texts):
    """Takes the shared texts; ``texts`` then holds them, clean, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """
        Begin a text, or listen to a part of it.

        :raises CannotRead: if there are more texts than a sheet may have.
        """
        name = tag.rpartition(":")[2]
        if name == "si":
            self._begin()
            if len(self.texts) > _MAX_CELLS:
                raise CannotRead(refusals.UNPACKS_TOO_BIG)
        elif name in {"t", "rPh"}:
            self._listen(name)

    def end(self, tag: str) -> None:
        """Keep the text that ends."""
        name = tag.rpartition(":")[2]
        if name == "si":
            self.texts.append(clean(self._said()))
        elif name in {"t", "rPh"}:
            self._unlisten(name)


class SheetScanner(_Texts):
    """
    Takes one worksheet; ``rows`` then holds its filled cells by row and column, from 1.

    :raises CannotRead: from ``feed``, as soon as there are too many rows, or a filled
        cell lies too far to the right.
    """

    def __init__(self, texts: Sequence[str], render: Render) -> None:
        super().__init__()
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[tuple[int, int, int]] = []
        self._texts = texts
        self._cleaned: dict[str, str] = {}
        self._render = render
        self._row = self._column = 0
        self._kind = ""
        self._style = 0

    def start(self, tag: str, attrs: dict[str, str]) -> None:
        """
        Begin a row or a cell, listen to what it says, or note a merged range.

        :raises CannotRead: if a place or a range is written as none is.
        """
        name = tag.rpartition(":")[2]
        if name == "c":
            self._place(attrs.get("r"))
            self._kind = attrs.get("t", "n")
            self._style = int(attrs.get("s", 0))
            self._begin()
        elif name in {"v", "t", "rPh"}:
            self._listen(name)
        elif name == "row":
            self._row = int(attrs.get("r", self._row + 1))
            self._column = 0
        elif name == "mergeCell":
            self._merge(attrs.get("ref", ""))

    def _place(self, name: str | None) -> None:
        """Note where the cell lies; without a name, it follows the cell before it."""
        if name is None:
            self._column += 1
            return
        found = _PLACE.fullmatch(name.upper())
        if found is None:
            raise CannotRead(refusals.DAMAGED)
        self._column, self._row = _number(found[1]), int(found[2])

    def _merge(self, name: str) -> None:
        found = _RANGE.fullmatch(name.upper())
        if found is None:
            raise CannotRead(refusals.DAMAGED)
        first, last = int(found[2]), int(found[4])
        if first < last:
            self.merged.append((_number(found[1]), first, last))
        if len(self.merged) > _MAX_CELLS:
            raise CannotRead(refusals.DAMAGED)

    def end(self, tag: str) -> None:
        """Keep the cell that ends, unless it says nothing."""
        name = tag.rpartition(":")[2]
        if name in {"v", "t", "rPh"}:
            self._unlisten(name)
        elif name == "c" and self._text:
            value = self._value()
            if value:
                self._keep(value)

    def _value(self) -> Cell:
        text = self._said()
        match self._kind:
            case "s":
                return self._texts[int(text)]
            case "n":
                return self._render(text, self._style)
            case "b":
                return "TRUE" if text.strip() == "1" else "FALSE"
            case "d":
                return moment_cell(datetime.fromisoformat(text.strip()))
        # The same words again and again: clean each once.
        if text not in self._cleaned:
            self._cleaned[text] = clean(text)
        return self._cleaned[text]

    def _keep(self, value: Cell) -> None:
        if self._column > limits.MAX_COLUMNS:
            raise CannotRead(refusals.too_many_columns(letter(self._column - 1)))
        self.rows.setdefault(self._row, {})[self._column] = value
        if len(self.rows) > limits.MAX_ROWS + limits.LEAD:
            raise CannotRead(refusals.TOO_MANY_ROWS)


def _number(letters: str) -> int:
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - ord("A") + 1
    return number


def fill_merged(
    rows: Mapping[int, dict[int, Cell]], merged: Iterable[tuple[int, int, int]]
) -> bool:
    """
    Write each value merged over several rows into all of them that hold anything.

    :return: whether there was one.
    :raises CannotRead: if the ranges overlap, which no program writes.
    """
    bottom = max(rows)
    room = _MAX_CELLS
    found = False
    for column, first, last in merged:
        value = rows.get(first, {}).get(column)
        if value is None:
            continue
        lower = range(first + 1, min(last, bottom) + 1)
        room -= len(lower) + 1
        if room < 0:
            raise CannotRead(refusals.DAMAGED)
        for row in lower:
            if row in rows:
                rows[row][column] = value
                found = True
    return found
