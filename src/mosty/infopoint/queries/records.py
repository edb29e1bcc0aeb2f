"""The list of single records, one of them with its history, and what a point is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.infopoint import policies
from mosty.infopoint.models import (
    Code,
    Consultation,
    Kind,
    Point,
    Returning,
    State,
)
from mosty.kernel.sheets.write import Value
from mosty.kernel.translated import in_language
from mosty.ui import listing
from mosty.ui.dates import day as in_words
from mosty.ui.listing import Listing

SORTS = {"day": ("day", "recorded_at", "pk"), "recorded": ("recorded_at", "pk")}
SHOWN = ("channel", "language", "nationality", "outcome")
FIELDS = tuple(str(kind) for kind in Kind if kind != Kind.TOPIC)


@dataclass(frozen=True, slots=True)
class RecordRow:
    """What one line of the list shows."""

    key: str
    day: date
    topics: str
    said: tuple[str, ...]
    state: str
    state_label: str
    is_revised: bool
    is_hers: bool
    is_imported: bool


@dataclass(frozen=True, slots=True)
class Version:
    """What a record said until it was changed."""

    rows: tuple[tuple[str, str], ...]
    reason: str
    changed_at: datetime
    changed_by: str
    is_revision: bool


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One record with what it said before."""

    record: Consultation
    rows: tuple[tuple[str, str], ...]
    versions: tuple[Version, ...]
    state: str
    can_correct: bool
    can_settle: bool
    can_import: bool


def records(
    point: Point, user: User, params: QueryDict, form: forms.Form
) -> Listing[RecordRow]:
    """Return one page of the records that ``form`` lets through; three queries."""
    names = names_of(point)
    return listing.build(
        params,
        filtered(point, form),
        sorts=SORTS,
        default="-day",
        form=form,
        shape=lambda row: _row(row, names, user),
    )


def filtered(point: Point, form: forms.Form) -> QuerySet[Consultation]:
    """Return the point's records that the valid part of ``form`` lets through."""
    form.is_valid()
    asked = form.cleaned_data
    rows = Consultation.objects.filter(point=point)
    if since := asked.get("since"):
        rows = rows.filter(day__gte=since)
    if until := asked.get("until"):
        rows = rows.filter(day__lte=until)
    if topic := asked.get("topic"):
        rows = rows.filter(topics__contains=[int(topic)])
    for name in ("channel", "language", "nationality"):
        if value := asked.get(name):
            rows = rows.filter(**{f"{name}_id": int(value)})
    if state := asked.get("state"):
        rows = rows.filter(state=state)
    return rows


def names_of(point: Point) -> dict[int, str]:
    """Return the names of all codes that a record of the point may say; one query."""
    language = get_language() or "en"
    rows = (
        Code.objects.filter(Q(owner__isnull=True) | Q(owner=point.city_id))
        .order_by()
        .annotate(text=Cast("label", TextField()))
        .values_list("pk", "text")
    )
    return {pk: in_language(text, language) for pk, text in rows}


def record_page(record: Consultation, user: User) -> RecordPage:
    """Return a record with its history; few queries."""
    names = names_of(record.point)
    hers = policies.can_correct(user, record)
    leads = policies.can_lead(user, record.point)
    said = {name: getattr(record, f"{name}_id") for name in FIELDS}
    return RecordPage(
        record=record,
        rows=_in_words(
            {f"{name}_id": key for name, key in said.items()}
            | {
                "day": record.day.isoformat(),
                "topics": record.topics,
                "interpreter": record.interpreter,
                "returning": record.returning,
                "note": record.note,
            },
            names,
        ),
        versions=tuple(
            Version(
                _in_words(change.said, names),
                change.reason,
                change.changed_at,
                change.changed_by,
                change.is_revision,
            )
            for change in record.changes.order_by("-version")
        ),
        state=str(State(record.state).label),
        can_correct=hers and record.state == State.COUNTED,
        can_settle=leads and record.state == State.LATE,
        can_import=leads,
    )


def header() -> list[str]:
    """Return the names of the columns of a file of single records."""
    return [
        _("Day"),
        _("Main topic"),
        _("Other topics"),
        *(str(Kind(name).label) for name in FIELDS),
        _("Interpreter"),
        _("Been here before"),
        _("State"),
    ]


def lines(point: Point, rows: QuerySet[Consultation]) -> Iterator[Sequence[Value]]:
    """Yield a line for each record; notes are never in it."""
    names = names_of(point)
    for row in rows.order_by("day", "recorded_at", "pk"):
        yield [
            row.day.isoformat(),
            names[row.topics[0]],
            ", ".join(names[pk] for pk in row.topics[1:]),
            *(names.get(getattr(row, f"{name}_id"), "") for name in FIELDS),
            _("yes") if row.interpreter else _("no"),
            str(Returning(row.returning).label),
            str(State(row.state).label),
        ]


def _row(row: Consultation, names: Mapping[int, str], user: User) -> RecordRow:
    return RecordRow(
        key=str(row.pk),
        day=row.day,
        topics=", ".join(names[pk] for pk in row.topics),
        said=tuple(names.get(getattr(row, f"{name}_id"), "–") for name in SHOWN),
        state=row.state,
        state_label=str(State(row.state).label),
        is_revised=row.version > 1,
        is_hers=row.recorder_key == user.ledger_key,
        is_imported=row.imported_id is not None,
    )


def _in_words(
    said: Mapping[str, Any], names: Mapping[int, str]
) -> tuple[tuple[str, str], ...]:
    """Return what a record says, or said, as questions and answers."""
    topics = [names.get(pk, "?") for pk in said["topics"]]
    pairs = [
        (_("Day"), in_words(date.fromisoformat(said["day"]))),
        (_("Main topic"), topics[0] if topics else "–"),
        (_("Other topics"), ", ".join(topics[1:])),
        *(
            (str(Kind(name).label), names.get(key, "?"))
            for name in FIELDS
            if (key := said.get(f"{name}_id"))
        ),
        (_("Interpreter"), _("yes") if said.get("interpreter") else ""),
        (_("First time here?"), str(Returning(said["returning"]).label)),
        (_("Note"), str(said.get("note") or "")),
    ]
    return tuple((question, answer) for question, answer in pairs if answer)


def of_days(point: Point, since: date, until: date) -> QuerySet[Consultation]:
    """Return the point's records of these days."""
    return Consultation.objects.filter(point=point, day__range=(since, until))


def late(point: Point, user: User) -> list[RecordRow]:
    """Return the records that wait because they came late, the oldest first; two queries."""
    names = names_of(point)
    rows = Consultation.objects.filter(point=point, state=State.LATE)
    return [_row(row, names, user) for row in rows.order_by("day", "pk")[:200]]
