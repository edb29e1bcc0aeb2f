"""Taking an imported file over: every row, or none; and withdrawing it as a whole."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.importing import actions as importing
from mosty.importing.queries.tables import table_of
from mosty.infopoint import policies
from mosty.infopoint.actions.imports.files import CannotImport, lock
from mosty.infopoint.actions.saying import kept_of
from mosty.infopoint.models import (
    Consultation,
    ConsultationChange,
    ImportedFile,
    Point,
    Returning,
    State,
)
from mosty.infopoint.queries.imports import pages
from mosty.infopoint.queries.imports import plan as plans
from mosty.infopoint.queries.imports.plan import Row
from mosty.kernel.access import require

_BATCH = 2_000
_TABLE = Consultation._meta.db_table
_COLUMNS = tuple(field.attname for field in Consultation._meta.local_concrete_fields)


@transaction.atomic(durable=True)
def take_over(
    *, imported: ImportedFile, seen: str, actor: User, now: datetime
) -> ImportedFile:
    """
    Record every consultation in the file that is not there yet.

    ``seen`` is the digest of the plan that the actor confirms. Afterwards the rows of
    the file are deleted; each record says which file it came from.

    :raises PermissionDenied: if ``actor`` does not lead at the point.
    :raises CannotImport: if it was taken over or dropped, a row is wrong, nothing is
        new, or what would be done is no longer what was seen.
    """
    imported = lock(imported, actor)
    # Nobody closes a month meanwhile, or takes another file over; desks go on recording.
    point = Point.objects.select_for_update(no_key=True).get(pk=imported.point_id)
    table = table_of(imported)
    plan = plans.make(point=point, table=table, now=now)
    importing.require_seen(
        plan=plan,
        seen=seen,
        changed=_(
            "The records, the lists or the columns have changed since this page was "
            "opened. Look at it again, then take the file over."
        ),
    )
    new = [row for row in plan.rows if row.kind == "new"]
    _write(new, imported, actor, now)
    days = [row.said.day for row in new if row.said.day]
    told = {
        "new": len(new),
        "same": plan.counts["same"],
        "from": min(days).isoformat(),
        "until": max(days).isoformat(),
        "not_read": list(table.unused),
    }
    importing.finish(
        imported=imported,
        told=told,
        noted={**told, "sha256": imported.digest},
        actor=actor,
        now=now,
    )
    return imported


def _write(
    rows: Sequence[Row], imported: ImportedFile, actor: User, now: datetime
) -> None:
    """Copy the records into the table, whose guards look at each: a year is long."""
    alike = {
        "point_id": imported.point_id,
        "returning": Returning.UNKNOWN.value,
        "interpreter": False,
        "note": "",
        "state": State.COUNTED.value,
        "is_late": False,
        "recorded_at": now,
        "recorder_key": actor.ledger_key,
        "version": 1,
        "imported_id": imported.pk,
    }
    names = ", ".join(map(connection.ops.quote_name, _COLUMNS))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {_TABLE} ({names}) from stdin") as copy,
    ):
        for row in rows:
            said = row.said
            own = {"key": row.key, "operation_id": said.operation, "day": said.day}
            told = {**said.values, "topics": list(said.values["topics"])}
            values = {**alike, **own, **told}
            copy.write_row([values.get(name) for name in _COLUMNS])


@transaction.atomic(durable=True)
def withdraw(
    *, imported: ImportedFile, reason: str, actor: User, now: datetime
) -> ImportedFile:
    """
    Let nothing of a file count any more; what each record said is kept.

    :raises PermissionDenied: if ``actor`` does not lead at the point.
    :raises CannotImport: if it was not taken over, a month of it is closed, or a reason
        is missing.
    """
    require(policies.can_lead(actor, imported.point))
    reason = reason.strip()
    if not reason:
        sentence = _("Enter the reason.")
        raise CannotImport(sentence, fields={"reason": sentence})
    imported = ImportedFile.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if imported.state != ImportedFile.State.DONE:
        raise CannotImport(
            _("Nothing of this file counts: there is nothing to withdraw.")
        )
    point = Point.objects.select_for_update(no_key=True).get(pk=imported.point_id)
    if why := pages.closed_sentence(pages.closed_months(imported)):
        raise CannotImport(why)
    records = list(
        Consultation.objects.select_for_update()
        .filter(imported=imported, state=State.COUNTED)
        .order_by("key")
    )
    ConsultationChange.objects.bulk_create(
        [
            ConsultationChange(
                consultation=row,
                version=row.version,
                said=kept_of(row),
                reason=reason,
                changed_at=now,
                changed_by=actor.ledger_label,
            )
            for row in records
        ],
        batch_size=_BATCH,
    )
    Consultation.objects.filter(imported=imported, state=State.COUNTED).update(
        state=State.WITHDRAWN, version=F("version") + 1
    )
    imported.state = ImportedFile.State.WITHDRAWN
    imported.withdrawn_at, imported.reason = now, reason
    imported.save(update_fields=["state", "withdrawn_at", "reason"])
    audit.record(
        actor=actor,
        verb="import.withdrawn",
        target=imported,
        at=now,
        scope=point.slug,
        reason=reason,
        after={"records": len(records)},
    )
    return imported
