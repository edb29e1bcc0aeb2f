"""
Checking in by one statement, and so one transaction: a hall does it at one moment.

It does the ordinary case: a form that was not taken yet, of somebody who takes part and
has no mark, from a phone that marked nobody. All else is :mod:`.attendance`'s.
"""

import json
from datetime import datetime
from uuid import UUID

from django.db import connection

from mosty.inbox.locks import lock_of
from mosty.kernel.access import require
from mosty.programmes.models import Session
from mosty.training.actions.attendance import (
    RECEIPT,
    Participant,
    Wanted,
    began,
    possible,
    says,
)
from mosty.training.models.attendance import Way


def check_in(
    *,
    session: Session,
    wanted: Wanted,
    device: bytes,
    key: UUID,
    actor: Participant,
    now: datetime,
    noted_at: datetime,
) -> bool:
    """
    Mark that a participant was there, if nothing stands in the way.

    Receipt, seat, mark and ledger as :func:`.attendance.check_in` has them. False where
    nothing was written: then that one knows why, or what stands already.

    :raises PermissionDenied: if the mark is another's.
    """
    require(actor.offer.code == wanted.code)
    with connection.cursor() as cursor:
        cursor.execute(
            "select training_check_in(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s,"
            " %s, %s, %s::jsonb)",
            [
                key,
                lock_of(key),
                session.pk,
                session.course_id,
                wanted.code,
                wanted.kind,
                wanted.minutes,
                device,
                possible(session, noted_at, now),
                now,
                actor.ledger_key,
                actor.ledger_label,
                RECEIPT,
                session.course.programme.slug,
                json.dumps({**began(session), "way": Way.SELF, **says(wanted)}),
            ],
        )
        row: tuple[bool | None] = cursor.fetchone()
    return row[0] is True
