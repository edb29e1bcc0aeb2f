"""Tying actors, changing ties, removing them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mosty.kernel.access import require
from mosty.partnerships import policies
from mosty.partnerships.actions.writing import (
    MOST_TIES,
    CannotWrite,
    locked,
    note,
    settled,
)
from mosty.partnerships.models import StakeholderMap, Tie
from mosty.programmes.actions.rows import refuse_unless_valid


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a tie is; both ends and the agreement by their keys in the database."""

    source: int
    target: int
    kind: str
    strength: int = Tie.Strength.MEDIUM
    directed: bool = False
    agreement: int | None = None


def said_of(tie: Tie) -> dict[str, object]:
    """Return what ``tie`` is now, by field."""
    return asdict(
        Details(
            source=tie.source_id,
            target=tie.target_id,
            kind=tie.kind,
            strength=tie.strength,
            directed=tie.directed,
            agreement=tie.agreement_id,
        )
    )


@transaction.atomic(durable=True)
def add(
    *, found: StakeholderMap, details: Details, actor: policies.Writer, now: datetime
) -> Tie:
    """
    Tie two actors of the map.

    :raises PermissionDenied: if ``actor`` may not write on the map.
    :raises CannotWrite: if they are tied so already, or are one, or not on the map.
    """
    require(policies.can_write_on(actor, found))
    found = locked(found)
    row = place(found, details)
    note("tie.added", of=found, target=row, actor=actor, now=now)
    return row


def place(found: StakeholderMap, details: Details) -> Tie:
    """
    Tie two on a map that is locked, for :func:`add` and imports.

    :raises CannotWrite: if the map is full, or as :func:`write`.
    """
    if found.ties.count() >= MOST_TIES:
        raise CannotWrite(
            _("A map holds at most %(most)d ties. Make a second map.")
            % {"most": MOST_TIES}
        )
    row = Tie(map=found)
    write(row, asdict(details))
    return row


@transaction.atomic(durable=True)
def change(
    *,
    tie: Tie,
    details: Details,
    seen: int,
    base: Mapping[str, object],
    actor: policies.Writer,
    now: datetime,
) -> tuple[str, ...]:
    """
    Change what a tie is; return the fields taken over from somebody else.

    :raises PermissionDenied: if ``actor`` may not write on the map.
    :raises AtOdds: if somebody else wrote something different in the same field.
    :raises CannotWrite: if it is gone, or would double another.
    """
    require(policies.can_write_on(actor, tie.map))
    found = locked(tie.map)
    row = Tie.objects.filter(pk=tie.pk).first()
    if row is None:
        raise CannotWrite(_("Somebody else has removed this tie meanwhile."))
    theirs = said_of(row)
    merged = settled(
        seen=seen, revision=row.revision, base=base, theirs=theirs, mine=asdict(details)
    )
    if changed := sorted(
        name for name in theirs if merged.values[name] != theirs[name]
    ):
        row.revision += 1
        write(row, merged.values)
        after = {"fields": changed}
        note("tie.changed", of=found, target=row, actor=actor, now=now, after=after)
    return merged.taken


@transaction.atomic(durable=True)
def remove(*, tie: Tie, actor: policies.Writer, now: datetime) -> None:
    """
    Remove a tie. Twice is as once.

    :raises PermissionDenied: if ``actor`` may not write on the map.
    """
    require(policies.can_write_on(actor, tie.map))
    found = locked(tie.map)
    row = Tie.objects.filter(pk=tie.pk).first()
    if row is not None:
        note("tie.removed", of=found, target=row, actor=actor, now=now)
        row.delete()


def write(row: Tie, said: Mapping[str, object]) -> None:
    """
    Put ``said`` in ``row`` and save it, or refuse it; its map is locked.

    :raises CannotWrite: if it ties an actor to itself, or doubles another tie.
    """
    row.source_id, row.target_id = said["source"], said["target"]  # type: ignore[assignment]  # keys
    row.kind = str(said["kind"])
    row.strength = said["strength"]  # type: ignore[assignment]  # a number
    row.directed = bool(said["directed"])
    row.agreement_id = said["agreement"]  # type: ignore[assignment]  # a key
    if row.source_id == row.target_id:
        sentence = _("Choose two different actors.")
        raise CannotWrite(sentence, fields={"target": sentence})
    if not row.directed and row.source_id > row.target_id:
        row.source_id, row.target_id = row.target_id, row.source_id
    _refuse_if_double(row)
    refuse_unless_valid(row, CannotWrite)
    row.save()


def _refuse_if_double(row: Tie) -> None:
    """Two of one kind between the same two: only where they go opposite ways."""
    same = Q(source=row.source_id, target=row.target_id)
    turned = Q(source=row.target_id, target=row.source_id)
    if row.directed:
        turned &= Q(directed=False)
    if (
        Tie.objects.filter(same | turned, map=row.map_id, kind=row.kind)
        .exclude(pk=row.pk)
        .exists()
    ):
        sentence = _("These two are tied in this way already. Change that tie.")
        raise CannotWrite(sentence, fields={"kind": sentence})
