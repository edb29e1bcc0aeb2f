"""How a form that a device sends is taken once."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from mosty.audit.actors import SYSTEM, Actor
from mosty.inbox.locks import lock_of
from mosty.inbox.models import Receipt
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal

# Longer than any course: a phone may lie in a drawer over the holidays.
KEPT_FOR = timedelta(days=180)


class CannotTake(Refusal):
    """The key was used for something else: the device must make a new one."""


def once(
    *,
    key: UUID,
    kind: str,
    actor: Actor,
    now: datetime,
    act: Callable[[], Mapping[str, Any]],
) -> Mapping[str, Any]:
    """
    Do ``act`` and keep its answer, or return the answer of the first time.

    Call it inside an action's transaction: receipt and act stand or fall together. Of
    two sendings at one moment the second waits for the first.

    :raises TransactionManagementError: outside a transaction.
    :raises CannotTake: if somebody else, or another form, has used this key.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A receipt needs a transaction.")
    known = _first_time(key)
    if known is not None:
        sender_key, known_kind, first = known
        if sender_key != actor.ledger_key or known_kind != kind:
            raise CannotTake(
                _("This form cannot be taken twice. Open it again and send it.")
            )
        return first
    answer = act()
    Receipt.objects.create(
        key=key, sender_key=actor.ledger_key, kind=kind, answer=answer, received_at=now
    )
    return answer


def _first_time(key: UUID) -> tuple[str, str, dict[str, Any]] | None:
    """
    Lock ``key``, then look for its receipt: who sent it, what it was, and the answer.

    Two statements, sent together. The second sees what was committed while the first
    waited, for each has a snapshot of its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            # As kernel.locks.hold, but in one sending with the look, and by a number that
            # the database's own checking in locks too (training_check_in).
            "select pg_advisory_xact_lock(%s);"
            " select sender_key, kind, answer from inbox_receipt where key = %s",
            [lock_of(key), key],
        )
        cursor.nextset()
        row = cursor.fetchone()
    return None if row is None else (row[0], row[1], json.loads(row[2]))


def forget(*, actor: Actor, now: datetime) -> int:
    """
    Delete receipts so old that no device sends the form again; return how many.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(actor == SYSTEM)
    deleted, _by = Receipt.objects.filter(received_at__lt=now - KEPT_FOR).delete()
    return deleted
