"""Tables to be opened in a spreadsheet program, safely, and read back unchanged."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Literal

import xlsxwriter
from django.utils import timezone

from mosty.kernel.sheets import limits
from mosty.kernel.sheets.guard import guard
from mosty.kernel.sheets.table import number_text

Value = str | int | float | date | None
Dialect = Literal["utf8", "excel-pl"]

_LISTS = "_lists"
_WIDTHS = range(8, 61)
_DAY = "yyyy-mm-dd"
_MINUTE = "yyyy-mm-dd hh:mm"
# Excel takes 1900 for a leap year, so its earliest days are not ours.
_FIRST_DAY = date(1900, 3, 1)


def csv_bytes(
    header: Sequence[str], rows: Iterable[Sequence[Value]], *, dialect: Dialect = "utf8"
) -> bytes:
    """
    Return a CSV in which no cell is a formula.

    "utf8" has commas, decimal points and a byte order mark, for programs and for any
    letters. "excel-pl" is what an Excel with Polish settings opens by a double click:
    semicolons, decimal commas and Windows-1250; letters outside it lose their marks or
    become ``?`` (see :func:`lost_letters`). Dates are ISO in both.
    """
    polish = dialect == "excel-pl"
    stream = io.StringIO(newline="")
    # All quoted: the reader then can tell delimiters from text without guessing.
    writer = csv.writer(
        stream,
        delimiter=";" if polish else ",",
        quoting=csv.QUOTE_ALL,
        lineterminator="\r\n",
    )
    for row in chain([header], rows):
        texts = (_as_text(value, comma=polish) for value in row)
        # Before the guard: what a letter is replaced with could begin a formula.
        writer.writerow(
            [guard(_in_windows_1250(text) if polish else text) for text in texts]
        )
    return stream.getvalue().encode("windows-1250" if polish else "utf-8-sig")


def lost_letters(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Return, sorted, the letters that the dialect "excel-pl" cannot write."""
    letters = {
        letter
        for row in chain([header], rows)
        for value in row
        for letter in _as_text(value)
        if not _fits(letter)
    }
    return "".join(sorted(letters))


def _fits(letter: str) -> bool:
    try:
        letter.encode("windows-1250")
    except UnicodeEncodeError:
        return False
    return True


def _in_windows_1250(text: str) -> str:
    if _fits(text):
        return text
    return "".join(letter if _fits(letter) else _nearest(letter) for letter in text)


def _nearest(letter: str) -> str:
    plain = unicodedata.normalize("NFKD", letter)
    kept = "".join(part for part in plain if not unicodedata.combining(part))
    return kept if kept and _fits(kept) else "?"


def _as_text(value: Value, *, comma: bool = False) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            return number_text(value).replace(".", "," if comma else ".")
        case datetime():
            return _local(value).isoformat(" ", "minutes")
        case date():
            return value.isoformat()
    return _plain(str(value))


def _local(value: datetime) -> datetime:
    return timezone.make_naive(value) if timezone.is_aware(value) else value


def _plain(text: str) -> str:
    """Return ``text`` without what no file can hold: control characters and the like."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        char
        for char in lines
        if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs", "Cn"}
    ).strip()


def xlsx_bytes(
    header: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    title: str,
    choices: Mapping[int, Sequence[str]] | None = None,
) -> bytes:
    """
    Return a workbook with one table, its header frozen.

    All columns are text, so that "007" and "+48" stay what is typed; only numbers and
    dates that are given as such are written as such. ``choices`` maps a column's index
    to the answers that it offers as a drop-down list.
    """
    stream = io.BytesIO()
    # Rows go to a temporary file at once, so that memory does not grow with them.
    book = xlsxwriter.Workbook(stream, {"constant_memory": True})
    book.set_properties({"title": title})
    text = book.add_format({"num_format": "@", "valign": "top"})
    number = book.add_format({"valign": "top"})
    day = book.add_format({"num_format": _DAY, "valign": "top"})
    minute = book.add_format({"num_format": _MINUTE, "valign": "top"})
    bold = book.add_format(
        {"num_format": "@", "bold": True, "text_wrap": True, "bottom": 1}
    )

    sheet = book.add_worksheet(_sheet_name(title))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.hide_gridlines(0)
    widths = [len(name) for name in header]
    for at, name in enumerate(header):
        sheet.write_string(0, at, _plain(name), bold)
    for line, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            match value:
                case bool():
                    sheet.write_boolean(line, at, value, number)
                case int() | float():
                    sheet.write_number(line, at, value, number)
                case datetime() if value.date() >= _FIRST_DAY:
                    sheet.write_datetime(line, at, _local(value), minute)
                case date() if not isinstance(value, datetime) and value >= _FIRST_DAY:
                    sheet.write_datetime(line, at, value, day)
                case _:
                    # Never write(), which makes formulas and links out of text.
                    sheet.write_string(line, at, _as_text(value), text)
            if at < len(widths):
                widths[at] = max(widths[at], len(_as_text(value)))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(max(width + 2, _WIDTHS.start), _WIDTHS.stop), text)
    if choices:
        _offer(book, sheet, choices)
    book.close()
    return stream.getvalue()


def _sheet_name(title: str) -> str:
    """Return ``title`` as Excel allows it for a sheet: 31 characters, some of them not."""
    words = re.sub(r"[\[\]:*?/\\]+", " ", _plain(title)).split()
    name = " ".join(words)[:31].strip(" '")
    return "Table" if name.lower() in {"", "history", _LISTS} else name


def _offer(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    choices: Mapping[int, Sequence[str]],
) -> None:
    """Put the answers on a hidden sheet, since a list in the cell's rule is too short."""
    lists = book.add_worksheet(_LISTS)
    lists.hide()
    # Row by row, as the library wants it when it keeps no rows in memory.
    for line in range(max(map(len, choices.values()))):
        for at, answers in enumerate(choices.values()):
            if line < len(answers):
                lists.write_string(line, at, _plain(answers[line]))
    for at, (column, answers) in enumerate(choices.items()):
        if not answers:
            continue
        place = xlsxwriter.utility.xl_range_abs(0, at, len(answers) - 1, at)
        rule = {"validate": "list", "source": f"='{_LISTS}'!{place}"}
        sheet.data_validation(1, column, limits.MAX_ROWS, column, rule)
