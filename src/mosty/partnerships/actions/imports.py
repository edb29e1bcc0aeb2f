"""Taking files of actors and ties over: all of it, or nothing."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.kernel.access import require
from mosty.kernel.names import fold
from mosty.partnerships import policies
from mosty.partnerships.actions import actors as actor_actions
from mosty.partnerships.actions import ties as tie_actions
from mosty.partnerships.actions.writing import CannotWrite, locked, note
from mosty.partnerships.content import ActorSays, TieSays
from mosty.partnerships.models import Actor, Agreement, StakeholderMap, Tie
from mosty.partnerships.queries.files import planned
from mosty.partnerships.tables.planning import Plan
from mosty.partnerships.tables.reading import Line


def digest(plan: Plan) -> str:
    """Return what tells this plan from others: what was looked at is what is done."""
    text = json.dumps(asdict(plan), sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic(durable=True)
def take(
    *,
    found: StakeholderMap,
    actors: Sequence[Line],
    ties: Sequence[Line],
    seen: str,
    actor: policies.Writer,
    now: datetime,
) -> Plan:
    """
    Write what the lines say, if that is still what was looked at; twice is as once.

    :raises PermissionDenied: if ``actor`` is no contact of the city.
    :raises CannotWrite: if something in it is wrong, or the map changed meanwhile.
    """
    require(policies.can_keep(actor, found))
    found = locked(found)
    plan = planned(found, actors, ties)
    if plan.faults:
        raise CannotWrite(_("Something in the files is wrong. Nothing was taken over."))
    if not plan:
        return plan
    if digest(plan) != seen:
        raise CannotWrite(
            _("The map has changed meanwhile. Look at what would change once more.")
        )
    for says in plan.new_actors:
        actor_actions.place(found, _details(says))
    rows = {str(row.key): row for row in found.actors.all()}
    for says in plan.changed_actors:
        row = rows[says.key]
        row.revision += 1
        actor_actions.write(row, asdict(_details(says)))
    _write_ties(found, plan)
    note(
        "map.imported",
        of=found,
        target=found,
        actor=actor,
        now=now,
        after={
            "actors_added": len(plan.new_actors),
            "actors_changed": len(plan.changed_actors),
            "ties_added": len(plan.new_ties),
            "ties_changed": len(plan.changed_ties),
        },
    )
    return plan


def _write_ties(found: StakeholderMap, plan: Plan) -> None:
    ends = {
        row.name_key: row.pk
        for row in Actor.objects.filter(map=found, removed_at__isnull=True)
    }
    titles = dict(
        Agreement.objects.filter(city=found.city_id).values_list("title", "pk")
    )
    rows = {(row.source_id, row.target_id, row.kind): row for row in found.ties.all()}
    for before, after in plan.changed_ties:
        source, target = ends[_key(before.source)], ends[_key(before.target)]
        row: Tie = (
            rows.get((source, target, before.kind))
            or rows[(target, source, before.kind)]
        )
        row.revision += 1
        tie_actions.write(row, _tie(after, ends, titles))
    for tie in plan.new_ties:
        tie_actions.place(found, tie_actions.Details(**_tie(tie, ends, titles)))  # type: ignore[arg-type]  # by name


def _key(name: str) -> str:
    return fold(name)[:300]


def _tie(
    tie: TieSays, ends: dict[str, int], titles: dict[str, int]
) -> dict[str, object]:
    return {
        "source": ends[_key(tie.source)],
        "target": ends[_key(tie.target)],
        "kind": tie.kind,
        "strength": tie.strength,
        "directed": tie.directed,
        "agreement": titles[tie.agreement] if tie.agreement else None,
    }


def _details(says: ActorSays) -> actor_actions.Details:
    said = asdict(says)
    del said["key"]
    return actor_actions.Details(**said)
