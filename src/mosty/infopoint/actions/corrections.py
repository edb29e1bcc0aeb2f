"""How a record is corrected, withdrawn, and settled if it came late."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.infopoint import policies
from mosty.infopoint.actions.revisions import revise
from mosty.infopoint.actions.saying import (
    KEPT,
    CannotRecord,
    Problems,
    Said,
    check_note,
    codes_of,
    is_closed,
    kept_of,
    operation_on,
    values_of,
)
from mosty.infopoint.models import Consultation, ConsultationChange, State
from mosty.kernel.access import require


@transaction.atomic(durable=True)
def correct(
    *,
    record: Consultation,
    said: Said,
    seen: int,
    reason: str,
    actor: User,
    now: datetime,
) -> Consultation:
    """
    Change what a record says; what it said before is kept with the reason.

    :raises PermissionDenied: if ``actor`` neither leads nor wrote it.
    :raises CannotRecord: if it was changed meanwhile, nothing is different, a reason is
        missing, its period is closed and ``actor`` does not lead, or as :func:`record`.
    """
    require(policies.can_correct(actor, record))
    row = _locked(record, seen)
    problems = Problems()
    operation = operation_on(row.point, said.day, now, problems)
    found = codes_of(row.point, said, problems)
    check_note(row.point, said.note, problems)
    problems.refuse()
    assert operation is not None  # noqa: S101 - refused above
    new = {**values_of(said, found), "operation": operation}
    if row.state not in {State.COUNTED, State.LATE}:
        raise CannotRecord(_("This record no longer counts: it cannot be corrected."))
    before = _before(row)
    changed = sorted(
        name for name in KEPT if name in new and new[name] != getattr(row, name)
    )
    if not changed:
        raise CannotRecord(_("Nothing is different. Change something, or go back."))
    revise(
        row,
        new,
        before=before,
        is_closed=is_closed(row.point, row.day) or operation.is_closed,  # type: ignore[attr-defined]
        reason=reason,
        actor=actor,
        now=now,
        verb="consultation.corrected",
        changed=changed,
    )
    return row


@transaction.atomic(durable=True)
def withdraw(
    *, record: Consultation, seen: int, reason: str, actor: User, now: datetime
) -> Consultation:
    """
    Say that a record does not count any more, such as one typed twice.

    :raises PermissionDenied: if ``actor`` neither leads nor wrote it.
    :raises CannotRecord: if it does not count, or as :func:`correct`.
    """
    require(policies.can_correct(actor, record))
    row = _locked(record, seen)
    if row.state != State.COUNTED:
        raise CannotRecord(
            _("This record does not count: there is nothing to withdraw.")
        )
    revise(
        row,
        {"state": State.WITHDRAWN},
        before=_before(row),
        is_closed=is_closed(row.point, row.day),
        reason=reason,
        actor=actor,
        now=now,
        verb="consultation.withdrawn",
    )
    return row


@transaction.atomic(durable=True)
def settle(
    *,
    record: Consultation,
    accept: bool,
    seen: int,
    reason: str,
    actor: User,
    now: datetime,
) -> Consultation:
    """
    Let a late record count, or not.

    :raises PermissionDenied: if ``actor`` does not lead.
    :raises CannotRecord: if it does not wait, or a reason is missing.
    """
    require(policies.can_lead(actor, record.point))
    row = _locked(record, seen)
    if row.state != State.LATE:
        raise CannotRecord(_("This record does not wait any more."))
    revise(
        row,
        {"state": State.COUNTED if accept else State.REFUSED},
        before=_before(row),
        is_closed=True,
        reason=reason,
        actor=actor,
        now=now,
        verb="consultation.accepted" if accept else "consultation.refused",
    )
    return row


def _locked(record: Consultation, seen: int) -> Consultation:
    row = (
        Consultation.objects.select_for_update(of=("self",))
        .select_related("point")
        .get(pk=record.pk)
    )
    if row.version != seen:
        raise CannotRecord(
            _("Somebody has changed this record meanwhile. Open it again.")
        )
    return row


def _before(row: Consultation) -> ConsultationChange:
    """Return what keeps what a record says."""
    return ConsultationChange(consultation=row, said=kept_of(row))
