"""What is said of a consultation, and whether it can be true."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext as _

from mosty.infopoint import notes, policies
from mosty.infopoint.models import Code, Consultation, Kind, Operation, Point, Returning
from mosty.kernel.refusal import Refusal
from mosty.kernel.spans import holding_on

REQUIRED = (Kind.CHANNEL, Kind.LANGUAGE, Kind.OUTCOME)
# Every kind but the topics is a field of the record by its own name.
SINGLE = tuple(kind for kind in Kind if kind != Kind.TOPIC)
# What is kept of a record that is changed.
KEPT = (
    "day", "topics", "interpreter", "returning", "note", "state",
    *(f"{kind}_id" for kind in SINGLE),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a consultation: codes by their lists, the main topic first."""

    day: date
    codes: Mapping[str, str]
    topics: Sequence[str]
    interpreter: bool = False
    returning: str = Returning.UNKNOWN
    note: str = ""
    # What staff type to know a visitor again; never stored.
    sign: str = ""


class CannotRecord(Refusal):
    """The record is not possible: its day, its codes, or its note."""


@dataclass(slots=True)
class Problems:
    """What is wrong, by the form's fields: all of it is said at once."""

    fields: dict[str, str] = field(default_factory=dict)

    def refuse(self) -> None:
        """
        Go on only if nothing is wrong.

        :raises CannotRecord: if something is.
        """
        if self.fields:
            raise CannotRecord(" ".join(self.fields.values()), fields=self.fields)


def _closed_on(point: Point, day: date) -> Func:
    return Func(
        Value(point.pk),
        Value(day),
        function="infopoint_is_closed",
        output_field=models.BooleanField(),
    )


def is_closed(point: Point, day: date) -> bool:
    """Test if ``day`` lies in a closed month or year of the point."""
    found = Point.objects.filter(pk=point.pk).values_list(
        _closed_on(point, day), flat=True
    )
    return bool(found.get())


def operation_on(
    point: Point, day: date, now: datetime, problems: Problems
) -> Operation | None:
    """Return who ran the point on ``day``, and whether that day is closed."""
    if day > point.today(now):
        problems.fields["day"] = _("This day is still to come.")
        return None
    if day < point.opened_on or (point.closed_on and day > point.closed_on):
        problems.fields["day"] = _("The point was not open on that day.")
        return None
    found = (
        Operation.objects.filter(policies.live_on(day), point=point)
        .annotate(is_closed=_closed_on(point, day))
        .first()
    )
    if found is None:
        problems.fields["day"] = _("Nobody ran the point on that day.")
    return found


def held(
    point: Point, day: date, wanted: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], Code]:
    """Return those of the codes, named by list and code, that hold on the day."""
    named = Q(pk__in=[])
    for kind in {kind for kind, _code in wanted}:
        named |= Q(kind=kind, code__in=[code for of, code in wanted if of == kind])
    rows = Code.objects.filter(
        named,
        Q(owner__isnull=True) | Q(owner=point.city_id),
        holding_on(day),
    ).order_by(F("owner").asc(nulls_first=True))
    return {(row.kind, row.code): row for row in rows}


def codes_of(
    point: Point, said: Said, problems: Problems
) -> dict[tuple[str, str], Code]:
    """
    Return the codes that were named: as the lists held on the day; one query.

    A city's own code stands before a common one of the same name.
    """
    wanted = [(str(kind), code) for kind, code in said.codes.items() if code]
    wanted += [(str(Kind.TOPIC), code) for code in said.topics]
    found = held(point, said.day, wanted)
    for kind, code in wanted:
        if (kind, code) not in found:
            problems.fields[str(kind)] = _(
                "%(list)s: this is not on the list that holds on the day. Choose again."
            ) % {"list": Kind(kind).label}
    for kind in REQUIRED:
        if not said.codes.get(kind):
            problems.fields[str(kind)] = _("%(list)s: choose one.") % {
                "list": kind.label
            }
    if not said.topics:
        problems.fields["topic"] = _("Choose the main topic.")
    return found


def check_note(point: Point, note: str, problems: Problems) -> None:
    """Find what is wrong with a note."""
    if not note:
        return
    if not point.notes_allowed:
        problems.fields["note"] = _("This point keeps no notes. Remove the note.")
    elif why := notes.why_not(note):
        problems.fields["note"] = str(why)


def values_of(said: Said, found: Mapping[tuple[str, str], Code]) -> dict[str, Any]:
    """Return the fields of the record that says this."""
    single = {
        f"{kind}_id": found[kind, said.codes[kind]].pk if said.codes.get(kind) else None
        for kind in SINGLE
    }
    return {
        **single,
        "day": said.day,
        # Each once; the main one stays first.
        "topics": [found[Kind.TOPIC, code].pk for code in dict.fromkeys(said.topics)],
        "interpreter": said.interpreter,
        "returning": said.returning,
        "note": said.note.strip(),
    }


def kept_of(row: Consultation) -> dict[str, Any]:
    """Return what a record says, as JSON keeps it."""
    values = {name: getattr(row, name) for name in KEPT}
    return {**values, "day": row.day.isoformat(), "topics": list(row.topics)}
