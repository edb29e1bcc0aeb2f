"""The list for a draw in public: made and published first, its number entered after."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.engines import selection as engine
from mosty.engines.selection import casting
from mosty.engines.selection.outcome import Outcome
from mosty.engines.selection.problem_json import problem_to_json
from mosty.engines.selection.public import number_cohorts, numbered_to_json
from mosty.engines.selection.result_json import fraction
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations.actions import seeds
from mosty.nominations.models import Call
from mosty.selection import policies
from mosty.selection.actions.runs import (
    CannotRun,
    NobodyEligible,
    NoCohort,
    note_dead_end,
)
from mosty.selection.models import NUMBERS, NumberedList
from mosty.selection.queries import pool as pools

Stored = Callable[[NumberedList], None]


class CannotEnter(Refusal):
    """The number cannot be entered now."""


def make_list(
    *,
    call: Call,
    actor: Actor,
    now: datetime,
    watch: engine.Watch,
    stored: Stored,
) -> NumberedList:
    """
    Make the numbered list of groups for a draw in public. Once.

    The engine works outside the transaction; the list is kept only if the input is
    still the same then. ``stored`` is called inside the transaction.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotRun: if no group keeps the rules, the rules list no groups, the input
        changed meanwhile, or there is a list.
    :raises mosty.engines.selection.Cancelled: if ``watch`` says so.
    """
    require(policies.can_run(actor, call))
    version = call.rules_version
    pool = pools.gather(call, version.rules)
    try:
        problem, outcome, numbered = _solved(call, pool, watch)
    except (NoCohort, NobodyEligible) as dead_end:
        note_dead_end(dead_end, version, pool, watch, actor=actor, now=now)
        raise
    codes = [person.code for person in problem.pool]
    digest = engine.input_digest(problem)
    names = casting.pseudonyms(codes, call.seed)
    text = casting.published(numbered, names, digest, call.seed)
    with transaction.atomic(durable=True):
        call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        if NumberedList.objects.filter(call=call).exists():
            raise CannotRun("listed")
        if (
            call.rules_version.pk != version.pk
            or pools.gather(call, call.rules) != pool
        ):
            raise CannotRun("changed")
        made = NumberedList.objects.create(
            call=call,
            rules_version=version,
            problem=problem_to_json(problem),
            numbered=numbered_to_json(numbered),
            odds={
                p.code: fraction(p.odds) for p in outcome.people if p.odds is not None
            },
            input_digest=digest,
            engine=engine.ENGINE,
            text=text,
            digest=casting.digest_of(text),
            made_by=actor.ledger_label,
            made_at=now,
        )
        audit.record(
            actor=actor,
            verb="selection.numbered",
            target=made,
            at=now,
            scope=call.slug,
            after={
                "input": digest,
                "sha256": made.digest,
                "numbers": NUMBERS,
                "deviation": fraction(numbered.deviation),
            },
        )
        stored(made)
        return made


def _solved(
    call: Call, pool: pools.Pool, watch: engine.Watch
) -> tuple[engine.Problem, Outcome, engine.Numbered]:
    if not pool.candidates:
        raise NobodyEligible
    try:
        problem = pool.problem(call.rules)
        outcome = engine.select(problem, call.seed, explain=False, watch=watch)
        if isinstance(outcome, engine.NoCohort):
            raise NoCohort(outcome)
        with engine.watching(watch):
            numbered = number_cohorts(outcome, NUMBERS, call.seed)
    except (engine.BadProblem, engine.SolverFailed) as fault:
        raise CannotRun("broken") from fault
    return problem, outcome, numbered


@transaction.atomic(durable=True)
def enter_number(
    *, call: Call, number: int, actor: Actor, now: datetime
) -> NumberedList:
    """
    Enter the number that was drawn in public, after the list was published. Once.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotEnter: if there is no list yet, it has no such number, or one is there.
    """
    require(policies.can_run(actor, call))
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    listed = (
        NumberedList.objects.select_for_update(of=("self",)).filter(call=call).first()
    )
    if listed is None:
        raise CannotEnter(_("The list is published before a number is drawn."))
    if listed.number is not None:
        raise CannotEnter(
            _("The number has already been entered; it cannot be exchanged.")
        )
    if not 0 <= number < NUMBERS:
        sentence = _("Enter the three digits that were drawn, 000 to 999.")
        raise CannotEnter(sentence, fields={"number": sentence})
    if now <= listed.made_at:
        raise CannotEnter(
            _(
                "By the clock of the server the list is published only later. Tell the "
                "administrator, and enter the number once the clock is right."
            )
        )
    listed.number, listed.number_entered_at = number, now
    listed.number_entered_by = actor.ledger_label
    listed.save(update_fields=["number", "number_entered_at", "number_entered_by"])
    audit.record(
        actor=actor,
        verb="selection.number_entered",
        target=listed,
        at=now,
        scope=call.slug,
        after={"number": f"{number:03}", "source": str(call.seed_source)},
    )
    return listed


def settle(*, call: Call, actor: Actor, now: datetime) -> None:
    """
    Settle what enters the list, unless it is settled; inside an action's transaction.

    :raises CannotRun: if no number decides in this call, or something must come first.
    """
    if not call.is_cast_in_public or pools.unsettled(call, now):
        raise CannotRun("obstacles")
    if NumberedList.objects.filter(call=call).exists():
        raise CannotRun("listed")
    if not call.seed:
        seeds.settle(call=call, actor=actor, now=now)
