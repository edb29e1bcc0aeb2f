"""
What a note must not hold: e-mail addresses, phone numbers, PESEL numbers.

A net with wide meshes: it catches what people type in a hurry, not what is hidden.
"""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w{2,}")
# Digits as people part them: 600 700 800, +48 (71) 123-45-67.
NUMBER = re.compile(r"\+?\(?\d(?:[\s().\-/\u2011\u2013\u00a0]{0,2}\d)+")
# Days look like numbers and are none: 2026-03-05, 5.03.2026.
DAY = re.compile(
    r"(?<!\d)(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{4})(?!\d)"
)
LEAST_DIGITS_OF_A_PHONE = 9
PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


def why_not(note: str) -> Promise | None:
    """Return why ``note`` cannot be kept, in a sentence; None if it can."""
    if EMAIL.search(note):
        return _(
            "The text holds an e-mail address. Remove it: no contact data is kept."
        )
    numbers = [
        re.sub(r"\D", "", found) for found in NUMBER.findall(DAY.sub(" | ", note))
    ]
    if any(is_pesel(digits) for digits in numbers):
        return _("The text holds a PESEL number. Remove it: nobody is named here.")
    if any(len(digits) >= LEAST_DIGITS_OF_A_PHONE for digits in numbers):
        return _(
            "The text holds a phone number, or another long number. Remove it: no "
            "contact data is kept."
        )
    return None


def is_pesel(digits: str) -> bool:
    """Test if eleven digits are a PESEL number by its checksum."""
    if len(digits) != 11:
        return False
    # strict=False: the last digit is the check, and has no weight.
    total = sum(
        int(digit) * weight
        for digit, weight in zip(digits, PESEL_WEIGHTS, strict=False)
    )
    return (10 - total % 10) % 10 == int(digits[10])
