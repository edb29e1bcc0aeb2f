"""
Facts of the accessibility statement and the privacy page that are not in a text.

Whoever checks the pages again changes the dates here, by 31 March of each year.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this installation and answers for it; empty where nobody has said."""

    name: str
    contact: str


# The first version of the site, the statement itself, and the last look at it.
PUBLISHED_ON = date(2026, 11, 21)
PREPARED_ON = date(2026, 11, 21)
REVIEWED_ON = date(2026, 11, 21)


def operator() -> Operator:
    """Return who runs this installation, as its settings say."""
    return Operator(
        name=settings.OPERATOR,
        contact=settings.CONTACT,
    )
