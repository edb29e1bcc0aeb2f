"""
Figures that others published about cells of a release: what readers know beside it.

A figure names a cell of the tables, or one that is finer than any of them. Then readers
think of the table in which it would stand: nobody has published that one, but its sums
are those of the tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from mosty.engines import disclosure as engine
from mosty.figures.releases.document import Cited, Document, Table

Codes = tuple[tuple[str, str], ...]
# Which of the figures' codes a code of a dimension lies in.
Part = tuple[str, ...]


def news(document: Document, earlier: Sequence[Document]) -> list[Cited]:
    """
    Return the figures about cells of ``document``, less those that repeat a release.

    What repeats an ``earlier`` release is known from there, and counts as it did then.
    """
    return [
        one
        for one in document.cited
        if _tables(document, one.measure)
        and not any(_shown(release, one) == int(one.value) for release in earlier)
    ]


def statements(document: Document, figures: Sequence[Cited]) -> list[engine.Statement]:
    """Return what readers of ``document`` know from ``figures``."""
    found = []
    finer: dict[tuple[str, tuple[str, ...]], list[tuple[Codes, Cited]]] = {}
    for one in figures:
        leaves = _leaves(document, one.measure)
        if not _holders(document, one):
            # Of a dimension without a table nobody knows what lies in what.
            codes = tuple(
                (key if key in leaves else f"{key}={code}", code)
                for key, code in one.codes
            )
            dims = tuple(key for key, _ in codes)
            finer.setdefault((one.measure, dims), []).append((codes, one))
        elif all(_within(document, leaves, key, code) for key, code in one.codes):
            own = engine.Key(one.measure, frozenset(one.codes))
            value = int(one.value)
            found.append(engine.Statement(((own, 1),), value, value, one.source))
        # Else no record has such a code: that there is none, nobody learns from it.
    for (measure, dims), several in finer.items():
        found += _beyond(document, measure, dims, several)
    return found


def contradiction(
    counts: Document, figures: Sequence[Cited]
) -> tuple[Cited, int] | None:
    """Return a figure that cannot be true beside the records, and what they count."""
    for one in figures:
        value = int(one.value)
        exact = _holders(counts, one)
        for table in _tables(counts, one.measure):
            number = _count(counts, table, one)
            if number < value or (table in exact and number != value):
                return one, number
    return None


def _beyond(
    document: Document,
    measure: str,
    dims: tuple[str, ...],
    figures: Sequence[tuple[Codes, Cited]],
) -> Iterator[engine.Statement]:
    """
    Yield what figures say of a table that nobody published, and what its sums are.

    Codes that no figure tells apart are one part of it.
    """
    leaves = _leaves(document, measure)
    parts = {
        key: _parts(document, leaves, key, {dict(codes)[key] for codes, _ in figures})
        for key in dims
    }
    own = f"{measure} by {', '.join(dims)}, as cited"

    def cells(chosen: Mapping[str, list[Part]]) -> list[tuple[engine.Key, int]]:
        return [
            (engine.Key(own, frozenset(zip(dims, map(str, cell), strict=True))), 1)
            for cell in product(*(chosen.get(key, list(parts[key])) for key in dims))
        ]

    for codes, one in figures:
        inside = {key: [p for p in parts[key] if code in p] for key, code in codes}
        if terms := cells(inside):
            value = int(one.value)
            yield engine.Statement(tuple(terms), value, value, one.source)
    words = "; ".join(dict.fromkeys(one.source for _, one in figures))
    for table in _tables(document, measure):
        shared = [key for key in dims if key in table.dimensions]
        for chosen in product(*(parts[key] for key in shared)):
            sums = [
                (engine.Key(measure, frozenset(zip(shared, codes, strict=True))), -1)
                for codes in product(
                    *(parts[key][p] for key, p in zip(shared, chosen, strict=True))
                )
            ]
            only = {key: [part] for key, part in zip(shared, chosen, strict=True)}
            yield engine.Statement((*cells(only), *sums), 0, 0, words)


def _parts(
    document: Document, leaves: Mapping[str, set[str]], key: str, cited: set[str]
) -> dict[Part, list[str]]:
    """Return the codes of a dimension, those together that no figure tells apart."""
    inside = {code: _within(document, leaves, key, code) for code in sorted(cited)}
    if key not in leaves:
        return {tuple(inside): [], (): []}
    found: dict[Part, list[str]] = {}
    for leaf in sorted(leaves[key]):
        part = tuple(code for code, own in inside.items() if leaf in own)
        found.setdefault(part, []).append(leaf)
    return found


def _tables(document: Document, measure: str) -> list[Table]:
    """Return the tables that count what a figure counts."""
    return [
        table
        for table in document.tables
        if measure and table.measure == measure and table.cells
    ]


def _holders(document: Document, one: Cited) -> list[Table]:
    """Return the tables of which the figure names a cell."""
    named = {key for key, _ in one.codes}
    return [
        table
        for table in _tables(document, one.measure)
        if named.issubset(table.dimensions)
    ]


def _leaves(document: Document, measure: str) -> dict[str, set[str]]:
    """Return the innermost codes of each dimension in the tables of a measure."""
    found: dict[str, set[str]] = {}
    for table in _tables(document, measure):
        for place, key in enumerate(table.dimensions):
            above = {one.parent for one in document.dimension(key).codes}
            codes = {cell.codes[place] for cell in table.cells}
            found.setdefault(key, set()).update(codes - above - {engine.TOTAL})
    return found


def _within(
    document: Document, leaves: Mapping[str, set[str]], key: str, code: str
) -> set[str]:
    """Return the innermost codes that are, or lie in, ``code``: those of any record."""
    own = leaves.get(key, set())
    below = (
        {one.code for one in document.dimension(key).codes if one.parent == code}
        if own
        else set()
    )
    return own & {code, *below}


def _count(counts: Document, table: Table, one: Cited) -> int:
    """Return what inner cells count where the figure's cell lies."""
    leaves = _leaves(counts, one.measure)
    inside = [
        (table.dimensions.index(key), _within(counts, leaves, key, code))
        for key, code in one.codes
        if key in table.dimensions
    ]
    return sum(
        cell.value or 0
        for cell in table.cells
        if all(cell.codes[place] in codes for place, codes in inside)
    )


def _shown(release: Document, one: Cited) -> int | None:
    """Return what a protected release shows in the figure's cell."""
    named = dict(one.codes)
    for table in _holders(release, one):
        codes = tuple(named.get(key, engine.TOTAL) for key in table.dimensions)
        if (value := table.by_codes.get(codes)) is not None:
            return value
    return None
