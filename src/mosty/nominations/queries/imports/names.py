"""How a name in one cell is taken apart into given and family name."""

import re

# Titles that offices write before a name.
_TITLES = frozenset(
    [
        "pan",
        "pani",
        "p",
        "mgr",
        "dr",
        "inż",
        "inz",
        "hab",
        "prof",
        "lic",
        "mr",
        "mrs",
        "ms",
    ],
)
# Small words that belong to the family name behind them.
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "de",
        "der",
        "den",
        "del",
        "della",
        "da",
        "di",
        "du",
        "al",
        "el",
        "bin",
        "ibn",
    ]
)
_HYPHEN = re.compile(r"\s*[-‐‑–]\s*")


def split(text: str, *, family_first: bool) -> tuple[str, str] | None:
    """
    Return given and family name, or ``None`` where ``text`` is not two words at least.

    A comma says where the family name ends; capitals throughout say which word it is.
    Otherwise it is the first word or the last one, as the column's name says.
    """
    if "," in text:
        family, _comma, given = (part.strip() for part in text.partition(","))
        given = " ".join(_untitled(given.split()))
        return (given, family) if given and family else None
    words = _untitled(_HYPHEN.sub("-", text).split())
    if len(words) < 2:
        return None
    loud = [word for word in words if len(word) > 1 and word.isupper()]
    if loud and len(loud) < len(words):
        quiet = [word for word in words if word not in loud]
        return " ".join(quiet), " ".join(loud)
    if family_first:
        at = 1
        while at < len(words) - 1 and words[at - 1].casefold() in _PARTICLES:
            at += 1
        return " ".join(words[at:]), " ".join(words[:at])
    at = len(words) - 1
    while at > 1 and words[at - 1].casefold() in _PARTICLES:
        at -= 1
    return " ".join(words[:at]), " ".join(words[at:])


def _untitled(words: list[str]) -> list[str]:
    while len(words) > 2 and words[0].rstrip(".").casefold() in _TITLES:
        words = words[1:]
    return words
