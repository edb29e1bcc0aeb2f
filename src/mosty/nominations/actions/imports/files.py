"""An imported file before anything is written: uploaded, mapped, dropped."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.names import clean
from mosty.kernel.refusal import Refusal
from mosty.kernel.sheets.read import read
from mosty.nominations import policies
from mosty.nominations.actions.entries import require_open
from mosty.nominations.models import Call, ImportedFile
from mosty.nominations.queries.imports import stored
from mosty.nominations.queries.imports.columns import BY_KEY, FIXED, KNOWN
from mosty.nominations.queries.imports.vocabulary import choices

# Rows of people that nobody takes over are not kept longer.
KEEP_UNFINISHED = timedelta(days=14)


class CannotImport(Refusal):
    """The file cannot be taken, mapped or dropped now."""


@transaction.atomic(durable=True)
def upload(
    *,
    call: Call,
    organisation: Organisation | None,
    content: bytes,
    file_name: str,
    actor: Actor,
    now: datetime,
) -> ImportedFile:
    """
    Read a list and keep its rows until they are taken over or dropped.

    The file itself is not kept. The same file again is the one that already waits.

    :raises PermissionDenied: if ``actor`` speaks neither for the city nor for the call.
    :raises CannotNominate: if the call is not open.
    :raises CannotRead: if the file is no list; the sentence says what to do.
    """
    require(policies.can_import(actor, call, organisation.pk if organisation else None))
    require_open(call, now)
    digest = hashlib.sha256(content).hexdigest()
    waiting = ImportedFile.objects.filter(
        call=call,
        organisation=organisation,
        digest=digest,
        state=ImportedFile.State.UPLOADED,
    ).first()
    if waiting is not None:
        return waiting
    name = clean(PurePath(file_name.replace("\\", "/")).name)[-200:]
    sheet = read(content, name, KNOWN)
    table = stored.guessed(sheet)
    imported = ImportedFile.objects.create(
        call=call,
        organisation=organisation,
        digest=digest,
        file_name=name or "?",
        header=list(table.header),
        rows=[[line, list(cells)] for line, cells in table.rows],
        mapping=stored.mapping_json(table),
        report={
            "rows": len(table.rows),
            "header_line": sheet.header_line,
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
        scope=call.slug,
        after={"rows": len(table.rows)},
    )
    return imported


@transaction.atomic(durable=True)
def put_in_columns(
    *,
    imported: ImportedFile,
    columns: Mapping[str, int],
    fixed: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> ImportedFile:
    """
    Say which column is which, and one answer for all rows where there is no column.

    :raises PermissionDenied: if ``actor`` speaks neither for the city nor for the call.
    :raises CannotImport: if the file does not wait any more, or a column is named twice.
    """
    imported = lock(imported, actor)
    if not (
        set(columns) <= set(BY_KEY)
        and all(0 <= at < len(imported.header) for at in columns.values())
        and all(key in FIXED and fixed[key] in choices(key) for key in fixed)
    ):
        raise CannotImport(_("The file has no such column. Choose from the lists."))
    if len(set(columns.values())) < len(columns):
        raise CannotImport(
            _("One column of the file cannot mean two things. Choose another one.")
        )
    new = {"columns": dict(columns), "fixed": dict(fixed)}
    if new == imported.mapping:
        return imported
    before, imported.mapping = imported.mapping, new
    imported.save(update_fields=["mapping"])
    audit.record(
        actor=actor,
        verb="import.mapped",
        target=imported,
        at=now,
        scope=imported.call.slug,
        before=before,
        after=new,
    )
    return imported


@transaction.atomic(durable=True)
def drop(*, imported: ImportedFile, actor: Actor, now: datetime) -> ImportedFile:
    """
    Drop a file that was not taken over; its rows are deleted.

    :raises PermissionDenied: if ``actor`` speaks neither for the city nor for the call.
    :raises CannotImport: if it has been taken over already.
    """
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
        .select_related("call")
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
        scope=imported.call.slug,
        after={"rows": imported.report.get("rows")},
    )


def lock(imported: ImportedFile, actor: Actor) -> ImportedFile:
    """
    Return the file as it is now, locked: of two acts at once the second waits.

    :raises PermissionDenied: if ``actor`` speaks neither for the city nor for the call.
    :raises CannotImport: if it has been taken over or dropped.
    """
    require(policies.can_import(actor, imported.call, imported.organisation_id))
    imported = (
        ImportedFile.objects.select_for_update(of=("self",))
        .select_related("call__course__programme")
        .get(pk=imported.pk)
    )
    if imported.state == ImportedFile.State.DONE:
        raise CannotImport(_("This file has already been taken over."))
    if imported.state == ImportedFile.State.DROPPED:
        raise CannotImport(_("This file has been dropped. Choose it again."))
    return imported
