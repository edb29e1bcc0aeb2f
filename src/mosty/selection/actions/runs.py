"""Runs of the engine: drawn, or tried out."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.audit.actors import Actor
from mosty.engines import selection as engine
from mosty.engines.selection.public import numbered_from_json
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations.actions import seeds
from mosty.nominations.models import Call, RulesVersion
from mosty.nominations.queries import participants
from mosty.nominations.rules import BadRules, Rules, parse
from mosty.selection import policies, words
from mosty.selection.actions.alternatives import alternatives_of
from mosty.selection.actions.repairs import changes_of, repair_of
from mosty.selection.actions.storing import Made, store
from mosty.selection.models import NumberedList, Run
from mosty.selection.queries import lists
from mosty.selection.queries import pool as pools

# The seed of a what-if run: a trial must not show what the draw will say.
TRIAL_SEED = "what if"
# What else is to be true if, and only if, the run is.
Stored = Callable[[Run], None]


class CannotRun(Refusal):
    """
    The selection cannot be run now, or not on this input.

    ``code`` and ``params`` are kept where nobody waits for the answer; the sentence is
    made from them.
    """

    def __init__(
        self,
        code: str,
        params: Mapping[str, Any] | None = None,
        *,
        fields: Mapping[str, object] | None = None,
    ) -> None:
        self.code = code
        self.params = dict(params or {})
        super().__init__(words.refusal_words(code, self.params), fields=fields)


def draw(
    *,
    call: Call,
    actor: Actor,
    now: datetime,
    watch: engine.Watch | None = None,
    stored: Stored | None = None,
) -> Run:
    """
    Run the selection on everything submitted, with the seed that was entered.

    The engine works outside the transaction; the result is stored only if the input
    is still the same then. ``stored`` is called inside the transaction.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotRun: if something must be settled first, a draw stands already, no
        cohort keeps the rules, or the input changed meanwhile.
    :raises mosty.engines.selection.Cancelled: if ``watch`` says so.
    """
    require(policies.can_run(actor, call))
    version = call.rules_version
    require_ready(call=call, now=now)
    listed = lists.list_of(call)
    pool = pools.drawn_from(call, version.rules, listed)
    try:
        made = _engine(
            pool, version.rules, call.seed, str(call.seed_source), watch, listed
        )
    except (NoCohort, NobodyEligible) as dead_end:
        note_dead_end(dead_end, version, pool, watch, actor=actor, now=now)
        raise
    with transaction.atomic(durable=True):
        call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        require_ready(call=call, now=now)
        again = pools.drawn_from(call, call.rules, listed)
        if call.rules_version.pk != version.pk or again != pool:
            raise CannotRun("changed")
        if call.drawn_at is None:
            # A later call of the same course says so, should this one be cancelled.
            call.drawn_at = now
            call.save(update_fields=["drawn_at"])
        run = store(
            call=call,
            kind=Run.Kind.DRAW,
            rules=version.rules,
            pool=pool,
            made=made,
            actor=actor,
            now=now,
        )
        if stored is not None:
            stored(run)
        return run


def what_if(
    *,
    call: Call,
    rules: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    watch: engine.Watch | None = None,
    stored: Stored | None = None,
) -> Run:
    """
    Try the selection with other rules. It decides nothing and tells nobody.

    Possible at any time; its draw uses a seed of its own, never the call's. ``stored``
    is called inside the transaction that keeps the result.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotRun: if the rules make no sense, name an organisation that is not
        known, or no cohort keeps them.
    :raises mosty.engines.selection.Cancelled: if ``watch`` says so.
    :raises NobodyEligible: if nobody may be chosen from.
    :raises NoCohort: if no cohort keeps the rules, with what would have to change.
    """
    require(policies.can_run(actor, call))
    tried = sensible(rules=rules)
    pool = pools.gather(call, tried)
    made = _engine(pool, tried, TRIAL_SEED, str(_("a trial, not the draw")), watch)
    with transaction.atomic(durable=True):
        call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        run = store(
            call=call,
            kind=Run.Kind.WHAT_IF,
            rules=tried,
            pool=pool,
            made=made,
            actor=actor,
            now=now,
        )
        if stored is not None:
            stored(run)
        return run


def require_ready(*, call: Call, now: datetime) -> None:
    """
    Go on only if a draw can be made for ``call`` now.

    :raises CannotRun: if something must be settled first, or a draw stands already.
    """
    if pools.obstacles(call, now):
        raise CannotRun("obstacles")
    if (
        Run.objects.filter(call=call, kind=Run.Kind.DRAW)
        .exclude(state=Run.State.DISCARDED)
        .exists()
    ):
        raise CannotRun("stands")


def sensible(*, rules: Mapping[str, Any]) -> Rules:
    """
    Return the rules that somebody wants to try.

    :raises CannotRun: if they make no sense, or name an organisation that is not known.
    """
    try:
        tried = parse(rules)
    except BadRules as bad:
        raise CannotRun(
            "bad_rules",
            fields={mistake.field: mistake.sentence for mistake in bad.mistakes},
        ) from bad
    if unknown := participants.unknown(tried):
        raise CannotRun("bad_rules", fields=unknown)
    return tried


def _engine(
    pool: pools.Pool,
    rules: Rules,
    seed: str,
    seed_source: str,
    watch: engine.Watch | None,
    listed: NumberedList | None = None,
) -> Made:
    if not pool.candidates:
        raise NobodyEligible
    try:
        made = engine.run(
            pool.problem(rules), seed, seed_source, watch=watch, **_cast(listed)
        )
    except (engine.BadProblem, engine.SolverFailed) as fault:
        raise CannotRun("broken") from fault
    if isinstance(made.result, engine.NoCohort):
        raise NoCohort(made.result)
    return Made(made, alternatives_of(made, watch))


def _cast(listed: NumberedList | None) -> dict[str, Any]:
    """Return the number that decides, and its list, as the engine takes them."""
    if listed is None:
        return {}
    return {"number": listed.number, "numbered": numbered_from_json(listed.numbered)}


def note_dead_end(
    dead_end: "NoCohort | NobodyEligible",
    version: RulesVersion,
    pool: pools.Pool,
    watch: engine.Watch | None,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep that no group was found: only this lets rules change once input is settled."""
    seeds.note_dead_end(
        version=version,
        limits=dead_end.limits,
        repair=repair_of(dead_end.found, pool, version.rules, watch),
        actor=actor,
        now=now,
    )


class NoCohort(CannotRun):
    """
    No cohort keeps all limits; ``found`` names a smallest set that collides.

    Its parameters also name the least change that would mend them, empty if none would.
    """

    def __init__(self, found: engine.NoCohort) -> None:
        self.found = found
        self.limits = [
            {"code": limit.code, "params": dict(limit.params)} for limit in found.limits
        ]
        super().__init__(
            "no_cohort", {"limits": self.limits, "changes": changes_of(found)}
        )


class NobodyEligible(CannotRun):
    """The rules let nobody in who is nominated."""

    found = None
    limits: Sequence[Mapping[str, Any]] = ()

    def __init__(self) -> None:
        super().__init__("nobody")
