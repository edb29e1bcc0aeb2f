"""What a table is: what is counted, by what, of which records. No engine is named here."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise

# Stand among the codes of a dimension. No list has them: a code begins with a letter or
# a digit.
UNSTATED = "_unstated"
# Where cities compare: a city's own code that counts as none of the common list.
UNMAPPED = "_unmapped"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One inner cell: a code for each dimension, in the table's order, and how many."""

    codes: tuple[str, ...]
    count: int


class Measure(StrEnum):
    """What is counted."""

    # One record is one.
    CONTACTS = "contacts"
    # One record is one under each of its topics: shares of records add up to more than 1.
    MENTIONS = "mentions"
    # The persons whom records of a gathering say were there.
    PERSONS = "persons"


class Source(StrEnum):
    """Where the codes of a dimension, and so their names, come from."""

    # A code list: the records' keys are looked up in the relation ``codes``.
    LIST = "list"
    # What the records say is the code.
    VALUE = "value"
    # The month of the record's day, as 2025-03.
    MONTH = "month"


class Coding(StrEnum):
    """In whose codes a table speaks."""

    OWN = "own"
    # The list on which cities compare.
    COMMON = "common"


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A level above a dimension's codes: a region of countries, a quarter of months."""

    name: str
    label: str | Promise
    parent: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Dimension:
    """
    By what records are told apart.

    ``column`` is the relation's. ``kind`` names the code list, and where the code is a
    value what it is a value of. With ``several`` the column holds a list: the record
    stands under each of its codes.
    """

    name: str
    label: str | Promise
    column: str
    kind: str
    source: Source = Source.LIST
    hierarchy: Hierarchy | None = None
    several: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """Only records whose ``column`` says ``value``; not for columns of keys."""

    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Relation:
    """
    Records of one kind that count, one a row; in archives they go by ``name``.

    ``view`` has them in the database, ``codes`` the codes that they say.
    """

    name: str
    view: str
    codes: str


# A table is the one that was defined, and not another that says the same.
@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """
    What is counted, by what, of which records.

    ``sensitive`` names the dimensions whose lists mark codes that need a higher
    threshold. ``weight`` is the column that is added up, where rows are not counted.
    """

    slug: str
    title: str | Promise
    measure: Measure
    unit: str | Promise
    dimensions: tuple[Dimension, ...]
    definition: str | Promise
    relation: Relation
    filters: tuple[Filter, ...] = ()
    sensitive: tuple[str, ...] = ()
    weight: str = ""

    def __post_init__(self) -> None:
        """Refuse a definition that would count something else than it says."""
        names = [dimension.name for dimension in self.dimensions]
        lists = sum(dimension.several for dimension in self.dimensions)
        if not names or len(set(names)) < len(names):
            raise ValueError(f"{self.slug}: dimensions are named, each once")
        if lists != (self.measure == Measure.MENTIONS):
            raise ValueError(f"{self.slug}: mentions are counted by one list")
        if bool(self.weight) != (self.measure == Measure.PERSONS):
            raise ValueError(f"{self.slug}: persons are added up, all else is counted")
        if set(self.sensitive) - set(names):
            raise ValueError(f"{self.slug}: a sensitive dimension is one of its own")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a period, its last one included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            raise ValueError("a period ends after it begins")

    @classmethod
    def of_year(cls, year: int) -> "Days":
        """Return the days of a year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_month(cls, year: int, month: int) -> "Days":
        """Return the days of a month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Scope:
    """
    Whose records: those of ``places``, by their slugs, in whose codes.

    Codes of one city say nothing of another's: own codes are asked of one city only, as
    :meth:`own` sees to.
    """

    places: tuple[str, ...]
    coding: Coding = Coding.OWN

    @classmethod
    def own(cls, owners: Mapping[str, object]) -> "Scope":
        """
        Return places in their owner's codes; ``owners`` says whose lists each speaks.

        :raises ValueError: if they are several, whose codes may differ.
        """
        if len(set(owners.values())) > 1:
            raise ValueError("several cities compare on the common list")
        return cls(tuple(sorted(owners)))

    @classmethod
    def common(cls, places: Iterable[str]) -> "Scope":
        """Return any places on the common list."""
        return cls(tuple(sorted(places)), Coding.COMMON)
