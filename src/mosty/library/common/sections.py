"""A section as it is typed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionText:
    """
    One section as it is typed. Without a ``key`` it is new.

    ``fits``: of a translation, that it says what the source says today.
    """

    key: str
    title: str
    text: str
    fits: bool = False
