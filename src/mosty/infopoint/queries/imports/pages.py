"""What the pages of imports show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, Count, F, Func, Q
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mosty.importing.queries.pages import SHOWN, Item, items
from mosty.importing.queries.tables import Table, table_of
from mosty.importing.queries.tables import samples as samples_of
from mosty.infopoint.models import Consultation, ImportedFile, Point, State
from mosty.infopoint.queries.imports import plan as plans
from mosty.infopoint.queries.imports import sentences
from mosty.infopoint.queries.imports.columns import is_personal, label
from mosty.infopoint.queries.imports.plan import Plan
from mosty.infopoint.queries.imports.table import kept_places
from mosty.infopoint.queries.records import names_of

_NEW_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Trouble:
    """One error: where, and the sentence."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class NewRow:
    """One row that would become a record, as it was understood."""

    line: int
    day: date | None
    topics: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """The dry run as a page shows it; each list is cut."""

    digest: str
    can_be_taken: bool
    is_known: bool
    new: int
    same: int
    errors: int
    alike: int
    missing: tuple[str, ...]
    unread: tuple[str, ...]
    # Those of them that can never be used.
    personal: tuple[str, ...]
    faults: Sequence[Trouble]
    # Months with other records: their names and how many there are.
    beside: Sequence[tuple[str, int]]
    rows: Sequence[NewRow]
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file that was taken over."""

    counted: int
    withdrawn: int
    # Why it cannot be withdrawn; empty where it can.
    why_not: str


def list_of(point: Point) -> list[Item]:
    """Return the point's imports, newest first; one query."""
    return items(ImportedFile.objects.filter(point=point))


def trial(imported: ImportedFile, now: datetime) -> Trial:
    """Return the dry run of a file that waits."""
    table = table_of(imported)
    plan = plans.make(point=imported.point, table=table, now=now)
    counts = plan.counts
    days = [row.said.day for row in plan.rows if row.kind == "new" and row.said.day]
    return Trial(
        digest=plan.digest,
        can_be_taken=plan.can_be_taken,
        is_known=plan.is_known,
        new=counts["new"],
        same=counts["same"],
        errors=counts["error"],
        alike=plan.alike,
        missing=tuple(label(key) for key in plan.missing),
        unread=table.unused,
        personal=tuple(filter(is_personal, table.unused)),
        faults=_troubles(plan),
        beside=[(date_format(month, "F Y"), count) for month, count in plan.beside],
        rows=_rows(imported.point, plan) if counts["new"] else (),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _troubles(plan: Plan) -> list[Trouble]:
    told: dict[object, str] = {}
    shown: list[Trouble] = []
    for row in plan.rows:
        for fault in row.faults:
            if len(shown) == SHOWN:
                return shown
            # The same slip in many rows is put into words once.
            key = (fault.code, fault.column, fault.value, str(fault.params))
            if key not in told:
                told[key] = sentences.say(fault, plan.lists)
            shown.append(Trouble(row.line, label(fault.column), told[key]))
    return shown


def _rows(point: Point, plan: Plan) -> list[NewRow]:
    names = names_of(point)
    new = (row for row in plan.rows if row.kind == "new")
    return [
        NewRow(
            row.line,
            row.said.day,
            ", ".join(names[pk] for pk in row.said.values["topics"]),
            tuple(
                names.get(row.said.values.get(f"{kind}_id") or 0, "–")
                for kind in ("channel", "language", "nationality", "outcome")
            ),
        )
        for row, _number in zip(new, range(_NEW_SHOWN), strict=False)
    ]


def samples(table: Table) -> list[str]:
    """Return the first filled cell under each name of the header that was read."""
    return samples_of(table, kept_places(table))


def report(imported: ImportedFile) -> Report:
    """Return what became of a file that was taken over; two queries."""
    counts = Consultation.objects.filter(imported=imported).aggregate(
        counted=Count("pk", filter=Q(state=State.COUNTED)),
        withdrawn=Count("pk", filter=Q(state=State.WITHDRAWN)),
    )
    return Report(**counts, why_not=closed_sentence(closed_months(imported)))


def closed_months(imported: ImportedFile) -> list[date]:
    """Return the closed months in which records of the file count; one query."""
    months = (
        Consultation.objects.filter(imported=imported, state=State.COUNTED)
        .annotate(month=TruncMonth("day"))
        .values_list("month", flat=True)
        .order_by("month")
        .distinct()
        .alias(
            is_closed=Func(
                F("point"),
                F("day"),
                function="infopoint_is_closed",
                output_field=BooleanField(),
            )
        )
        .filter(is_closed=True)
    )
    return list(months)


def closed_sentence(months: Iterable[date]) -> str:
    """Return why a file cannot be withdrawn, empty where no month is closed."""
    named = [date_format(month, "F Y") for month in months]
    if not named:
        return ""
    return _(
        "It cannot be withdrawn any more: these months are closed: %(months)s. Single "
        "records can be withdrawn, each with a reason."
    ) % {"months": ", ".join(named[:12]) + ("…" if len(named) > 12 else "")}
