"""
How one row of a draft is saved against the version that was read.

What nobody else has changed meanwhile is saved; what others changed elsewhere in the row
is merged in; only a field that both changed is refused, with both texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from mosty.audit.actors import Actor
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.plans import policies
from mosty.plans.merging import Collision, merge
from mosty.plans.models import LINKS, Action, Edit, Objective, Plan
from mosty.plans.plain import plain
from mosty.plans.queries.topics import key_of

Row = Plan | Objective | Action
Values = Mapping[str, Any]
_KINDS: Mapping[type[Model], Edit.Kind] = {
    Plan: Edit.Kind.PLAN,
    Objective: Edit.Kind.OBJECTIVE,
    Action: Edit.Kind.ACTION,
}
FIELDS: Mapping[Edit.Kind, tuple[str, ...]] = {
    Edit.Kind.PLAN: ("title", "context"),
    Edit.Kind.OBJECTIVE: ("text",),
    Edit.Kind.ACTION: (
        "what", "lead", "partners", "starts_on", "ends_on", "resources", "risk",
        "output", "output_unit", "output_baseline", "output_target",
        "result", "result_unit", "result_baseline", "result_target", "topic",
        *LINKS,
    ),
}  # fmt: skip


class CannotWrite(Refusal):
    """The plan is no draft, or what was typed cannot be kept so."""


class Collided(Refusal):
    """Somebody saved the same field meanwhile; ``collisions`` hold both texts."""

    def __init__(self, collisions: tuple[Collision, ...], version: int) -> None:
        super().__init__(
            _("Somebody saved the same text meanwhile. Choose what is to stand.")
        )
        self.collisions, self.version = collisions, version


class Removed(Refusal):
    """The row was taken out meanwhile; what was typed can be added as a new one."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving: whether anything changed, and if others' changes came in."""

    row: Row
    changed: bool
    merged: bool


def draft(plan: Plan, actor: Actor) -> Plan:
    """
    Return the plan, locked, as a draft that ``actor`` writes.

    :raises PermissionDenied: if ``actor`` does not write it.
    :raises CannotWrite: if it is signed off or closed.
    """
    require(policies.can_write(actor, plan))
    locked = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("programme", "owner", "course")
        .get(pk=plan.pk)
    )
    if locked.state != Plan.State.DRAFT:
        raise CannotWrite(
            _(
                "This plan is signed off, so its text stands. The city's contact can "
                "open it for a revision."
            )
        )
    return locked


def kind_of(row: Row) -> Edit.Kind:
    """Return which kind of row it is."""
    return _KINDS[type(row)]


def values_of(row: Row) -> dict[str, Any]:
    """Return the fields of a row that people write, as they are kept in an edit."""
    return {name: plain(getattr(row, name)) for name in FIELDS[kind_of(row)]}


def note(
    plan: Plan, row: Row, actor: Actor, now: datetime, *, removed: bool = False
) -> None:
    """Keep the row as it is now, so that nothing saved is lost and stale saves can merge."""
    Edit.objects.create(
        plan=plan,
        kind=kind_of(row),
        row=row.pk,
        version=row.version + removed,
        content=values_of(row),
        is_removal=removed,
        made_at=now,
        made_by=actor.ledger_label,
    )


def save(
    *,
    plan: Plan,
    row: Row,
    values: Values,
    seen: int,
    actor: Actor,
    now: datetime,
) -> Saved:
    """
    Save ``values`` into ``row``, which is locked, against the version ``seen``.

    :raises Collided: if somebody saved the same field to something else since.
    """
    kind = kind_of(row)
    ours = {name: plain(value) for name, value in values.items()}
    theirs = {name: text for name, text in values_of(row).items() if name in ours}
    merged = False
    if seen != row.version:
        base = (
            Edit.objects.filter(plan=plan, kind=kind, row=row.pk, version=seen)
            .values_list("content", flat=True)
            .first()
        )
        # Of a version that never was, nothing is known: every difference is asked about.
        found = merge(base if base is not None else {}, theirs, ours)
        if found.collisions:
            raise Collided(found.collisions, row.version)
        merged = found.values != ours
        ours = found.values
    if ours == theirs:
        return Saved(row, changed=False, merged=merged)
    for name, value in ours.items():
        setattr(row, name, _stored(name, value))
    row.version += 1
    row.save(update_fields=[*ours, "version", *_beside(row, ours)])
    note(plan, row, actor, now)
    return Saved(row, changed=True, merged=merged)


def _beside(row: Row, changed: Values) -> list[str]:
    """Set what follows from what changed; return the names of those fields."""
    if isinstance(row, Action) and "topic" in changed:
        row.topic_key = key_of(row.topic)
        return ["topic_key"]
    return []


def _stored(name: str, value: Any) -> Any:
    """Return a plain value as the field takes it."""
    if value is None:
        return None
    if name in {"starts_on", "ends_on"}:
        return date.fromisoformat(value)
    if name.endswith(("_baseline", "_target")):
        return Decimal(value)
    return LazyI18nString(value) if name == "topic" else value
