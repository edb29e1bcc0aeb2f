"""Putting actors on a map, changing what is said of them, taking them off."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mosty.kernel.access import require
from mosty.kernel.names import fold
from mosty.partnerships import policies
from mosty.partnerships.actions.writing import (
    MOST_ACTORS,
    CannotWrite,
    locked,
    note,
    settled,
    texts,
)
from mosty.partnerships.models import Actor, Level, StakeholderMap, Tie
from mosty.programmes.actions.rows import refuse_unless_valid


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is said of an actor."""

    name: str
    function: str
    level: str = Level.LOCAL
    target_groups: tuple[str, ...] = ()
    services: str = ""
    interest: str = ""
    influence: str = ""
    contribution: str = ""
    hindrance: str = ""
    engagement: str = ""
    contact: str = ""


FIELDS = tuple(Details.__dataclass_fields__)


def said_of(stakeholder: Actor) -> dict[str, object]:
    """Return what is said of ``stakeholder`` now, by field."""
    said = {name: getattr(stakeholder, name) for name in FIELDS}
    return {**said, "target_groups": tuple(stakeholder.target_groups)}


@transaction.atomic(durable=True)
def add(
    *, found: StakeholderMap, details: Details, actor: policies.Writer, now: datetime
) -> Actor:
    """
    Put an actor on the map; one of that name that was taken off comes back with its key.

    :raises PermissionDenied: if ``actor`` may not write on the map.
    :raises CannotWrite: if one of that name stands there, or there are too many.
    """
    require(policies.can_write_on(actor, found))
    found = locked(found)
    row = place(found, details)
    note("actor.added", of=found, target=row, actor=actor, now=now)
    return row


def place(found: StakeholderMap, details: Details) -> Actor:
    """
    Put an actor on a map that is locked, for :func:`add` and imports.

    :raises CannotWrite: if the map is full, or as :func:`write`.
    """
    if found.actors.filter(removed_at__isnull=True).count() >= MOST_ACTORS:
        raise CannotWrite(
            _("A map holds at most %(most)d actors. Make a second map.")
            % {"most": MOST_ACTORS}
        )
    said = texts(asdict(details))
    row = (
        found.actors.filter(
            name_key=fold(str(said["name"]))[:300], removed_at__isnull=False
        )
        .order_by("-removed_at")
        .first()
    ) or Actor(map=found)
    if row.pk:
        row.revision += 1
        row.removed_at = None
    write(row, said)
    return row


@transaction.atomic(durable=True)
def change(
    *,
    stakeholder: Actor,
    details: Details,
    seen: int,
    base: Mapping[str, object],
    actor: policies.Writer,
    now: datetime,
) -> tuple[str, ...]:
    """
    Change what is said of an actor; return the fields taken over from somebody else.

    ``base`` is what stood in the form before anything was typed, at revision ``seen``.
    What others wrote meanwhile in other fields stays.

    :raises PermissionDenied: if ``actor`` may not write on the map.
    :raises AtOdds: if somebody else wrote something different in the same field.
    :raises CannotWrite: if it was taken off, or another has that name.
    """
    require(policies.can_write_on(actor, stakeholder.map))
    found = locked(stakeholder.map)
    row = Actor.objects.get(pk=stakeholder.pk)
    _refuse_if_off(row)
    theirs = said_of(row)
    merged = settled(
        seen=seen,
        revision=row.revision,
        base=base,
        theirs=theirs,
        mine=texts(asdict(details)),
    )
    if changed := sorted(
        name for name in FIELDS if merged.values[name] != theirs[name]
    ):
        row.revision += 1
        write(row, merged.values)
        after = {"fields": changed}
        note("actor.changed", of=found, target=row, actor=actor, now=now, after=after)
    return merged.taken


@transaction.atomic(durable=True)
def take_off(
    *, stakeholder: Actor, seen: int, actor: policies.Writer, now: datetime
) -> int:
    """
    Take an actor off its map, and its ties with it; return how many. Twice is as once.

    :raises PermissionDenied: if ``actor`` may not write on the map.
    :raises CannotWrite: if somebody changed the actor after revision ``seen``.
    """
    require(policies.can_write_on(actor, stakeholder.map))
    found = locked(stakeholder.map)
    row = Actor.objects.get(pk=stakeholder.pk)
    if row.removed_at is not None:
        return 0
    if row.revision != seen:
        raise CannotWrite(_("Somebody else has changed this meanwhile. Open it again."))
    ties, _kinds = Tie.objects.filter(Q(source=row) | Q(target=row)).delete()
    row.removed_at = now
    row.revision += 1
    row.save()
    after = {"ties": ties}
    note("actor.removed", of=found, target=row, actor=actor, now=now, after=after)
    return ties


def write(row: Actor, said: Mapping[str, object]) -> None:
    """
    Put ``said`` in ``row`` and save it, or refuse it; its map is locked.

    :raises CannotWrite: if another of that name stands there, or a field cannot be.
    """
    for name in FIELDS:
        setattr(row, name, said[name])
    row.target_groups = sorted(set(row.target_groups))
    row.rename(row.name)
    if not row.name_key:
        sentence = _("Write the name of an organisation or a group.")
        raise CannotWrite(sentence, fields={"name": sentence})
    others = Actor.objects.filter(
        map=row.map_id, name_key=row.name_key, removed_at__isnull=True
    )
    if others.exclude(pk=row.pk).exists():
        sentence = _("An actor of this name is on the map already.")
        raise CannotWrite(sentence, fields={"name": sentence})
    refuse_unless_valid(row, CannotWrite)
    row.save()


def _refuse_if_off(row: Actor) -> None:
    if row.removed_at is not None:
        raise CannotWrite(
            _(
                "Somebody else has taken this actor off the map. Add it again if you need it."
            )
        )
