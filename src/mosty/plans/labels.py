"""
What the cells of a table call the things an action is linked with, and back again.

Pure: knows no tables. A cell holds words, since people read it; where two things are
called alike, each gets the beginning of its key.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from mosty.kernel.names import clean, fold

BETWEEN = "|"


class Labels:
    """The words of each key, none of them twice."""

    def __init__(self, named: Mapping[str, Sequence[str]]) -> None:
        """Take the names of each key: the first is written, all of them are read."""
        owners: dict[str, set[str]] = {}
        names = {
            key: [clean(text.replace(BETWEEN, " ")) for text in texts]
            for key, texts in named.items()
        }
        for key, texts in names.items():
            for text in texts:
                owners.setdefault(fold(text), set()).add(key)
        self._words: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        for key, texts in names.items():
            for text in texts:
                marked = f"{text} #{key[:8]}"
                alone = bool(fold(text)) and owners[fold(text)] == {key}
                self._words.setdefault(key, text if alone else marked)
                self._keys.setdefault(fold(marked), key)
                if alone:
                    self._keys[fold(text)] = key

    def cell(self, keys: Iterable[str]) -> str:
        """Return what a cell says of ``keys``; a key without words is left out."""
        words = [self._words[key] for key in keys if key in self._words]
        return f" {BETWEEN} ".join(sorted(words, key=lambda text: (fold(text), text)))

    def read(self, cell: str) -> tuple[list[str], list[str]]:
        """Return the keys that ``cell`` names, in order, and the words that name nothing."""
        parts = [part for text in cell.split(BETWEEN) if (part := clean(text))]
        keys = {self._keys[fold(part)] for part in parts if fold(part) in self._keys}
        return sorted(keys), [one for one in parts if fold(one) not in self._keys]

    def nearest(self, words: str) -> str:
        """Return the label most like ``words``; empty if none is like them."""
        near = get_close_matches(fold(words)[:100], self._keys, n=1, cutoff=0.7)
        return self._words[self._keys[near[0]]] if near else ""
