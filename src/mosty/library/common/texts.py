"""Texts that people type, as they are kept: plain, in one form, without control signs."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.text import slugify

from mosty.kernel.names import clean, fold

# Ends of lines in all their spellings; what the eye cannot see and no language needs.
_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
# They make a line read as other than it is written. Marks that Arabic, Hebrew or
# Persian need (U+200C to U+200F) stay.
_TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def prose(text: str) -> str:
    """Return a text of several lines as it is kept. Doing it twice changes nothing more."""
    lines = _ENDS.sub("\n", text).split("\n")
    kept = (_UNSEEN.sub("", _TURNING.sub("", line)).rstrip() for line in lines)
    return unicodedata.normalize("NFC", "\n".join(kept)).strip("\n").rstrip()


def line(text: str) -> str:
    """Return a text of one line as it is kept."""
    return clean(text)


# Words that stand where an address of a practice or tool could.
_TAKEN = frozenset({"new", "feed"})


def free_address(title: str, taken: Iterable[str]) -> str:
    """Return an address for ``title`` that is none of ``taken``, which begin like it."""
    wanted = address(title)
    known = _TAKEN | set(taken)
    slug, number = wanted, 2
    while slug in known:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def address(title: str) -> str:
    """Return the words of a page's address for ``title``."""
    return slugify(fold(title))[:60].strip("-") or "untitled"
