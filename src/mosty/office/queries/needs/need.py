"""One thing that waits for somebody."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits: how many, of what, and the button to it."""

    count: int
    text: str
    url: str
    label: str
    detail: str = ""
