"""
What a participant is asked about her course, as apps above tell it.

Courses do not know surveys. What is told stands on her own page, and nothing is kept of
who has seen it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mosty.selection.models import Offer


@dataclass(frozen=True, slots=True)
class Asked:
    """One set of questions that takes answers now."""

    words: str
    # The same for everybody who is asked.
    address: str
    until: datetime


Teller = Callable[[Offer, datetime], list[Asked]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Let ``teller`` say what participants are asked; at the start."""
    if teller not in _tellers:
        _tellers.append(teller)


def of(offer: Offer, now: datetime) -> list[Asked]:
    """Return what the holder of the seat ``offer`` is asked at ``now``, soonest end first."""
    found = [asked for teller in _tellers for asked in teller(offer, now)]
    return sorted(found, key=lambda asked: asked.until)
