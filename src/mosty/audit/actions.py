"""How entries come into the ledger."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models

from mosty.audit.actors import Actor
from mosty.audit.models import Entry

# What an act was on, and what held before and after it. A whole list has no row.
Act = tuple[
    models.Model | type[models.Model], Mapping[str, object], Mapping[str, object]
]
_BATCH = 1_000


def record(
    *,
    actor: Actor,
    verb: str,
    target: models.Model,
    at: datetime,
    scope: str = "",
    reason: str = "",
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> Entry:
    """
    Write one entry, in the transaction of the change it tells of.

    ``target`` is named by its ``code`` or ``slug`` where it has one, else by its key.
    """
    entry = _entry((target, before or {}, after or {}), actor, verb, at, scope, reason)
    entry.save()
    return entry


def record_many(
    *,
    actor: Actor,
    verb: str,
    acts: Iterable[Act],
    at: datetime,
    scope: str = "",
    reason: str = "",
) -> None:
    """Write one entry for each act, as :func:`record` does, in few statements."""
    Entry.objects.bulk_create(
        (_entry(act, actor, verb, at, scope, reason) for act in acts),
        batch_size=_BATCH,
    )


def record_export(
    *,
    actor: Actor,
    what: str,
    of: models.Model | type[models.Model],
    form: str,
    rows: int,
    at: datetime,
    scope: str = "",
    reason: str = "",
    filters: Mapping[str, object] | None = None,
) -> Entry:
    """
    Write that data left as a file: which, of what kind, how many rows, and, where one
    is asked for, why.

    ``of`` is the row that they belong to, or the model whose rows were listed.
    ``filters`` must not hold what was searched for: that may be a name.
    """
    after = {"form": form, "rows": rows} | (
        {"filters": dict(filters)} if filters else {}
    )
    entry = _entry((of, {}, after), actor, f"{what}.exported", at, scope, reason)
    entry.save()
    return entry


def _entry(
    act: Act, actor: Actor, verb: str, at: datetime, scope: str, reason: str
) -> Entry:
    target, before, after = act
    key = (
        getattr(target, "code", "") or getattr(target, "slug", "") or target.pk
        if isinstance(target, models.Model)
        else ""
    )
    return Entry(
        at=at,
        actor_key=actor.ledger_key,
        actor_label=actor.ledger_label,
        verb=verb,
        target_kind=target._meta.label_lower,
        target_key=str(key),
        scope=scope,
        reason=reason,
        before=dict(before),
        after=dict(after),
    )
