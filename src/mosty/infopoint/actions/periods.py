"""Closing a month or a year of a point."""

from calendar import monthrange
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.infopoint import policies
from mosty.infopoint.models import Consultation, Period, Point, State, Workshop
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal


class CannotClose(Refusal):
    """The period is not over, is closed already, or the point was not open in it."""


@transaction.atomic(durable=True)
def close(
    *, point: Point, year: int, month: int | None, actor: User, now: datetime
) -> Period:
    """
    Close a month, or with no ``month`` a whole year; it is never opened again.

    Locks the point, as every record's guard in the database asks for it: of a record and
    a closing at one moment one comes first, and the record counts or is late.

    :raises PermissionDenied: if ``actor`` does not lead there.
    :raises CannotClose: if the period is not over or is closed, or the point was not open.
    """
    require(policies.can_lead(actor, point))
    point = Point.objects.select_for_update().get(pk=point.pk)
    first, last = bounds(year, month)
    if last >= point.today(now):
        raise CannotClose(_("This period is not over yet."))
    if last < point.opened_on or (point.closed_on and first > point.closed_on):
        raise CannotClose(_("The point was not open in this period."))
    # A closed year holds its months.
    same = Q(month__isnull=True) | Q(month=month)
    if Period.objects.filter(same, point=point, year=year).exists():
        raise CannotClose(_("This period is closed already."))
    period = Period.objects.create(
        point=point,
        year=year,
        month=month,
        closed_at=now,
        closed_by=actor.ledger_label,
    )
    of_it = Q(point=point, day__range=(first, last), state=State.COUNTED)
    audit.record(
        actor=actor,
        verb="period.closed",
        target=point,
        at=now,
        scope=point.slug,
        after={
            "period": str(period),
            "consultations": Consultation.objects.filter(of_it).count(),
            "workshops": Workshop.objects.filter(of_it).count(),
        },
    )
    return period


def bounds(year: int, month: int | None) -> tuple[date, date]:
    """Return the first and the last day of a month, or of a year."""
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
