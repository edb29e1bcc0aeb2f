"""CSV as offices write it: which encoding, which delimiter, which rows."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice

from mosty.kernel.names import clean
from mosty.kernel.sheets import limits, refusals
from mosty.kernel.sheets.guard import unguard
from mosty.kernel.sheets.refusals import CannotRead
from mosty.kernel.sheets.table import Cell, Record, is_known

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The Polish letters whose bytes differ between the two old encodings, beside another
# letter: alone, the same bytes are signs such as a plus-minus.
_ONLY_POLISH = re.compile(r"[a-zA-Z][ąśźĄŚŹ]|[ąśźĄŚŹ][a-zA-Z]")
# Polish letters of UTF-8 that were once read as Windows-1250.
_SPOILT = re.compile("Ĺ‚|Ä…|Ä™|Ĺ›|Ăł|ĹĽ|Ä‡|Ĺ„|Ĺş")
_FIRST_LINE = re.compile(r"sep=([;,\t|])\r?\n?", re.IGNORECASE)
# In the order in which a tie is decided: Polish Excel writes semicolons.
_DELIMITERS = ";\t,"
_SAMPLE = 50  # rows, and never more than so many characters:
_SAMPLE_TEXT = 250_000
# Added after the last line; a text that holds it already is no table.
_END = "\x1eend\x1e"


def decode(content: bytes) -> tuple[str, str]:
    """
    Return the text of a CSV and the name of its encoding.

    :raises CannotRead: if it is no text.
    """
    try:
        for mark, encoding in _MARKS:
            if content.startswith(mark):
                return _checked(content.decode(encoding)), encoding.removesuffix("-sig")
        try:
            return _checked(content.decode("utf-8")), "utf-8"
        except UnicodeDecodeError:
            return _eight_bit(content)
    except UnicodeDecodeError:
        raise CannotRead(refusals.ENCODING) from None


def _eight_bit(content: bytes) -> tuple[str, str]:
    latin = content.decode("iso-8859-2")
    # Bytes from 80 to 9F are letters in Windows-1250 and nothing in ISO-8859-2.
    if not re.search("[\x80-\x9f]", latin):
        windows = content.decode("windows-1250", errors="ignore")
        if len(_ONLY_POLISH.findall(latin)) > len(_ONLY_POLISH.findall(windows)):
            return _checked(latin), "iso-8859-2"
    return _checked(content.decode("windows-1250")), "windows-1250"


def _checked(text: str) -> str:
    if "\x00" in text or _END in text:
        raise CannotRead(refusals.BINARY)
    return text


def is_spoilt(text: str) -> bool:
    """Test if Polish letters were damaged before the file came here."""
    return _SPOILT.search(text) is not None


def split_directive(text: str) -> tuple[str | None, str]:
    """Return the delimiter that Excel's first line ``sep=`` names, and the rest."""
    found = _FIRST_LINE.match(text)
    return (found[1], text[found.end() :]) if found else (None, text)


def sniff(text: str, known: Collection[str]) -> str:
    """
    Return the delimiter of ``text``.

    It is the one that shows most header names from ``known``, then the one under which
    all quotation marks are in place, then the one that cuts rows most evenly.
    """

    def score(delimiter: str) -> tuple[int, bool, float, int]:
        rows, _whole = _sample(text, delimiter, strict=False)
        widths = Counter(len(row) for row in rows if any(row))
        width, times = widths.most_common(1)[0] if widths else (1, 0)
        names = max(
            (sum(is_known(cell, known) for cell in row) for row in rows), default=0
        )
        if width == 1:
            return names, False, 0, 1
        _rows, in_place = _sample(text, delimiter, strict=True)
        return names, in_place, times / widths.total(), width

    # max() keeps the first of equals.
    best = max(_DELIMITERS, key=score)
    return best if score(best)[3] > 1 else ","


def _sample(text: str, delimiter: str, *, strict: bool) -> tuple[list[list[str]], bool]:
    """Return the first rows, and whether they could all be taken apart."""
    stream = io.StringIO(text[:_SAMPLE_TEXT], newline="")
    rows: list[list[str]] = []
    try:
        rows.extend(
            islice(csv.reader(stream, delimiter=delimiter, strict=strict), _SAMPLE)
        )
    except csv.Error:
        return rows, False
    return rows, True


def records(text: str, delimiter: str) -> Iterator[Record]:
    """
    Yield the rows that are not empty, numbered as a spreadsheet program shows them.

    :raises CannotRead: if a quotation mark is never closed.
    """
    kept: dict[str, str] = {}  # the same words again and again: clean each once
    number = 0
    try:
        for number, row in enumerate(csv.reader(_lines(text), delimiter=delimiter), 1):
            if row == [_END]:
                return
            if number > limits.MAX_LINES:
                raise CannotRead(refusals.TOO_MANY_ROWS)
            if row and row[-1].endswith(_END):
                raise CannotRead(refusals.open_quote(number))
            while row and not row[-1].strip():
                row.pop()
            cells: list[Cell] = []
            for raw in row:
                if raw not in kept:
                    kept[raw] = clean(unguard(raw))
                cells.append(kept[raw])
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield number, cells
    except csv.Error:
        # A lenient parser knows one error: a cell of more than 128 kB.
        raise CannotRead(refusals.open_quote(number + 1)) from None


def _lines(text: str) -> Iterator[str]:
    last = "\n"
    for last in io.StringIO(text, newline=""):
        yield last
    if last[-1] not in "\r\n":
        yield "\n"
    # Swallowed by the last cell when that one's quotation mark is still open.
    yield _END
