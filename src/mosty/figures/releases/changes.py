"""
What an earlier release tells of a correction, and the correction of it.

Readers have both. They may guess that little has changed, and how much: the audit takes
it that they know how many records came and went in each table, to the number. Then what
one release hides must not follow from what the other shows.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from mosty.engines import disclosure as engine
from mosty.figures.releases.document import Document, Table
from mosty.figures.releases.system import key_of


@dataclass(frozen=True, slots=True)
class Earlier:
    """A release that is published: what everybody sees, and what was counted for it."""

    artefact: Document
    counts: Document

    @property
    def mark(self) -> str:
        """Return the mark by which its numbers are told from others'."""
        return str(self.artefact.number)


def rises_and_falls(new: Document, old: Document) -> Iterator[tuple[Table, int, int]]:
    """Yield each table that both count, by how much cells rose, and by how much they fell."""
    for table in new.tables:
        before = old.table(table.key)
        if before is None or not is_same(new, table, old, before):
            continue
        now, then = table.by_codes, before.by_codes
        steps = [
            (now.get(codes) or 0) - (then.get(codes) or 0) for codes in {*now, *then}
        ]
        rise = sum(step for step in steps if step > 0)
        yield table, rise, -sum(step for step in steps if step < 0)


def changed(new: Document, old: Document) -> int:
    """Return how many records changed at least: nobody sees fewer by comparing."""
    return max(
        (max(rise, fall) for _, rise, fall in rises_and_falls(new, old)), default=0
    )


def is_same(new: Document, table: Table, old: Document, before: Table) -> bool:
    """Test if two tables count the same in the same way."""
    return table.dimensions == before.dimensions and (
        table.measure,
        new.measure(table.measure).method,
    ) == (before.measure, old.measure(before.measure).method)


def told_before(new: Document, old: Document, *, shown: bool) -> list[engine.Key]:
    """
    Return the numbers of ``new`` that ``old`` has shown, or those that it has hidden.

    What was hidden stays so; what was shown would not be unknown by being hidden now.
    """
    found = []
    for table in new.tables:
        before = old.table(table.key)
        if before is not None and before.dimensions == table.dimensions:
            found += [
                key_of(table, cell.codes)
                for cell in before.cells
                if (cell.value is not None) is shown
            ]
    return found


def statements(
    counts: Document, artefact: Document, earlier: Earlier, *, mark: str = ""
) -> list[engine.Statement]:
    """
    Return what links the numbers of a new release to those of an earlier one.

    Each inner cell is what it was, less what went, plus what came; of each table, no more
    came than ``counts`` say beside those of the earlier release. ``artefact`` is the
    new release as it would be published; ``mark``, its own where it is an earlier one too.
    """
    found: list[engine.Statement] = []
    old = earlier.mark
    for table, rise, _ in rises_and_falls(counts, earlier.counts):
        now, then = artefact.table(table.key), earlier.artefact.table(table.key)
        old_counts = earlier.counts.table(table.key)
        if now is None or then is None or old_counts is None:
            continue
        words = f"{table.key}: what changed since release {old}"
        rest: list[tuple[engine.Key, int]] = []
        for codes in sorted({*table.by_codes, *old_counts.by_codes}):
            pairs = frozenset(zip(table.dimensions, codes, strict=True))
            went = engine.Key(f"went from {table.key} ({old})", pairs)
            terms = [(went, 1)]
            if codes in now.by_codes:
                terms.append((key_of(now, codes, mark=mark), 1))
            if codes in then.by_codes:
                terms.append((key_of(then, codes, mark=old), -1))
            found.append(engine.Statement(tuple(terms), 0, None, words))
            rest.append((went, 1))
        whole = (engine.TOTAL,) * len(table.dimensions)
        if whole in now.by_codes and whole in then.by_codes:
            rest.append((key_of(now, whole, mark=mark), 1))
            rest.append((key_of(then, whole, mark=old), -1))
            found.append(engine.Statement(tuple(rest), None, rise, words))
    return found
