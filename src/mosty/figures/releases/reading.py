"""An artefact as readers see it: lines of tables, sums, shares. Nothing here counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mosty.engines.disclosure import TOTAL
from mosty.figures.releases.document import (
    Dimension,
    Document,
    Measure,
    Single,
    Table,
    Texts,
    in_language,
)

# More lines without a number than these make a table hard to read.
MOST_BARE = 8


@dataclass(frozen=True, slots=True)
class Line:
    """
    One line of a table: a code, and a number for each column.

    ``shares`` are in percent of the whole, where both are shown and there is a whole.
    """

    code: str
    label: str
    depth: int
    values: tuple[int | None, ...]
    shares: tuple[int | None, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """A table in one language; ``columns`` are empty where it has one dimension."""

    key: str
    title: str
    measure: Measure
    of: str
    unit: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    hidden: int
    threshold: int
    # Of which the shares are: of consultations, where one may have several topics.
    whole: int | None
    several: bool

    @property
    def inner(self) -> tuple[Line, ...]:
        """Return the lines that are not sums of others."""
        return tuple(line for line in self.lines if not line.is_sum)

    @property
    def bare(self) -> tuple[Line, ...]:
        """Return the inner lines of which every number is hidden, if they are many."""
        found = tuple(
            line for line in self.inner if all(value is None for value in line.values)
        )
        return found if len(found) > MOST_BARE else ()

    @property
    def listed(self) -> tuple[Line, ...]:
        """Return the lines without those that :attr:`bare` has, which are named apart."""
        bare = set(self.bare)
        return tuple(line for line in self.lines if line not in bare)


def views(document: Document, language: str) -> list[TableView]:
    """Return the document's tables in one language; those without records are left out."""
    return [view(document, table, language) for table in document.tables if table.cells]


def view(document: Document, table: Table, language: str) -> TableView:
    """Return one table in one language."""
    measure = document.measure(table.measure)
    rows = document.dimension(table.dimensions[0])
    across = [document.dimension(key) for key in table.dimensions[1:]]
    columns = list(_columns(across, table))
    whole = whole_of(document, table)
    lines = []
    for code, depth, is_sum in _ordered(rows, table, 0):
        values = tuple(table.by_codes.get((code, *column)) for column in columns)
        lines.append(
            Line(
                code,
                label_of(rows, code, language),
                depth,
                values,
                tuple(share(value, whole) for value in values),
                is_sum,
            )
        )
    return TableView(
        table.key,
        in_language(table.title, language),
        measure,
        in_language(rows.label, language),
        in_language(measure.unit, language),
        tuple(
            " / ".join(
                label_of(dimension, code, language)
                for dimension, code in zip(across, column, strict=True)
            )
            for column in columns
        )
        if across
        else (),
        tuple(lines),
        sum(cell.value is None for cell in table.cells),
        table.threshold,
        whole,
        bool(measure.several),
    )


def whole_of(document: Document, table: Table) -> int | None:
    """Return what the shares of a table are of, if it is shown."""
    measure = document.measure(table.measure)
    if measure.within:
        return total_of(document, measure.within)
    return table.total


def total_of(document: Document, measure: str) -> int | None:
    """Return how much there is of a measure, if any table shows it."""
    for table in document.tables:
        if table.measure == measure and table.total is not None:
            return table.total
    return None


def share(value: int | None, whole: int | None) -> int | None:
    """Return ``value`` in percent of ``whole``, rounded half up; both have to be shown."""
    if value is None or not whole:
        return None
    return (200 * value + whole) // (2 * whole)


def label_of(dimension: Dimension, code: str, language: str) -> str:
    """Return what a code stands for; nothing for the sum, which each page names itself."""
    if code == TOTAL:
        return ""
    found = dimension.by_code.get(code)
    return in_language(found.label, language) if found else code


def _ordered(
    dimension: Dimension, table: Table, place: int
) -> Iterator[tuple[str, int, bool]]:
    """Yield the codes of a table's dimension in order, how deep each lies, sums marked."""
    there = {cell.codes[place] for cell in table.cells}
    parents = {code.parent for code in dimension.codes if code.code in there}
    known = [code for code in dimension.codes if code.code in there]
    for code in known:
        yield code.code, int(code.parent in there), code.code in parents
    yield TOTAL, 0, True


def _columns(
    dimensions: Sequence[Dimension], table: Table
) -> Iterator[tuple[str, ...]]:
    """Yield the codes of each column, the sums last."""
    if not dimensions:
        yield ()
        return
    if len(dimensions) > 1:
        msg = "a table is shown with two dimensions at most"
        raise ValueError(msg)
    for code, _depth, is_sum in _ordered(dimensions[0], table, 1):
        if not is_sum or code == TOTAL:
            yield (code,)


@dataclass(frozen=True, slots=True)
class Compared:
    """
    One number over the years, in their order.

    A year has a number, or None where it is hidden; the second says if there is any. A
    year in which it was counted in another way stands in ``others``.
    """

    label: str
    cells: tuple[tuple[int | None, bool], ...]
    others: tuple[int, ...]


# Year -> the number, None where hidden; and the years that counted in another way.
_Years = tuple[dict[int, int | None], tuple[int, ...]]


def compared(
    documents: Sequence[Document], language: str
) -> tuple[tuple[int, ...], list[Compared]]:
    """Return the years, and the first document's sums beside those of the others."""
    first, rest = documents[0], documents[1:]
    years = tuple(sorted(one.year for one in documents))
    found: list[tuple[Texts, _Years]] = []
    counted = dict.fromkeys(one.measure for one in first.tables if one.cells)
    found += [
        (measure.label, _measured(first, rest, measure))
        for measure in map(first.measure, counted)
        if not measure.within
    ]
    found += [(single.label, _single(first, rest, single)) for single in first.singles]
    return years, [
        Compared(
            in_language(label, language),
            tuple((values.get(year), year in values) for year in years),
            others,
        )
        for label, (values, others) in found
    ]


def _measured(first: Document, rest: Sequence[Document], measure: Measure) -> _Years:
    values, others = {first.year: total_of(first, measure.key)}, []
    for one in rest:
        then = next((m for m in one.measures if m.key == measure.key), None)
        if then is None:
            continue
        if (then.method, then.definition) == (measure.method, measure.definition):
            values[one.year] = total_of(one, measure.key)
        else:
            others.append(one.year)
    return values, tuple(others)


def _single(first: Document, rest: Sequence[Document], single: Single) -> _Years:
    values: dict[int, int | None] = {first.year: single.value}
    others = []
    for one in rest:
        then = next((s for s in one.singles if s.key == single.key), None)
        if then is None:
            continue
        if (then.method, then.definition) == (single.method, single.definition):
            values[one.year] = then.value
        else:
            others.append(one.year)
    return values, tuple(others)
