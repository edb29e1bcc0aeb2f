"""Two people changed one row at once: what each of them changed, put together."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Merge:
    """
    What comes of it: the value of each field, and the fields on which they disagree.

    ``taken`` are the fields in which only the others' change is new; a field at odds
    has the value of ``mine`` in ``values``.
    """

    values: dict[str, object]
    taken: tuple[str, ...]
    at_odds: tuple[str, ...]


def merge(
    base: Mapping[str, object], theirs: Mapping[str, object], mine: Mapping[str, object]
) -> Merge:
    """
    Return what comes of ``mine`` and ``theirs``, which both began from ``base``.

    Fields of ``mine`` count; one that is not in ``base`` counts as changed by both.
    """
    values = dict(mine)
    taken, at_odds = [], []
    for field, value in mine.items():
        if theirs[field] == value:
            continue
        if field in base and base[field] == value:
            values[field] = theirs[field]
            taken.append(field)
        elif field not in base or base[field] != theirs[field]:
            at_odds.append(field)
    return Merge(values, tuple(taken), tuple(at_odds))
