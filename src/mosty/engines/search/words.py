"""How a text becomes words, and a word its plain form, in any Unicode."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Letters that Unicode does not decompose, met in the languages of our readers.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i", "ґ": "г"}
)
_APOSTROPHES = "'’ʼ`´ʹ"
_HYPHENS = "-‐‑"
_LETTERS = r"[^\W_\u0300-\u036f][^\W_]*(?:[\u0300-\u036f]+[^\W_]*)*"
_WORD = re.compile(f"{_LETTERS}(?:[{_HYPHENS}{_APOSTROPHES}]{_LETTERS})*")
_HYPHEN = re.compile(f"[{_HYPHENS}]")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_SPACES = {"Zs", "Zl", "Zp"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", *_SPACES}
# Longer ones are no words: the index of a column has a limit, and so has patience.
LONGEST = 60


class Word(NamedTuple):
    """One word of a text: as it is written there, in small letters, and where."""

    text: str
    start: int
    end: int
    # Counted from 0 over all words of the text; parts of a compound count each.
    place: int
    # Not the whole of a compound, whose parts come besides.
    is_part: bool = True


def visible(text: str) -> str:
    """
    Return ``text`` in one Unicode form (NFC), without characters that nobody sees.

    Lines stay. Doing it twice changes nothing more.
    """
    if text.isascii() and text.isprintable():
        return text
    kept = "".join(
        char
        if char in "\n\t" or unicodedata.category(char) not in _UNSEEN
        else (" " if unicodedata.category(char) in _SPACES else "")
        for char in text
    )
    return unicodedata.normalize("NFC", kept)


def fold(word: str) -> str:
    """Return ``word`` for comparing: small letters without marks and apostrophes."""
    decomposed = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    # One character may become many: what is kept has a limit.
    return "".join(char for char in decomposed if char.isalnum())[: 2 * LONGEST]


def words(text: str) -> Iterator[Word]:
    """
    Yield the words of ``text``; of a compound (anti-rumour) each part, then the whole.

    The whole stands, without its hyphens, in the place of the first part. Offsets are
    those of ``text``, which must be :func:`visible`.
    """
    place = 0
    for found in _WORD.finditer(text):
        written = found.group()
        if written.isalnum():
            yield Word(written.lower()[:LONGEST], *found.span(), place)
            place += 1
            continue
        parts = [*_parts(written, found.start())]
        for number, (part, start) in enumerate(parts):
            yield Word(_as_said(part), start, start + len(part), place + number)
        if len(parts) > 1:
            joined = _as_said(_HYPHEN.sub("", written))
            yield Word(joined, found.start(), found.end(), place, is_part=False)
        place += len(parts)


def _parts(compound: str, start: int) -> Iterator[tuple[str, int]]:
    for part in _HYPHEN.split(compound):
        yield part, start
        start += len(part) + 1


def _as_said(written: str) -> str:
    """Return a word in small letters, with one kind of apostrophe, without an 's."""
    said = _APOSTROPHE.sub("'", written.lower())
    return said.removesuffix("'s")[:LONGEST]
