"""A document as the disclosure engine sees it, and the engine's tables as a document's."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mosty.engines import disclosure as engine
from mosty.figures.releases.document import Cell, Document, Measure, Table


def hierarchies(documents: Sequence[Document]) -> list[engine.Hierarchy]:
    """Return what lies in what, for each dimension in which something does."""
    parents: dict[str, dict[str, str]] = {}
    for document in documents:
        for dimension in document.dimensions:
            if any(code.parent for code in dimension.codes):
                parents.setdefault(dimension.key, {}).update(
                    {code.code: code.parent or engine.TOTAL for code in dimension.codes}
                )
    return [engine.Hierarchy(name, up) for name, up in sorted(parents.items())]


def before(document: Document) -> list[engine.Table]:
    """Return the tables with all that they count; those without a record are left out."""
    found = []
    for table in document.tables:
        if not any(cell.value for cell in table.cells):
            continue
        sensitive = {
            (key, code.code): document.sensitive_threshold
            for key in table.dimensions
            for code in document.dimension(key).codes
            if code.sensitive
        }
        values = {cell.codes: cell.value or 0 for cell in table.cells}
        found.append(
            engine.Table(
                table.key,
                table.dimensions,
                values,
                table.threshold,
                sensitive,
                table.measure,
                width=table.width,
            )
        )
    return found


def after(document: Document, *, mark: str = "") -> list[engine.Protected]:
    """
    Return what a protected document publishes.

    With a ``mark`` its numbers are others than those of documents with another one.
    """
    where = (("release", mark),) if mark else ()
    return [
        engine.Protected(
            f"{table.key} ({mark})" if mark else table.key,
            table.dimensions,
            {
                cell.codes: engine.Cell(
                    cell.value,
                    "hidden" if cell.value is None else "",
                    threshold_of(document, table, cell.codes),
                )
                for cell in table.cells
            },
            measure_in(table.measure, mark),
            where,
        )
        for table in document.tables
        if table.cells
    ]


def threshold_of(document: Document, table: Table, codes: Sequence[str]) -> int:
    """Return by how much a number of the table is open where it is hidden."""
    sensitive = False
    for key, code in zip(table.dimensions, codes, strict=True):
        one = document.dimension(key).by_code.get(code)
        sensitive = sensitive or (one is not None and one.sensitive)
    own = max(table.threshold, table.width, document.width)
    return max(own, document.sensitive_threshold) if sensitive else own


def measure_in(measure: str, mark: str) -> str:
    """Return the name of a measure as one release counts it."""
    return f"{measure}@{mark}" if mark else measure


def key_of(
    table: Table, codes: Sequence[str], measure: str = "", mark: str = ""
) -> engine.Key:
    """Return the engine's key of a cell, or of the same cell of another ``measure``."""
    pairs = {
        pair
        for pair in zip(table.dimensions, codes, strict=True)
        if pair[1] != engine.TOTAL
    }
    if mark:
        pairs.add(("release", mark))
    return engine.Key(measure_in(measure or table.measure, mark), frozenset(pairs))


def published(document: Document, tables: Sequence[engine.Protected]) -> Document:
    """Return the document with the engine's protected tables in place of its own."""
    by_name = {table.name: table for table in tables}
    return document.with_tables(
        tuple(
            replace(
                table,
                cells=tuple(_cells(document, by_name[table.key]))
                if table.key in by_name
                else (),
            )
            for table in document.tables
        )
    )


def _cells(document: Document, table: engine.Protected) -> Iterator[Cell]:
    """Yield the cells in the order of the codes, sums last."""
    places = [
        {code.code: place for place, code in enumerate(document.dimension(key).codes)}
        for key in table.dimensions
    ]

    def order(codes: tuple[str, ...]) -> tuple[tuple[bool, int, str], ...]:
        return tuple(
            (code == engine.TOTAL, own.get(code, len(own)), code)
            for own, code in zip(places, codes, strict=True)
        )

    for codes in sorted(table.cells, key=order):
        yield Cell(codes, table.cells[codes].value)


def relations(document: Document, mark: str = "") -> list[engine.Statement]:
    """
    Return what readers know of measures that are part of one another.

    Of consultations with a topic there are at most as many as consultations; as each
    has a topic, all topics together are at least as many.
    """
    inside = {one.key: one for one in document.measures if one.within}
    whole_keys = _keys(document, mark)
    found = []
    for table in document.tables:
        part = inside.get(table.measure)
        if part is None:
            continue
        for cell in table.cells:
            for other, at_most in _bounds(table, cell.codes, part):
                whole = key_of(table, other, part.within, mark)
                if whole not in whole_keys:
                    continue
                own = key_of(table, cell.codes, mark=mark)
                low, high = (None, 0) if at_most else (0, None)
                words = f"{own}: part of {part.within}"
                found.append(
                    engine.Statement(((own, 1), (whole, -1)), low, high, words)
                )
    return found


def _bounds(
    table: Table, codes: tuple[str, ...], part: Measure
) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield cells of the whole that a cell is at most, or at least."""
    if part.several not in table.dimensions:
        yield codes, True
        return
    place = table.dimensions.index(part.several)
    moved = (*codes[:place], engine.TOTAL, *codes[place + 1 :])
    if codes[place] == engine.TOTAL:
        yield moved, False
    else:
        yield moved, True


def _keys(document: Document, mark: str) -> set[engine.Key]:
    return {
        key_of(table, cell.codes, mark=mark)
        for table in document.tables
        for cell in table.cells
    }
