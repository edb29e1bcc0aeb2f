"""How a consultation comes in: once, whoever sends it how often."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mosty.accounts.models import Role, User
from mosty.infopoint import policies
from mosty.infopoint.actions import pseudonyms
from mosty.infopoint.actions.saying import (
    CannotRecord,
    Problems,
    Said,
    check_note,
    codes_of,
    operation_on,
)
from mosty.infopoint.models import Consultation, Kind, Point
from mosty.kernel.access import require


def record(
    *, point: Point, said: Said, key: UUID, actor: User, now: datetime
) -> Mapping[str, Any]:
    """
    Keep a consultation; the same ``key`` is kept once, whoever sends it how often.

    One of a closed period waits for the lead as late. Returns whether it does.

    One statement, and so one transaction: policy, lock, state, record and ledger. Only
    where it writes nothing is asked why, for the sentence that is shown. Where the point
    knows visitors again, their sign is looked for before, in the same transaction.

    :raises PermissionDenied: if ``actor`` does not record at ``point`` today.
    :raises CannotRecord: if the day, a code or the note is not possible.
    """
    for _attempt in range(2):
        problems = Problems()
        check_note(point, said.note, problems)
        late = None
        if not problems.fields:
            late = _recognised(point, said, key, actor, now)
        if late is None:
            late = _as_known(point, said, key, actor, now, problems)
        if late is not None:
            return {"late": late}
        # Nothing is wrong any more: what stood in the way went meanwhile.
    raise CannotRecord(_("Something has just changed here. Send the form again."))


def _recognised(
    point: Point, said: Said, key: UUID, actor: User, now: datetime
) -> bool | None:
    """Write the record as :func:`_written` does; its sign is remembered only with it."""
    if not (point.pseudonyms and said.sign):
        return _written(point, said, key, actor, now)
    with transaction.atomic(durable=True):
        returning = pseudonyms.recognise(
            point, said.sign, said.day, said.returning, now
        )
        late = _written(point, replace(said, returning=returning), key, actor, now)
        if late is None:
            transaction.set_rollback(True)
    return late


def _written(
    point: Point, said: Said, key: UUID, actor: User, now: datetime
) -> bool | None:
    """Write the record, and return whether it is late; ``None`` if it was not written."""
    named = [(str(kind), code) for kind, code in said.codes.items() if code]
    # Each once; the main one stays first.
    named += [(Kind.TOPIC.value, code) for code in dict.fromkeys(said.topics)]
    with connection.cursor() as cursor:
        cursor.execute(
            "select infopoint_record(%s, %s, %s, %s::bigint[], %s, %s::text[],"
            " %s::text[], %s, %s, %s, %s, %s, %s)",
            [
                key,
                point.pk,
                timezone.localdate(now),
                list(actor.acts_for(Role.WORKER)),
                said.day,
                [kind for kind, _code in named],
                [code for _kind, code in named],
                said.interpreter,
                said.returning,
                said.note.strip(),
                now,
                actor.ledger_key,
                actor.ledger_label,
            ],
        )
        row: tuple[bool | None] = cursor.fetchone()
    return row[0]


def _as_known(
    point: Point,
    said: Said,
    key: UUID,
    actor: User,
    now: datetime,
    problems: Problems,
) -> bool | None:
    """
    Return whether the record that came before is late; ``None`` if nothing is wrong.

    :raises PermissionDenied: if ``actor`` does not record at ``point`` today.
    :raises CannotRecord: saying all that is wrong at once.
    """
    known = Consultation.objects.filter(pk=key).first()
    require(policies.can_record(actor, point))
    if known is not None:
        # The key of the row is the receipt of the form.
        if (known.recorder_key, known.point_id) != (actor.ledger_key, point.pk):
            raise CannotRecord(_("Open the form again: this one was already used."))
        return known.is_late
    operation = operation_on(point, said.day, now, problems)
    if operation is not None and operation.operator_id not in actor.acts_for(
        Role.WORKER
    ):
        problems.fields["day"] = _("Another organisation ran the point on that day.")
    codes_of(point, said, problems)
    problems.refuse()
    return None
