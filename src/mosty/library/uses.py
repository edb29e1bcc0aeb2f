"""
What builds on a practice, as apps above tell it: the library does not know them.

They say no more than the reader may see.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mosty.library.models import Practice
from mosty.library.policies import Viewer


@dataclass(frozen=True, slots=True)
class Use:
    """Something that builds on a practice: a plan of a city."""

    title: str
    language: str
    city: str
    url: str
    is_fictional: bool


Teller = Callable[[Practice, Viewer], Iterable[Use]]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Let ``teller`` say what builds on a practice; at the start."""
    if teller not in _tellers:
        _tellers.append(teller)


def of(practice: Practice, viewer: Viewer) -> Sequence[Use]:
    """Return what builds on ``practice`` and ``viewer`` may know of."""
    return tuple(use for teller in _tellers for use in teller(practice, viewer))
