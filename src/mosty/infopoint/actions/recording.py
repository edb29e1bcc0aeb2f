"""How a consultation comes in: once, whoever sends it how often."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import Role, User
from mosty.audit import actions as audit
from mosty.infopoint import policies
from mosty.infopoint.actions import pseudonyms
from mosty.infopoint.actions.saying import (
    CannotRecord,
    Problems,
    Said,
    check_note,
    codes_of,
    operation_on,
    values_of,
)
from mosty.infopoint.models import Consultation, Point, State
from mosty.kernel.access import require


def record(
    *, point: Point, said: Said, key: UUID, actor: User, now: datetime
) -> Mapping[str, Any]:
    """
    Keep a consultation; the same ``key`` is kept once, whoever sends it how often.

    One of a closed period waits for the lead as late. Returns whether it does.

    :raises PermissionDenied: if ``actor`` does not record at ``point`` today.
    :raises CannotRecord: if the day, a code or the note is not possible.
    """
    try:
        return _record(point=point, said=said, key=key, actor=actor, now=now)
    except IntegrityError as error:
        # The same form at the same moment: the other sending won.
        if "infopoint_consultation_pkey" not in str(error):
            raise
        return _record(point=point, said=said, key=key, actor=actor, now=now)


@transaction.atomic(durable=True)
def _record(
    *, point: Point, said: Said, key: UUID, actor: User, now: datetime
) -> Mapping[str, Any]:
    # The key of the row is the receipt: inbox.once would cost three statements more.
    known = Consultation.objects.filter(pk=key).first()
    require(policies.can_record(actor, point))
    if known is not None:
        if (known.recorder_key, known.point_id) != (actor.ledger_key, point.pk):
            raise CannotRecord(_("Open the form again: this one was already used."))
        return {"late": known.is_late}
    problems = Problems()
    operation = operation_on(point, said.day, now, problems)
    if operation is not None and operation.operator_id not in actor.acts_for(
        Role.WORKER
    ):
        problems.fields["day"] = _("Another organisation ran the point on that day.")
    found = codes_of(point, said, problems)
    check_note(point, said.note, problems)
    problems.refuse()
    assert operation is not None  # noqa: S101 - refused above
    late = operation.is_closed  # type: ignore[attr-defined]  # annotated
    row = Consultation(
        key=key,
        point=point,
        operation=operation,
        state=State.LATE if late else State.COUNTED,
        is_late=late,
        recorded_at=now,
        recorder_key=actor.ledger_key,
        **values_of(said, found),
    )
    row.returning = pseudonyms.recognise(
        point, said.sign, said.day, said.returning, now
    )
    row.save(force_insert=True)
    audit.record(
        actor=actor,
        verb="consultation.recorded",
        target=row,
        at=now,
        scope=point.slug,
        after={"late": True} if late else {},
    )
    return {"late": late}
