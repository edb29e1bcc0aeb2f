"""
Merging what two people saved of one row, field by field.

Pure: knows no tables. ``base`` is what both began with, ``theirs`` what is kept now,
``ours`` what is being saved. Lists are merged entry by entry, so nobody is asked about
them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Collision:
    """A field that both changed, each to something else."""

    field: str
    theirs: Any
    ours: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """What comes of both: the fields on which they agree, and those on which they do not."""

    values: dict[str, Any]
    collisions: tuple[Collision, ...]


def merge(base: Values, theirs: Values, ours: Values) -> Merged:
    """
    Return both changes in one.

    A field that only one of them changed is as that one left it. Where both changed it
    to different texts, ``values`` holds ours, and the collision both.
    """
    values: dict[str, Any] = {}
    collisions = []
    for field, own in ours.items():
        kept, was = theirs.get(field), base.get(field)
        if own == was:
            values[field] = kept
        elif isinstance(own, list) and isinstance(kept, list):
            values[field] = _entries(was if isinstance(was, list) else [], kept, own)
        else:
            values[field] = own
            if kept not in (was, own):
                collisions.append(Collision(field, kept, own))
    return Merged(values, tuple(collisions))


def _entries(base: list[Any], theirs: list[Any], ours: list[Any]) -> list[Any]:
    """Return what both put in, without what either took out."""
    added, removed = set(ours) - set(base), set(base) - set(ours)
    return sorted((set(theirs) | added) - removed)
