"""An imported file before anything is counted: uploaded, mapped, dropped."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit.actors import Actor
from mosty.importing import actions as importing
from mosty.importing.actions import CannotImport
from mosty.importing.queries.tables import table_of
from mosty.infopoint import policies
from mosty.infopoint.models import ImportedFile, Point
from mosty.infopoint.queries.imports import table as tables
from mosty.infopoint.queries.imports.columns import BY_KEY, FIXED, KNOWN, is_personal
from mosty.infopoint.queries.imports.vocabulary import lists_of
from mosty.kernel.access import require
from mosty.kernel.sheets.read import read

__all__ = ["CannotImport", "drop", "drop_old", "lock", "put_in_columns", "upload"]


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
    return importing.put(
        kind=ImportedFile,
        whose={"point": point},
        content=content,
        file_name=file_name,
        read=tables.opened,
        actor=actor,
        now=now,
    )


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
    lists = lists_of(imported.point)
    importing.require_columns(
        imported=imported,
        columns=columns,
        fixed=fixed,
        known=BY_KEY,
        answers=lambda key, value: key in FIXED and lists.named(key, value),
    )
    if any(is_personal(imported.header[at]) for at in columns.values()):
        raise CannotImport(_("Columns that tell who somebody is are never read."))
    table = tables.narrowed(table_of(imported), columns, fixed)
    if table is None:
        if content is None or hashlib.sha256(content).hexdigest() != imported.digest:
            sentence = _(
                "You chose a column that was not read. Choose the same file once more, "
                "so that it can be."
            )
            raise CannotImport(sentence, fields={"file": sentence})
        sheet = read(content, imported.file_name, KNOWN)
        table = tables.with_columns(sheet, columns, fixed)
    return importing.keep(imported=imported, table=table, actor=actor, now=now)


@transaction.atomic(durable=True)
def drop(*, imported: ImportedFile, actor: User, now: datetime) -> ImportedFile:
    """
    Drop a file that was not taken over; its rows are deleted.

    :raises PermissionDenied: if ``actor`` does not lead at the point.
    :raises CannotImport: if it has been taken over already.
    """
    require(policies.can_lead(actor, imported.point))
    return importing.drop(imported=imported, actor=actor, now=now)


@transaction.atomic(durable=True)
def drop_old(*, actor: Actor, now: datetime) -> int:
    """
    Drop files that nobody has taken over for a while; return how many.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    return importing.drop_old(kind=ImportedFile, actor=actor, now=now)


def lock(imported: ImportedFile, actor: User) -> ImportedFile:
    """
    Return the file that waits as it is now, locked: of two acts the second waits.

    :raises PermissionDenied: if ``actor`` does not lead at the point.
    :raises CannotImport: if it has been taken over or dropped.
    """
    require(policies.can_lead(actor, imported.point))
    return importing.lock(imported=imported)
