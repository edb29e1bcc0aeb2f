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
    """
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(
        " "
        if unicodedata.category(char) in {"Zs", "Zl", "Zp"} or char in "\t\r\n"
        else char
        for char in composed
        if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
        or char in "\t\r\n"
    )
    return _SPACES.sub(" ", visible).strip()


def fold(text: str) -> str:
    """Return ``text`` for comparing: lower case, without diacritics or punctuation."""
    decomposed = unicodedata.normalize("NFKD", clean(text).translate(_PLAIN))
    letters = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _SPACES.sub(" ", re.sub(r"[^\w]+", " ", letters.casefold())).strip()


def sort_key(text: str) -> str:
    """
    Return a key that sorts as Polish does under the "C" collation.

    Every letter with a mark follows its plain letter (a, ą, b, c, ć, ...). Stored
    beside the name, so that the order is the same on every server, with ICU or without.
    """
    key = []
    for char in clean(text).casefold():
        plain = unicodedata.normalize("NFKD", char.translate(_PLAIN))
        base = "".join(part for part in plain if not unicodedata.combining(part))
        key.append(base if base == char else f"{base}~")
    return "".join(key)[:300]
