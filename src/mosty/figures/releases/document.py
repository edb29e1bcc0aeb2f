"""
The text of a release: its tables and all that is needed to read them.

One document is made from records, with counts of inner cells; protection turns it into
the artefact, with sums, in which what is hidden has no number. Both have one form.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from functools import cache, cached_property
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import rfc8785

from mosty.engines.disclosure import TOTAL

FORMAT = "mosty-release/1"
# Reuse with the source named: the usual licence of public bodies.
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# Language -> text.
Texts = dict[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Code:
    """
    One code of a dimension; ``parent`` is the code that it lies in.

    ``common`` is what it counts as where others' documents are compared, if it is
    another code.
    """

    code: str
    label: Texts
    parent: str = ""
    sensitive: bool = False
    common: str = ""


@dataclass(frozen=True)
class Dimension:
    """What cells are told apart by, its codes in the order in which they are shown."""

    key: str
    label: Texts
    codes: tuple[Code, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Code]:
        """Return the codes by name."""
        return {one.code: one for one in self.codes}


@dataclass(frozen=True, slots=True)
class Measure:
    """
    What is counted.

    ``method`` changes whenever the definition does: years of different methods are not
    compared. ``within`` names a measure of which each cell of this one is a part: of
    consultations, those with a topic. ``several`` is the dimension of which one record
    may have several codes.
    """

    key: str
    label: Texts
    unit: Texts
    definition: Texts
    method: str = "1"
    within: str = ""
    several: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number; ``None`` where it is hidden."""

    codes: tuple[str, ...]
    value: int | None


@dataclass(frozen=True)
class Table:
    """
    A table: inner cells before protection, sums besides after it.

    ``width`` is how far apart the least and the greatest possible value of a hidden
    number are, where that is more than its threshold.
    """

    key: str
    title: Texts
    measure: str
    dimensions: tuple[str, ...]
    threshold: int
    cells: tuple[Cell, ...]
    width: int = 0

    @cached_property
    def by_codes(self) -> Mapping[tuple[str, ...], int | None]:
        """Return the numbers by their codes."""
        return {cell.codes: cell.value for cell in self.cells}

    @property
    def total(self) -> int | None:
        """Return the sum of all; only of a protected table."""
        return self.by_codes.get((TOTAL,) * len(self.dimensions))


@dataclass(frozen=True, slots=True)
class Single:
    """One number about no person, such as how many workshops there were."""

    key: str
    label: Texts
    unit: Texts
    definition: Texts
    value: int
    method: str = "1"


@dataclass(frozen=True, slots=True)
class Cited:
    """
    A number that others published.

    Where it is about ``codes`` of a ``measure`` of this year, readers know it beside the
    tables, and the audit does.
    """

    label: Texts
    value: str
    unit: Texts
    as_of: str
    source: str
    measure: str = ""
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Document:
    """A year of a subject in numbers, before or after protection."""

    subject: str
    title: Texts
    owner: Texts
    year: int
    number: int
    # ISO 8601; of the moment at which records were counted.
    counted_at: str
    source: Texts
    measures: tuple[Measure, ...]
    dimensions: tuple[Dimension, ...]
    tables: tuple[Table, ...]
    # Codes marked as sensitive have this threshold.
    sensitive_threshold: int
    # How far apart the least and the greatest possible value of a hidden number are.
    width: int
    corrects: int = 0
    reason: str = ""
    licence: str = LICENCE
    singles: tuple[Single, ...] = ()
    cited: tuple[Cited, ...] = ()
    is_protected: bool = False
    format: str = FORMAT

    def text(self) -> str:
        """Return it as canonical JSON (RFC 8785): the same document, the same text."""
        return rfc8785.dumps(asdict(self)).decode()

    def dimension(self, key: str) -> Dimension:
        """Return the dimension with this key."""
        return next(one for one in self.dimensions if one.key == key)

    def measure(self, key: str) -> Measure:
        """Return the measure with this key."""
        return next(one for one in self.measures if one.key == key)

    def table(self, key: str) -> Table | None:
        """Return the table with this key, if there is one."""
        return next((one for one in self.tables if one.key == key), None)

    def with_tables(self, tables: tuple[Table, ...]) -> "Document":
        """Return the artefact that has these protected tables."""
        return replace(self, tables=tables, is_protected=True)


def of_json(data: Mapping[str, Any]) -> Document:
    """
    Return the document that was written as ``data``.

    :raises ValueError: if it is of another format.
    """
    if data.get("format") != FORMAT:
        msg = f"not a release: {data.get('format')!r}"
        raise ValueError(msg)
    return _of(Document, data)


def _of(kind: type[T], data: Mapping[str, Any]) -> T:
    hints = _hints(kind)  # type: ignore[arg-type]  # classes are hashable
    given = {
        name: _value(hints[name], value)
        for name, value in data.items()
        if name in hints
    }
    return kind(**given)


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Return the type of each field: a release has thousands of cells of a few kinds."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _value(hint: Any, value: Any) -> Any:
    origin, inside = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return None if value is None else _value(inside[0], value)
    if origin is tuple and inside[-1] is Ellipsis:
        return tuple(_value(inside[0], one) for one in value)
    if origin is tuple:
        pairs = zip(inside, value, strict=True)
        return tuple(_value(one, part) for one, part in pairs)
    if is_dataclass(hint):
        return _of(hint, value)  # type: ignore[arg-type]  # a class, no instance
    return value


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the text in ``language``, else in English, else in any."""
    for one in (language, "en", *texts):
        if texts.get(one):
            return texts[one]
    return ""
