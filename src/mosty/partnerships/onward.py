"""
Where the actors of a map go on to, as apps above tell it: into the plans of its city.

Maps do not know plans. What is told is for those who write on the map, and names no more
than they see there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mosty.partnerships.models import StakeholderMap
from mosty.partnerships.policies import Writer


@dataclass(frozen=True, slots=True)
class Choice:
    """One action that an actor may become partner of."""

    key: int
    words: str


@dataclass(frozen=True, slots=True)
class Group:
    """The actions of one plan."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Onward:
    """What the table of a map offers: the actions, and where a press is sent."""

    url: str
    # Empty: no action can be written now; ``why`` says so in a sentence.
    groups: tuple[Group, ...]
    why: str
    # Of which actions each actor is a partner already, by its key.
    partner_of: Mapping[str, tuple[Choice, ...]]

    @property
    def only(self) -> Choice | None:
        """Return the one action there is; None where somebody must choose."""
        choices = [one for group in self.groups for one in group.choices]
        return choices[0] if len(choices) == 1 else None


Teller = Callable[[StakeholderMap, Writer], Onward | None]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Let ``teller`` say where a map's actors go on to; at the start."""
    if teller not in _tellers:
        _tellers.append(teller)


def of(found: StakeholderMap, writer: Writer) -> Onward | None:
    """Return where the actors of ``found`` go on to for ``writer``; None: nowhere."""
    for teller in _tellers:
        if onward := teller(found, writer):
            return onward
    return None
