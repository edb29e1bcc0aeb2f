"""An imported file before anything is counted: uploaded, mapped, dropped."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.infopoint import policies
from mosty.infopoint.models import ImportedFile, Point
from mosty.infopoint.queries.imports import table as tables
from mosty.infopoint.queries.imports.columns import BY_KEY, FIXED, is_personal
from mosty.infopoint.queries.imports.vocabulary import lists_of
from mosty.kernel.access import require
from mosty.kernel.names import clean
from mosty.kernel.refusal import Refusal

# Rows that nobody takes over are not kept longer.
KEEP_UNFINISHED = timedelta(days=14)


class CannotImport(Refusal):
    """The file cannot be taken, mapped, dropped or withdrawn now."""


@transaction.atomic(durable=True)
def upload(
    *, point: Point, content: bytes, file_name: str, actor: User, now: datetime
) -> ImportedFile:
    """
    Read a list of consultations; keep what is used of it until it is taken over.

    Columns that are not known by their names are not kept, and neither is a cell with
    what looks like contact data. The same file again is the one that already waits.

    :raises PermissionDenied: if ``actor`` does not lead at ``point``.
    :raises CannotRead: if the file is no list; the sentence says what to do.
    """
    require(policies.can_lead(actor, point))
    # Of the same file sent twice at one moment the second finds the first.
    point = Point.objects.select_for_update(no_key=True).get(pk=point.pk)
    digest = hashlib.sha256(content).hexdigest()
    waiting = ImportedFile.objects.filter(
        point=point, digest=digest, state=ImportedFile.State.UPLOADED
    ).first()
    if waiting is not None:
        return waiting
    name = clean(PurePath(file_name.replace("\\", "/")).name)[-200:]
    sheet = tables.opened(content, name)
    table = tables.guessed(sheet)
    imported = ImportedFile.objects.create(
        point=point,
        digest=digest,
        file_name=name or "?",
        **tables.kept_as(table),
        report={
            "rows": len(table.rows),
            "notes": [str(note) for note in sheet.notes],
        },
        uploaded_by=actor.ledger_label,
        uploaded_at=now,
    )
    audit.record(
        actor=actor,
        verb="import.uploaded",
        target=imported,
        at=now,
        scope=point.slug,
        after={"rows": len(table.rows)},
    )
    return imported


@transaction.atomic(durable=True)
def put_in_columns(
    *,
    imported: ImportedFile,
    columns: Mapping[str, int],
    fixed: Mapping[str, str],
    content: bytes | None,
    actor: User,
    now: datetime,
) -> ImportedFile:
    """
    Say which column is which, and one answer for all rows where there is no column.

    A column that has not been read is read from ``content``, the same file once more.

    :raises PermissionDenied: if ``actor`` does not lead at the point.
    :raises CannotImport: if the file does not wait any more, a column is named twice or
        tells of persons, or a column is missing and ``content`` is not the same file.
    """
    imported = lock(imported, actor)
    header = imported.header
    lists = lists_of(imported.point)
    if not (
        set(columns) <= set(BY_KEY)
        and all(0 <= at < len(header) for at in columns.values())
        and all(key in FIXED and lists.named(key, fixed[key]) for key in fixed)
    ):
        raise CannotImport(_("The file has no such column. Choose from the lists."))
    if len(set(columns.values())) < len(columns):
        raise CannotImport(
            _("One column of the file cannot mean two things. Choose another one.")
        )
    if any(is_personal(header[at]) for at in columns.values()):
        raise CannotImport(_("Columns that tell who somebody is are never read."))
    before = imported.mapping
    new = {"columns": dict(columns), "fixed": dict(fixed)}
    if new == before:
        return imported
    table = tables.narrowed(tables.table_of(imported), columns, fixed)
    if table is None:
        if content is None or hashlib.sha256(content).hexdigest() != imported.digest:
            sentence = _(
                "You chose a column that was not read. Choose the same file once more, "
                "so that it can be."
            )
            raise CannotImport(sentence, fields={"file": sentence})
        sheet = tables.opened(content, imported.file_name)
        table = tables.with_columns(sheet, columns, fixed)
    for name, value in tables.kept_as(table).items():
        setattr(imported, name, value)
    imported.save(update_fields=["header", "rows", "mapping"])
    audit.record(
        actor=actor,
        verb="import.mapped",
        target=imported,
        at=now,
        scope=imported.point.slug,
        before=before,
        after=new,
    )
    return imported


@transaction.atomic(durable=True)
def drop(*, imported: ImportedFile, actor: User, now: datetime) -> ImportedFile:
    """
    Drop a file that was not taken over; its rows are deleted.

    :raises PermissionDenied: if ``actor`` does not lead at the point.
    :raises CannotImport: if it has been taken over already.
    """
    require(policies.can_lead(actor, imported.point))
    if imported.state == ImportedFile.State.DROPPED:
        return imported
    imported = lock(imported, actor)
    _drop(imported, actor=actor, now=now)
    return imported


@transaction.atomic(durable=True)
def drop_old(*, actor: Actor, now: datetime) -> int:
    """
    Drop files that nobody has taken over for a while; return how many.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    left = (
        ImportedFile.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("point")
        .filter(
            state=ImportedFile.State.UPLOADED, uploaded_at__lt=now - KEEP_UNFINISHED
        )
    )
    dropped = 0
    for imported in left:
        _drop(imported, actor=actor, now=now)
        dropped += 1
    return dropped


def _drop(imported: ImportedFile, *, actor: Actor, now: datetime) -> None:
    imported.state = ImportedFile.State.DROPPED
    imported.header, imported.rows, imported.mapping = [], [], {}
    imported.save(update_fields=["state", "header", "rows", "mapping"])
    audit.record(
        actor=actor,
        verb="import.dropped",
        target=imported,
        at=now,
        scope=imported.point.slug,
        after={"rows": imported.report.get("rows")},
    )


def lock(imported: ImportedFile, actor: User) -> ImportedFile:
    """
    Return the file that waits as it is now, locked: of two acts the second waits.

    :raises PermissionDenied: if ``actor`` does not lead at the point.
    :raises CannotImport: if it has been taken over or dropped.
    """
    require(policies.can_lead(actor, imported.point))
    imported = (
        ImportedFile.objects.select_for_update(of=("self",))
        .select_related("point")
        .get(pk=imported.pk)
    )
    if imported.state == ImportedFile.State.DROPPED:
        raise CannotImport(_("This file has been dropped. Choose it again."))
    if imported.state != ImportedFile.State.UPLOADED:
        raise CannotImport(_("This file has already been taken over."))
    return imported
