"""
Numbers of certificates: ``2026-7KQX-2M9PC``.

The year, eight letters that nobody guesses, and a ninth that tells when one of them, or
the order of two, was mistyped (the Luhn algorithm over our letters).
"""

import secrets

from mosty.kernel.tokens import CODE_LETTERS

RANDOM = 8
_BASE = len(CODE_LETTERS)


def new_serial(year: int) -> str:
    """Return a number for a certificate issued in ``year``."""
    body = "".join(secrets.choice(CODE_LETTERS) for _ in range(RANDOM))
    return _written(str(year), body + _check_letter(str(year), body))


def read(typed: str) -> str:
    """Return the number that somebody typed, as it is kept; nothing if it is none."""
    kept = "".join(one for one in typed.upper() if one.isalnum())[: 4 + RANDOM + 2]
    year, letters = kept[:4], kept[4:]
    if (
        len(letters) != RANDOM + 1
        or not (year.isascii() and year.isdecimal())
        or not set(letters) <= set(CODE_LETTERS)
        or _check_letter(year, letters[:-1]) != letters[-1]
    ):
        return ""
    return _written(year, letters)


def _written(year: str, letters: str) -> str:
    return f"{year}-{letters[:4]}-{letters[4:]}"


def _check_letter(year: str, body: str) -> str:
    total = 0
    for place, value in enumerate(reversed(_values(year + body))):
        doubled = value * (2 if place % 2 == 0 else 1)
        total += doubled // _BASE + doubled % _BASE
    return CODE_LETTERS[-total % _BASE]


def _values(text: str) -> list[int]:
    """Return the letters as numbers; digits of the year that are no letters of ours, too."""
    return [
        CODE_LETTERS.index(one) if one in CODE_LETTERS else int(one) for one in text
    ]
