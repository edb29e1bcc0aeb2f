"""Which column of a table is which, when offices name them as they like."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise

from mosty.kernel.names import fold

# "telfon" is close to "telefon" (0.92); "imie" and "gmina" are not close (0.44).
_CLOSE = 0.8
# A longer header is a sentence, and comparing sentences letter by letter is slow.
_MAX_COMPARED = 80


@dataclass(frozen=True, slots=True)
class Column:
    """
    A column that an import can use.

    ``headers`` are the names it goes by, in any language, the commonest first.
    """

    key: str
    headers: tuple[str, ...]
    required: bool
    label: str | Promise


def known(columns: Iterable[Column]) -> frozenset[str]:
    """Return all names of ``columns``, folded, as :func:`.read.read` wants them."""
    return frozenset(fold(alias) for column in columns for alias in column.headers)


def guess(header: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """
    Return key -> index in ``header`` for each column that can be told.

    Exact names come first, then a name within a longer header ("telefon" in "telefon
    służbowy"), then names with a slip; the best pairs first, equals in the order given.
    No header is used twice.
    """
    names = [fold(name) for name in header]
    found: dict[str, int] = {}
    for likeness in (_same, _within, _close):
        pairs = _pairs(names, columns, found, likeness)
        # sorted() is stable: equals stay in the order of columns, then of headers.
        for _, key, index in sorted(pairs, key=lambda pair: -pair[0]):
            if key not in found and index not in found.values():
                found[key] = index
    return found


def _pairs(
    names: Sequence[str],
    columns: Sequence[Column],
    found: dict[str, int],
    likeness: Callable[[str, str], float],
) -> Iterator[tuple[float, str, int]]:
    used = set(found.values())
    for column in columns:
        if column.key in found:
            continue
        aliases = [fold(alias) for alias in column.headers]
        for index, name in enumerate(names):
            if name and index not in used:
                best = max((likeness(name, alias) for alias in aliases), default=0)
                if best:
                    yield best, column.key, index


def _same(name: str, alias: str) -> float:
    return float(name == alias)


def _within(name: str, alias: str) -> float:
    """Return which part of the header the alias is, where it stands in it as words."""
    return len(alias) / len(name) if f" {alias} " in f" {name} " else 0


def _close(name: str, alias: str) -> float:
    if len(name) > _MAX_COMPARED:
        return 0
    matcher = SequenceMatcher(None, name, alias, autojunk=False)
    if matcher.real_quick_ratio() < _CLOSE or matcher.quick_ratio() < _CLOSE:
        return 0
    ratio = matcher.ratio()
    return ratio if ratio >= _CLOSE else 0
