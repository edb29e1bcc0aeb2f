"""Who may stand in the ledger: a user, the holder of a link, or the system."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """Anybody on whose behalf an action runs."""

    @property
    def ledger_key(self) -> str:
        """Return what identifies the actor, such as ``user:7``."""

    @property
    def ledger_label(self) -> str:
        """Return what a reader of the ledger sees, kept as it was at the time."""


@dataclass(frozen=True, slots=True)
class System:
    """The installation itself, doing what time demands (an offer expires)."""

    ledger_key: str = "system"
    ledger_label: str = "Mosty"


SYSTEM = System()
