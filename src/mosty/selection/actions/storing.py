"""How a run of the engine is kept: itself, and what it decided for everybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.engines import selection as engine
from mosty.nominations.models import Call, Nomination
from mosty.nominations.rules import Rules
from mosty.selection.actions.alternatives import Alternatives
from mosty.selection.models import Decision, Run
from mosty.selection.queries import pool as pools


@dataclass(frozen=True, slots=True)
class Made:
    """A run of the engine, and what else the rules could have given."""

    record: engine.Record
    alternatives: Alternatives


def store(
    *,
    call: Call,
    kind: Run.Kind,
    rules: Rules,
    pool: pools.Pool,
    made: Made,
    actor: Actor,
    now: datetime,
) -> Run:
    """Store a run and its decisions; call it inside an action's transaction."""
    record = made.record
    last = Run.objects.filter(call=call).aggregate(last=Max("number"))["last"]
    repeats = (
        Run.objects.filter(
            call=call, kind=Run.Kind.DRAW, input_digest=record.input_digest
        )
        .order_by("number")
        .first()
    )
    run = Run.objects.create(
        call=call,
        number=(last or 0) + 1,
        kind=kind,
        rules_version=call.rules_version,
        rules=rules.as_json(),
        input_digest=record.input_digest,
        engine=engine.ENGINE,
        seed=record.seed,
        seed_source=record.seed_source,
        record=record.to_data(),
        costs=made.alternatives.costs,
        earlier=pool.earlier,
        repeats=repeats if kind == Run.Kind.DRAW else None,
        made_by=actor.ledger_label,
        made_at=now,
    )
    _decide(run, pool, made.alternatives)
    audit.record(
        actor=actor,
        verb="selection.drawn" if kind == Run.Kind.DRAW else "selection.tried",
        target=run,
        at=now,
        scope=call.slug,
        after={
            "number": run.number,
            "input": run.input_digest,
            "engine": run.engine,
            "repeats": repeats.number if repeats and kind == Run.Kind.DRAW else None,
        },
    )
    return run


def _decide(run: Run, pool: pools.Pool, alternatives: Alternatives) -> None:
    """Store what the run means for everybody submitted."""
    # Whoever withdrew after a list was published is still in it.
    keys = dict(
        Nomination.objects.filter(
            call=run.call_id,
            state__in=(Nomination.State.SUBMITTED, Nomination.State.WITHDRAWN),
        ).values_list("code", "pk")
    )
    result = run.record
    places = {code: place for place, code in enumerate(result["reserve"], 1)}
    outcome = {
        "selected": Decision.Outcome.SELECTED,
        "reserve": Decision.Outcome.RESERVE,
        "not_selected": Decision.Outcome.NOT_SELECTED,
    }
    decisions = [
        Decision(
            run=run,
            nomination_id=keys[person["code"]],
            outcome=outcome[person["result"]],
            reserve_place=places.get(person["code"]),
            reasons=[
                {
                    **person["reason"],
                    "position": person["position"],
                    "odds": result["odds_exact"].get(person["code"]),
                    **_otherwise(person, alternatives),
                }
            ],
        )
        for person in result["people"]
    ]
    decisions += [
        Decision(
            run=run,
            nomination_id=keys[code],
            outcome=Decision.Outcome.NOT_ELIGIBLE,
            reasons=[breach.as_json() for breach in found],
        )
        for code, found in pool.barred.items()
    ]
    Decision.objects.bulk_create(decisions, batch_size=2000)


def _otherwise(
    person: Mapping[str, Any], alternatives: Alternatives
) -> Mapping[str, Any]:
    """Return what would have changed her chance; of somebody with a seat, nothing."""
    if person["result"] == "selected":
        return {}
    found = alternatives.otherwise
    return {"otherwise": None if found is None else found.get(person["code"], [])}
