"""What a bench promises, and the rows in which it says what it measured."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """
    One promise. It stands in the table whether or not it could be measured.

    ``why`` it is missed and what is ``next`` are written by hand, and shown while it is.
    """

    key: str
    what: str
    promise: str
    why: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """
    One thing that was measured.

    Either of a ``goal``, by its key, then with ``met``; or of nothing that was promised,
    then with ``what`` it is. ``floor`` and ``peer`` are in the same ``unit``.
    """

    value: float
    unit: str = ""
    goal: str = ""
    met: bool | None = None
    what: str = ""
    floor: float | None = None
    peer: float | None = None
    # How many times of the floor, or how many times faster than the peer.
    ratio: float | None = None
    note: str = ""


@dataclass(slots=True)
class Asked:
    """How a bench is to run; ``facts`` takes what it ran on besides the machine."""

    peer: bool = True
    peer_python: str | None = None
    spark: bool = True
    # Of the rows that take long to make; less than all of them proves nothing.
    share: float = 1.0
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Test if what is measured may be kept."""
        return self.peer and self.spark and self.share == 1.0
