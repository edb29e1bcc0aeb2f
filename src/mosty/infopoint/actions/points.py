"""Opening a point, changing what it is, and handing it over to another operator."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.models import Organisation
from mosty.infopoint import policies
from mosty.infopoint.actions.codes import load_common
from mosty.infopoint.models import Consultation, Operation, Point, Workshop
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Details:
    """What a point is."""

    name: LazyI18nString
    languages: tuple[str, ...]
    opened_on: date
    closed_on: date | None = None
    notes_allowed: bool = False
    pseudonyms: bool = False
    # What visitors read: address, hours, telephone.
    reach: LazyI18nString | str = ""


class CannotChangePoint(Refusal):
    """The point, or who runs it, cannot be as asked."""


@transaction.atomic(durable=True)
def open_point(
    *,
    city: Organisation,
    slug: str,
    details: Details,
    operator: Organisation,
    actor: User,
    now: datetime,
) -> Point:
    """
    Open a point that ``operator`` runs from its first day.

    :raises PermissionDenied: if ``actor`` does not lead in ``city``.
    :raises CannotChangePoint: if the address is taken.
    """
    require(policies.can_keep_lists(actor, city))
    load_common()
    point = Point(city=city, slug=slug, **_fields(details))
    try:
        with transaction.atomic():
            point.save()
    except IntegrityError as error:
        if "slug" not in str(error):
            raise
        sentence = _("Another point has this address.")
        raise CannotChangePoint(sentence, fields={"slug": sentence}) from error
    Operation.objects.create(point=point, operator=operator, since=details.opened_on)
    audit.record(
        actor=actor,
        verb="point.opened",
        target=point,
        at=now,
        scope=point.slug,
        after={"city": city.slug, "operator": operator.slug},
    )
    return point


@transaction.atomic(durable=True)
def change_point(
    *, point: Point, details: Details, actor: User, now: datetime
) -> Point:
    """
    Change what a point is.

    :raises PermissionDenied: if ``actor`` does not lead there.
    :raises CannotChangePoint: if it would have been closed on a day with records.
    """
    require(policies.can_lead(actor, point))
    point = Point.objects.select_for_update().get(pk=point.pk)
    before = _in_ledger(point)
    if _has_records(point, day__lt=details.opened_on):
        sentence = _("There are records of days before this one.")
        raise CannotChangePoint(sentence, fields={"opened_on": sentence})
    if details.closed_on and (
        details.closed_on < details.opened_on
        or _has_records(point, day__gt=details.closed_on)
    ):
        sentence = _("The last day lies before the first, or before days with records.")
        raise CannotChangePoint(sentence, fields={"closed_on": sentence})
    for name, value in _fields(details).items():
        setattr(point, name, value)
    point.save()
    audit.record(
        actor=actor,
        verb="point.changed",
        target=point,
        at=now,
        scope=point.slug,
        before=before,
        after=_in_ledger(point),
    )
    return point


@transaction.atomic(durable=True)
def end_operation(
    *, operation: Operation, last_day: date, reason: str, actor: User, now: datetime
) -> Operation:
    """
    Say until which day an operator runs a point; on the next its staff see it no more.

    :raises PermissionDenied: if ``actor`` does not lead there.
    :raises CannotChangePoint: if it has ended, the day is not possible, or a reason is
        missing.
    """
    require(policies.can_lead(actor, operation.point))
    row = Operation.objects.select_for_update().get(pk=operation.pk)
    point = Point.objects.select_for_update().get(pk=row.point_id)
    if row.until is not None and row.until < point.today(now):
        raise CannotChangePoint(_("This organisation no longer runs the point."))
    if last_day < row.since:
        sentence = _("The last day lies before the first.")
        raise CannotChangePoint(sentence, fields={"until": sentence})
    if _has_records(point, operation=row, day__gt=last_day):
        sentence = _("There are records of later days.")
        raise CannotChangePoint(sentence, fields={"until": sentence})
    if not reason.strip():
        sentence = _("Enter the reason.")
        raise CannotChangePoint(sentence, fields={"reason": sentence})
    row.until = last_day
    try:
        with transaction.atomic():
            row.save(update_fields=["until"])
    except IntegrityError as error:
        sentence = _("Another organisation runs the point on some of these days.")
        raise CannotChangePoint(sentence, fields={"until": sentence}) from error
    audit.record(
        actor=actor,
        verb="operation.ended",
        target=point,
        at=now,
        scope=point.slug,
        reason=reason.strip(),
        after={"operator": _slug(row), "until": last_day.isoformat()},
    )
    return row


@transaction.atomic(durable=True)
def start_operation(
    *, point: Point, operator: Organisation, since: date, actor: User, now: datetime
) -> Operation:
    """
    Say from which day another organisation runs a point.

    :raises PermissionDenied: if ``actor`` does not lead there.
    :raises CannotChangePoint: if another runs it then, or it was not open.
    """
    require(policies.can_lead(actor, point))
    point = Point.objects.select_for_update().get(pk=point.pk)
    if since < point.opened_on:
        sentence = _("The point was not open on that day.")
        raise CannotChangePoint(sentence, fields={"since": sentence})
    row = Operation(point=point, operator=operator, since=since)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        sentence = _(
            "Another organisation runs the point on that day. End its operation first."
        )
        raise CannotChangePoint(sentence, fields={"since": sentence}) from error
    audit.record(
        actor=actor,
        verb="operation.started",
        target=point,
        at=now,
        scope=point.slug,
        after={"operator": operator.slug, "since": since.isoformat()},
    )
    return row


def _has_records(point: Point, **wanted: Any) -> bool:
    """Test if the point has consultations or workshops of this kind."""
    kind = Q(point=point, **wanted)
    return (
        Consultation.objects.filter(kind).exists()
        or Workshop.objects.filter(kind).exists()
    )


def _fields(details: Details) -> dict[str, Any]:
    # Not asdict: it would copy the translated name into something else.
    return {
        "name": details.name,
        "languages": list(details.languages),
        "reach": details.reach,
        "opened_on": details.opened_on,
        "closed_on": details.closed_on,
        "notes_allowed": details.notes_allowed,
        "pseudonyms": details.pseudonyms,
    }


def _in_ledger(point: Point) -> dict[str, object]:
    return {
        "languages": point.languages,
        "reach": str(point.reach),
        "opened_on": point.opened_on.isoformat(),
        "closed_on": point.closed_on.isoformat() if point.closed_on else "",
        "notes": point.notes_allowed,
        "pseudonyms": point.pseudonyms,
    }


def _slug(operation: Operation) -> str:
    return Organisation.objects.get(pk=operation.operator_id).slug
