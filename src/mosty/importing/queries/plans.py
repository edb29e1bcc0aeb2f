"""The dry run: what two plans have in common, whatever their rows become."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Protocol


class Row(Protocol):
    """What becomes of one row."""

    @property
    def kind(self) -> str:
        """Return one of its plan's kinds."""

    @property
    def mark(self) -> tuple[object, ...]:
        """Return what is different whenever something else would become of it."""


class Plan:
    """
    What an import would do; a base of frozen dataclasses, whose fields these are.

    ``missing`` columns stop it before any row is read.
    """

    # "error" and "same" besides what ``writes``.
    kinds: ClassVar[Sequence[str]]
    # The kinds of rows by which something is written.
    writes: ClassVar[Sequence[str]]
    rows: Sequence[Row]
    missing: Sequence[str]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Return how many rows there are of each kind."""
        found = Counter(row.kind for row in self.rows)
        return {kind: found[kind] for kind in self.kinds}

    @property
    def is_stopped(self) -> bool:
        """Test if something is wrong, so that nothing may be taken over."""
        return bool(self.missing or self.counts["error"])

    @property
    def can_be_taken(self) -> bool:
        """Test if there is something to take over and nothing in its way."""
        return not self.is_stopped and any(self.counts[kind] for kind in self.writes)

    @property
    def is_known(self) -> bool:
        """Test if everything in the file is there already."""
        return bool(self.rows) and self.counts["same"] == len(self.rows)

    @cached_property
    def digest(self) -> str:
        """Return what two plans share only if they would do the same."""
        found = hashlib.sha256()
        for row in self.rows:
            found.update(repr(row.mark).encode())
        return found.hexdigest()
