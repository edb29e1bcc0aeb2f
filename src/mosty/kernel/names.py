"""How names are cleaned, compared and sorted, for any Unicode."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
# Letters that Unicode does not decompose, met in the languages of our users.
_PLAIN = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "æ": "ae",
        "Æ": "AE",
    }
)


def clean(text: str) -> str:
    """
    Return ``text`` in one Unicode form (NFC), without control characters, trimmed.

    Zero-width and direction characters go too: they hide one name inside another.
    Cleaning twice changes nothing more.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible = "".join(_visible(char) for char in text)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", visible)).strip()


def _visible(char: str) -> str:
    """Return the character, a space for any white space, nothing for what is unseen."""
    if char in "\t\r\n":
        return " "
    category = unicodedata.category(char)
    if category in {"Zs", "Zl", "Zp"}:
        return " "
    return "" if category in {"Cc", "Cf", "Cs", "Co", "Cn"} else char


def fold(text: str) -> str:
    """Return ``text`` for comparing: lower case, without diacritics or punctuation."""
    decomposed = unicodedata.normalize("NFKD", clean(text).translate(_PLAIN))
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _SPACES.sub(" ", re.sub(r"[^\w]+", " ", letters.casefold())).strip()


def sort_key(text: str) -> str:
    """
    Return a key that sorts as Polish does under the "C" collation.

    Every letter with a mark follows its plain letter (a, ą, b, c, ć, ..., z, ź, ż).
    Stored beside the name, so that the order is the same on every server, with ICU or
    without.
    """
    key = []
    for char in clean(text).casefold():
        parts = unicodedata.normalize("NFKD", char.translate(_PLAIN))
        base = "".join(part for part in parts if not unicodedata.combining(part))
        marks = "".join(part for part in parts if unicodedata.combining(part))
        # "~" sorts after every letter; the acute's code comes before the dot's.
        key.append(base if base == char else f"{base}~{marks}")
    return "".join(key)[:300]
