"""What a number in a workbook shows: a date, a time or the number itself."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from mosty.kernel.names import clean
from mosty.kernel.sheets.scan import Element, Render
from mosty.kernel.sheets.table import Cell, moment_cell, number_text

Shows = Literal["number", "date", "time"]

# The formats that a workbook need not define (ECMA-376, part 1, 18.8.30).
_DATES = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_TIMES = {*range(18, 22), *range(45, 48)}
# In a format: texts in quotes, single characters, fillers, and what stands in brackets
# (colours, languages, conditions) except elapsed hours, minutes and seconds.
_NO_FIELDS = re.compile(r'"[^"]*"|[\\_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_NAMES = {"general", "standard"}
STYLES = {"numFmt", "cellStyleXfs", "cellXfs", "xf"}
# The day after 31 December 9999, where calendars end.
_END = 2_958_466
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no time zone
# Excel took over a mistake: its calendar has a 29 February 1900.
_FALSE_DAY = 60
_SINCE_1904 = 1462


def shows(code: str) -> Shows:
    """Return what the number format ``code``, such as ``d.mm.yyyy``, shows."""
    fields = set(_NO_FIELDS.sub("", code).split(";")[0].lower())
    if code.lower() in _NAMES:
        return "number"
    if fields & set("dy"):
        return "date"
    if fields & set("hs"):
        return "time"
    return "date" if "m" in fields else "number"


def renderer(styles: Iterable[Element], *, from_1904: bool) -> Render:
    """Return how numbers are shown, from the elements :data:`STYLES` of a workbook."""
    kinds: dict[int, Shows] = {
        **dict.fromkeys(_DATES, "date"),
        **dict.fromkeys(_TIMES, "time"),
    }
    by_style: list[Shows] = []
    within = ""
    for tag, attrs in styles:
        if tag == "numFmt":
            kinds[int(attrs.get("numFmtId", 0))] = shows(attrs.get("formatCode", ""))
        elif tag in {"cellStyleXfs", "cellXfs"}:
            within = tag
        elif tag == "xf" and within == "cellXfs":
            by_style.append(kinds.get(int(attrs.get("numFmtId", 0)), "number"))

    def render(text: str, style: int) -> Cell:
        try:
            number = float(text)
        except ValueError:
            return clean(text)
        kind = by_style[style] if style < len(by_style) else "number"
        if kind != "number":
            day = number + _SINCE_1904 if from_1904 and kind == "date" else number
            if 0 <= day < _END:
                return _moment(day) if kind == "date" else _clock(day)
        return number_text(number)

    return render


def _moment(day: float) -> Cell:
    # Fractions of a day are not exact: to the second.
    seconds = round(day * 86_400)
    shift = 1 if day < _FALSE_DAY else 0
    shifted = timedelta(days=shift, seconds=seconds)
    return moment_cell(_EPOCH + shifted)


def _clock(day: float) -> str:
    minutes, seconds = divmod(round(day * 86_400), 60)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{text}:{seconds:02}" if seconds else text
