"""An imported file before anything is written: uploaded, mapped, dropped."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from mosty.audit.actors import Actor
from mosty.directory.models import Organisation
from mosty.importing import actions as importing
from mosty.importing.actions import CannotImport
from mosty.importing.queries.tables import Table
from mosty.kernel.access import require
from mosty.nominations import policies
from mosty.nominations.actions.entries import require_open
from mosty.nominations.models import Call, ImportedFile
from mosty.nominations.queries.imports import reading
from mosty.nominations.queries.imports.columns import BY_KEY, FIXED
from mosty.nominations.queries.imports.vocabulary import choices

__all__ = ["CannotImport", "drop", "drop_old", "lock", "put_in_columns", "upload"]


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
    return importing.put(
        kind=ImportedFile,
        whose={"call": call, "organisation": organisation},
        content=content,
        file_name=file_name,
        read=reading.opened,
        actor=actor,
        now=now,
    )


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
    importing.require_columns(
        imported=imported,
        columns=columns,
        fixed=fixed,
        known=BY_KEY,
        answers=lambda key, value: key in FIXED and value in choices(key),
    )
    table = Table(imported.header, imported.rows, columns, fixed)
    return importing.keep(imported=imported, table=table, actor=actor, now=now)


@transaction.atomic(durable=True)
def drop(*, imported: ImportedFile, actor: Actor, now: datetime) -> ImportedFile:
    """
    Drop a file that was not taken over; its rows are deleted.

    :raises PermissionDenied: if ``actor`` speaks neither for the city nor for the call.
    :raises CannotImport: if it has been taken over already.
    """
    require(policies.can_import(actor, imported.call, imported.organisation_id))
    return importing.drop(imported=imported, actor=actor, now=now)


@transaction.atomic(durable=True)
def drop_old(*, actor: Actor, now: datetime) -> int:
    """
    Drop files that nobody has taken over for a while; return how many.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    return importing.drop_old(kind=ImportedFile, actor=actor, now=now)


def lock(imported: ImportedFile, actor: Actor) -> ImportedFile:
    """
    Return the file as it is now, locked: of two acts at once the second waits.

    :raises PermissionDenied: if ``actor`` speaks neither for the city nor for the call.
    :raises CannotImport: if it has been taken over or dropped.
    """
    require(policies.can_import(actor, imported.call, imported.organisation_id))
    return importing.lock(imported=imported)
