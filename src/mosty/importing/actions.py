"""
What becomes of a file that waits, inside another app's action.

That action owns the transaction and has asked its policy; here are the locks, the states
and the ledger, the same for every list.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.importing.models import State, WaitingFile
from mosty.importing.queries.plans import Plan
from mosty.importing.queries.tables import Table, kept_as
from mosty.kernel.locks import hold
from mosty.kernel.names import clean
from mosty.kernel.refusal import Refusal
from mosty.kernel.sheets.table import Sheet

# Rows that nobody takes over are not kept longer.
KEEP_UNFINISHED = timedelta(days=14)
File = TypeVar("File", bound=WaitingFile)


class CannotImport(Refusal):
    """The file cannot be taken, mapped, dropped or withdrawn now."""


def _of(kind: type[File]) -> models.Manager[File]:
    # Managers of an abstract model are not known by name.
    found: models.Manager[File] = kind._default_manager  # noqa: SLF001
    return found


def put(
    *,
    kind: type[File],
    whose: Mapping[str, models.Model | None],
    content: bytes,
    file_name: str,
    read: Callable[[bytes, str], tuple[Sheet, Table]],
    actor: Actor,
    now: datetime,
) -> File:
    """
    Read a list and keep its rows until they are taken over or dropped.

    The file itself is not kept. The same file again, of the same owners, is the one that
    already waits. ``read`` gets the content and the name that is kept.

    :raises CannotRead: if the file is no list; the sentence says what to do.
    """
    digest = hashlib.sha256(content).hexdigest()
    # Of the same file sent twice at one moment the second finds the first.
    hold(
        kind._meta.label, {name: row and row.pk for name, row in whose.items()}, digest
    )
    same = {**whose, "digest": digest, "state": State.UPLOADED}
    waiting: File | None = _of(kind).filter(**same).first()
    if waiting is not None:
        return waiting
    name = clean(PurePath(file_name.replace("\\", "/")).name)[-200:]
    sheet, table = read(content, name)
    imported: File = _of(kind).create(
        **whose,
        digest=digest,
        file_name=name or "?",
        **kept_as(table),
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
        scope=imported.scope,
        after={"rows": len(table.rows)},
    )
    return imported


def lock(*, imported: File) -> File:
    """
    Return the file that waits as it is now, locked: of two acts the second waits.

    :raises CannotImport: if it has been taken over or dropped.
    """
    kind = type(imported)
    found: File = (
        _of(kind)
        .select_for_update(of=("self",))
        .select_related(*kind.along)
        .get(pk=imported.pk)
    )
    if found.state == State.DROPPED:
        raise CannotImport(_("This file has been dropped. Choose it again."))
    if found.state != State.UPLOADED:
        raise CannotImport(_("This file has already been taken over."))
    return found


def require_columns(
    *,
    imported: WaitingFile,
    columns: Mapping[str, int],
    fixed: Mapping[str, str],
    known: Collection[str],
    answers: Callable[[str, str], object],
) -> None:
    """
    Refuse columns that are not ``known``, are not in the file, or are one and the same.

    ``answers`` tells of a column and an answer if that may be given for all rows.

    :raises CannotImport: with the sentence for whoever chose them.
    """
    if not (
        set(columns) <= set(known)
        and all(0 <= at < len(imported.header) for at in columns.values())
        and all(answers(key, value) for key, value in fixed.items())
    ):
        raise CannotImport(_("The file has no such column. Choose from the lists."))
    if len(set(columns.values())) < len(columns):
        raise CannotImport(
            _("One column of the file cannot mean two things. Choose another one.")
        )


def keep(*, imported: File, table: Table, actor: Actor, now: datetime) -> File:
    """Keep ``table``, whose columns somebody has put right; the same again is no act."""
    before, kept = imported.mapping, kept_as(table)
    if kept["mapping"] == before:
        return imported
    # A list of ten thousand is not written once more where only its columns change.
    fields = {
        name: value for name, value in kept.items() if getattr(imported, name) != value
    }
    for name, value in fields.items():
        setattr(imported, name, value)
    imported.save(update_fields=list(fields))
    audit.record(
        actor=actor,
        verb="import.mapped",
        target=imported,
        at=now,
        scope=imported.scope,
        before=before,
        after=imported.mapping,
    )
    return imported


def require_seen(*, plan: Plan, seen: str, changed: object) -> None:
    """
    Refuse to take over what is wrong, is there already, or is not what was ``seen``.

    ``changed`` is the sentence for the last.

    :raises CannotImport: with what to do.
    """
    if plan.is_stopped:
        raise CannotImport(
            _("Some rows have errors, so nothing was taken over. Correct them first.")
        )
    if not plan.can_be_taken:
        raise CannotImport(
            _("Everything in this file is already there. Nothing was changed.")
        )
    if plan.digest != seen:
        raise CannotImport(changed)


def finish(
    *,
    imported: WaitingFile,
    told: Mapping[str, Any],
    noted: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """Say that the file is taken over; its rows go, ``told`` stays, the ledger has ``noted``."""
    imported.report = {**imported.report, **told}
    imported.state = State.DONE
    imported.done_at = now
    imported.header, imported.rows = [], []
    imported.save()
    audit.record(
        actor=actor,
        verb="import.taken_over",
        target=imported,
        at=now,
        scope=imported.scope,
        after=dict(noted),
    )


def drop(*, imported: File, actor: Actor, now: datetime) -> File:
    """
    Drop a file that was not taken over; its rows are deleted.

    :raises CannotImport: if it has been taken over already.
    """
    if imported.state == State.DROPPED:
        return imported
    imported = lock(imported=imported)
    _drop(imported, actor, now)
    return imported


def drop_old(*, kind: type[File], actor: Actor, now: datetime) -> int:
    """Drop files that nobody has taken over for a while; return how many."""
    old = (
        _of(kind)
        .select_for_update(of=("self",), skip_locked=True)
        .select_related(*kind.along)
        .filter(state=State.UPLOADED, uploaded_at__lt=now - KEEP_UNFINISHED)
    )
    dropped = list(old)
    for imported in dropped:
        _drop(imported, actor, now)
    return len(dropped)


def _drop(imported: WaitingFile, actor: Actor, now: datetime) -> None:
    imported.state = State.DROPPED
    imported.header, imported.rows, imported.mapping = [], [], {}
    imported.save(update_fields=["state", "header", "rows", "mapping"])
    audit.record(
        actor=actor,
        verb="import.dropped",
        target=imported,
        at=now,
        scope=imported.scope,
        after={"rows": imported.report.get("rows")},
    )
