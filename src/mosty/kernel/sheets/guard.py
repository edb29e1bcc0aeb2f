"""
The guard against formulas in CSV, and its exact inverse.

A spreadsheet program takes a cell that begins with one of ``= + - @`` for a formula,
and a text inside a cell as well, when the file is opened with another delimiter than
it was written with. An apostrophe before the character makes it text.
"""

import re

# The full-width forms count as formulas in some regional settings. Tab and carriage
# return are dropped by the program, and what follows them then stands first.
_STARTS = r"[=+\-@\t\r＝＋－＠]"
# Where a cell may begin: at the beginning, or after what may be read as a delimiter.
_PLACE = r'(?:\A|(?<=[,;\t\r\n"]))'
# Texts that already have apostrophes there get one more, so that unguard is exact.
_GUARD = re.compile(rf"{_PLACE}(?='*{_STARTS})")
_UNGUARD = re.compile(rf"{_PLACE}'(?='*{_STARTS})")
# A negative number, or a lone dash for "nothing", is no formula.
_HARMLESS = re.compile(r"-(\d+([.,]\d+)?)?", re.ASCII)


def guard(text: str) -> str:
    """Return ``text`` so that no spreadsheet program runs it as a formula."""
    return text if _HARMLESS.fullmatch(text) else _GUARD.sub("'", text)


def unguard(text: str) -> str:
    """Return what :func:`guard` was given."""
    return _UNGUARD.sub("", text) if "'" in text else text
