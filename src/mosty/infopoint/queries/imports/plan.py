"""
The dry run: what would be done with each row; writes nothing.

A row has no number of its own. It is known again by what it says, and by how many
before it in the file say the same: the same file once more finds everything there, and
two talks that were alike stay two.
"""

import json
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal
from uuid import UUID, uuid5

from django.db.models import Count
from django.db.models.functions import TruncMonth

from mosty.importing.queries import plans
from mosty.importing.queries.faults import Fault
from mosty.importing.queries.tables import Table
from mosty.infopoint.models import Consultation, ImportedFile, Point, State
from mosty.infopoint.queries.imports.days import Days
from mosty.infopoint.queries.imports.rows import Said, missing, read_rows
from mosty.infopoint.queries.imports.vocabulary import Lists, lists_of
from mosty.kernel.rows import batches

Kind = Literal["new", "same", "error"]
# Makes keys of records out of what they say.
_NAMESPACE = UUID("9d0a2f0e-4c9b-5b52-8d5e-0d6a1c6f2b11")
_BATCH = 5_000


@dataclass(slots=True)
class Row:
    """What becomes of one row; ``key`` is that of its record."""

    said: Said
    key: UUID | None = None
    is_there: bool = False

    @property
    def line(self) -> int:
        """Return its number in the file."""
        return self.said.line

    @property
    def faults(self) -> Sequence[Fault]:
        """Return what is wrong with it."""
        return self.said.faults

    @property
    def kind(self) -> Kind:
        """Return whether the row is new, there already, or cannot be taken."""
        if self.faults:
            return "error"
        return "same" if self.is_there else "new"

    @property
    def mark(self) -> tuple[object, ...]:
        """Return what is different whenever something else would become of it."""
        return self.line, self.kind, self.key


@dataclass(frozen=True)
class Plan(plans.Plan):
    """What an import would do."""

    kinds: ClassVar = ("new", "same", "error")
    writes: ClassVar = ("new",)

    rows: Sequence[Row]
    lists: Lists
    missing: Sequence[str] = ()
    # Months of new rows in which other records count already, with their number.
    beside: Sequence[tuple[date, int]] = ()
    # How many new rows say the same as another one of the file.
    alike: int = 0


def make(*, point: Point, table: Table, now: datetime) -> Plan:
    """Return what importing ``table`` would do; few queries, however many rows."""
    lists = lists_of(point)
    if lacking := missing(table):
        return Plan((), lists, lacking)
    rows = [Row(said) for said in read_rows(table, lists, Days(point, now))]
    good = [row for row in rows if not row.faults]
    alike = _recognise(point, good)
    return Plan(rows, lists, beside=_beside(point, good), alike=alike)


def _recognise(point: Point, rows: Iterable[Row]) -> int:
    """
    Give each row its key, and say whether its record is there.

    A record of a withdrawn import is passed over: its row counts as new again. Returns
    how many new rows say the same as another one.
    """
    saying: defaultdict[str, deque[Row]] = defaultdict(deque)
    for row in rows:
        saying[_words(row.said)].append(row)
    alike = {words: len(rows) for words, rows in saying.items() if len(rows) > 1}
    tried: Counter[str] = Counter()
    new: set[str] = set()
    while saying:
        keys: dict[UUID, str] = {}
        for words, waiting in saying.items():
            first = tried[words] + 1
            tried[words] += len(waiting)
            for number in range(first, tried[words] + 1):
                keys[uuid5(_NAMESPACE, f"{point.pk} {number} {words}")] = words
        gone = _there(keys)
        for key, words in keys.items():
            if not gone.get(key):
                row = saying[words].popleft()
                row.key, row.is_there = key, key in gone
                if not row.is_there:
                    new.add(words)
        saying = defaultdict(
            deque, {words: left for words, left in saying.items() if left}
        )
    return sum(count - 1 for words, count in alike.items() if words in new)


def _words(said: Said) -> str:
    """Return what a row says, alike however the file says it."""
    values = {name: value for name, value in said.values.items() if value}
    return json.dumps([str(said.day), sorted(values.items())])


def _there(keys: Iterable[UUID]) -> dict[UUID, bool]:
    """Return the keys that records have, and whether their import was withdrawn."""
    found: dict[UUID, bool] = {}
    for some in batches(keys, _BATCH):
        rows = Consultation.objects.filter(pk__in=some)
        for key, state in rows.values_list("pk", "imported__state"):
            found[key] = state == ImportedFile.State.WITHDRAWN
    return found


def _beside(point: Point, rows: Iterable[Row]) -> list[tuple[date, int]]:
    """Return the months of new rows that hold other records; one query."""
    new: Counter[date] = Counter()
    there: Counter[date] = Counter()
    for row in rows:
        if row.said.day:
            counted = there if row.is_there else new
            counted[row.said.day.replace(day=1)] += 1
    if not new:
        return []
    found = (
        Consultation.objects.filter(
            point=point,
            state=State.COUNTED,
            day__gte=min(new),
            day__lt=_next_month(max(new)),
        )
        .annotate(month=TruncMonth("day"))
        .values_list("month")
        .order_by("month")
        .annotate(count=Count("pk"))
    )
    return [
        (month, count - there[month])
        for month, count in found
        if month in new and count > there[month]
    ]


def _next_month(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)
