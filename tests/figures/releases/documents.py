"""Small documents for tests, and all the worlds that two releases leave possible."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np

from mosty.engines.disclosure import TOTAL
from mosty.figures.releases.document import (
    Cell,
    Code,
    Dimension,
    Document,
    Measure,
    Table,
)
from tests.engines.disclosure.worlds import worlds

DIMENSIONS = {"a": ("a1", "a2", "a3"), "b": ("b1", "b2")}
PLACES = {"a": 0, "b": 1}
KINDS = tuple(product(*DIMENSIONS.values()))
WHAT = {"pl": "konsultacje", "en": "consultations"}


def text(words: str) -> dict[str, str]:
    """Return ``words`` in English."""
    return {"en": words}


def document(
    tables: Mapping[tuple[str, ...], Mapping[tuple[str, ...], int]],
    *,
    threshold: int = 5,
    number: int = 1,
    **fields: object,
) -> Document:
    """Return a document that counts these cells, by the dimensions of their table."""
    codes: dict[str, dict[str, None]] = {}
    for dims, cells in tables.items():
        for one in cells:
            for dim, code in zip(dims, one, strict=True):
                codes.setdefault(dim, {})[code] = None
    given: dict[str, object] = {
        "subject": "point:test",
        "title": text("The year in numbers"),
        "owner": text("Kraków"),
        "year": 2025,
        "number": number,
        "corrects": number - 1,
        "counted_at": "2026-01-10T10:00:00+01:00",
        "source": text("Records"),
        "measures": (Measure("n", text("Consultations"), WHAT, text("Every talk")),),
        "dimensions": tuple(
            Dimension(
                dim, text(dim), tuple(Code(one, text(one.upper())) for one in own)
            )
            for dim, own in codes.items()
        ),
        "tables": tuple(
            Table(
                "-".join(dims),
                text(" by ".join(dims)),
                "n",
                dims,
                threshold,
                tuple(Cell(one, value) for one, value in cells.items()),
            )
            for dims, cells in tables.items()
        ),
        "sensitive_threshold": 2 * threshold,
        "width": threshold,
    }
    return Document(**{**given, **fields})  # type: ignore[arg-type]  # as given


def of_people(
    dims: Sequence[tuple[str, ...]], people: Sequence[int], **fields: object
) -> Document:
    """Return what counts people, so many of each kind, by each of ``dims``."""
    tables = {}
    for own in dims:
        cells = dict.fromkeys(product(*(DIMENSIONS[name] for name in own)), 0)
        for kind, number in zip(KINDS, people, strict=True):
            cells[tuple(kind[PLACES[name]] for name in own)] += number
        tables[own] = cells
    return document(tables, threshold=3, **fields)


def ranges_of_two(
    old: Document, new: Document, rises: Mapping[str, int], most: int
) -> dict[tuple[int, str, tuple[str, ...]], tuple[int, int]]:
    """
    Return where the hidden numbers of two releases can lie, for who has both.

    She knows that in each table inner cells rose by no more than ``rises`` in all.
    """
    then, now = possible(old, most), possible(new, most)
    fits = np.ones((len(then), len(now)), dtype=bool)
    for table in new.tables:
        rise = np.zeros(fits.shape, dtype=np.int8)
        for cell in table.cells:
            if TOTAL not in cell.codes:
                before, after = (
                    _numbers(one, table, cell.codes) for one in (then, now)
                )
                rise += np.maximum(after[None, :] - before[:, None], 0)
        fits &= rise <= rises[table.key]
    sides = ((1, old, then[fits.any(axis=1)]), (2, new, now[fits.any(axis=0)]))
    return {
        (release, *cell): found
        for release, artefact, every in sides
        for cell, found in ranges(artefact, every).items()
    }


def ranges(
    artefact: Document, every: np.ndarray
) -> dict[tuple[str, tuple[str, ...]], tuple[int, int]]:
    """Return where the hidden numbers of a release lie in these worlds."""
    return {
        (table.key, cell.codes): (int(numbers.min()), int(numbers.max()))
        for table in artefact.tables
        for cell in table.cells
        if cell.value is None
        for numbers in [_numbers(every, table, cell.codes)]
    }


def possible(artefact: Document, most: int) -> np.ndarray:
    """Return the worlds in which all is as it was published; hidden is not 0."""
    every = worlds(len(KINDS), most).astype(np.int8)
    for table in artefact.tables:
        for cell in table.cells:
            numbers = _numbers(every, table, cell.codes)
            every = every[numbers >= 1 if cell.value is None else numbers == cell.value]
    return every


def _numbers(every: np.ndarray, table: Table, codes: Sequence[str]) -> np.ndarray:
    """Return the number that a cell has in each world."""
    chosen = [
        all(
            code in (TOTAL, kind[PLACES[name]])
            for name, code in zip(table.dimensions, codes, strict=True)
        )
        for kind in KINDS
    ]
    return every[:, chosen].sum(axis=1, dtype=np.int8)
