"""What happens to any record that is changed: what it said before stays, with the reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.infopoint import policies
from mosty.infopoint.actions.saying import CannotRecord
from mosty.infopoint.models import Consultation, Point, Workshop
from mosty.infopoint.models.changes import Change


def only_the_lead(actor: User, point: Point) -> None:
    """
    Go on only if ``actor`` may change what lies in a closed period.

    :raises CannotRecord: if ``actor`` does not lead.
    """
    if not policies.can_lead(actor, point):
        raise CannotRecord(
            _("The period is closed. Only the lead can change its records now.")
        )


def revise(
    row: Consultation | Workshop,
    new: Mapping[str, Any],
    *,
    before: Change,
    is_closed: bool,
    reason: str,
    actor: User,
    now: datetime,
    verb: str,
    changed: Sequence[str] = (),
) -> None:
    """
    Keep ``before``, which has what the locked ``row`` said, and write what is ``new``.

    The ledger names the fields ``changed``, not what they say.

    :raises CannotRecord: if the reason is missing, or the period is closed and ``actor``
        does not lead.
    """
    reason = reason.strip()
    if not reason:
        sentence = _("Enter the reason.")
        raise CannotRecord(sentence, fields={"reason": sentence})
    if is_closed:
        only_the_lead(actor, row.point)
    before.version = row.version
    before.reason = reason
    before.is_revision = is_closed
    before.changed_at = now
    before.changed_by = actor.ledger_label
    before.save(force_insert=True)
    for name, value in new.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*new, "version"])
    audit.record(
        actor=actor,
        verb=verb,
        target=row,
        at=now,
        scope=row.point.slug,
        reason=reason,
        after={
            **({"fields": list(changed)} if changed else {}),
            **({"revision": True} if is_closed else {}),
        },
    )
