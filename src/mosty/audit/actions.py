"""How an entry comes into the ledger."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models

from mosty.audit.actors import Actor
from mosty.audit.models import Entry


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
    key = getattr(target, "code", "") or getattr(target, "slug", "") or target.pk
    return Entry.objects.create(
        at=at,
        actor_key=actor.ledger_key,
        actor_label=actor.ledger_label,
        verb=verb,
        target_kind=target._meta.label_lower,
        target_key=str(key),
        scope=scope,
        reason=reason,
        before=dict(before or {}),
        after=dict(after or {}),
    )
