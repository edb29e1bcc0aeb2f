"""Runs: drawn, tried out, changed by hand, signed, announced, discarded."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.directory.models import Organisation
from mosty.engines import selection as engine
from mosty.engines.selection import check
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations.actions import calls
from mosty.nominations.models import Call, Nomination
from mosty.nominations.queries import participants
from mosty.nominations.rules import BadRules, Rules, parse
from mosty.selection import policies, words
from mosty.selection.actions import letters, offers
from mosty.selection.actions.alternatives import alternatives_of
from mosty.selection.actions.repairs import repair_of
from mosty.selection.actions.storing import Made, store
from mosty.selection.models import SIGNATURES, Decision, Run, Signature
from mosty.selection.queries import pool as pools
from mosty.selection.queries import records, seats
from mosty.selection.queries.signing import digest_of

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


class CannotChange(Refusal):
    """A result cannot be changed by hand in this way."""


class CannotSign(Refusal):
    """The run cannot be signed now."""


class CannotAnnounce(Refusal):
    """The run cannot be announced now."""


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
    pool = pools.gather(call, version.rules)
    try:
        made = _engine(pool, version.rules, call.seed, str(call.seed_source), watch)
    except (NoCohort, NobodyEligible) as dead_end:
        # Kept, since only this lets the rules change although the seed is known.
        calls.note_dead_end(
            version=version,
            limits=dead_end.limits,
            repair=repair_of(dead_end.found, pool, version.rules, watch),
            actor=actor,
            now=now,
        )
        raise
    with transaction.atomic(durable=True):
        call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
        require_ready(call=call, now=now)
        again = pools.gather(call, call.rules)
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
) -> Made:
    if not pool.candidates:
        raise NobodyEligible
    try:
        made = engine.run(pool.problem(rules), seed, seed_source, watch=watch)
    except (engine.BadProblem, engine.SolverFailed) as fault:
        raise CannotRun("broken") from fault
    if isinstance(made.result, engine.NoCohort):
        raise NoCohort(made.result)
    return Made(made, alternatives_of(made, watch))


class NoCohort(CannotRun):
    """No cohort keeps all limits; ``found`` names a smallest set that collides."""

    def __init__(self, found: engine.NoCohort) -> None:
        self.found = found
        self.limits = [
            {"code": limit.code, "params": dict(limit.params)} for limit in found.limits
        ]
        super().__init__("no_cohort", {"limits": self.limits})


class NobodyEligible(CannotRun):
    """The rules let nobody in who is nominated."""

    found = None
    limits: Sequence[Mapping[str, Any]] = ()

    def __init__(self) -> None:
        super().__init__("nobody")


@transaction.atomic(durable=True)
def exchange(
    *,
    run: Run,
    leaves: Decision,
    enters: Decision,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Run:
    """
    Change a proposed result by hand: one person instead of another, with a reason.

    The new cohort passes the same checks; signatures given before are void.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotChange: if the run is not a proposed draw, no reason is given, or a
        limit would be broken.
    """
    require(policies.can_run(actor, run.call))
    run = _lock_proposed(run, CannotChange)
    if not reason.strip():
        raise CannotChange(
            _("Say why the result is changed by hand."),
            fields={"reason": _("Enter the reason.")},
        )
    found = {
        decision.pk: decision
        for decision in Decision.objects.select_for_update(of=("self",))
        .select_related("nomination")
        .filter(run=run, pk__in=[leaves.pk, enters.pk])
    }
    leaves, enters = found[leaves.pk], found[enters.pk]
    if leaves.outcome != Decision.Outcome.SELECTED or enters.outcome not in (
        Decision.Outcome.RESERVE,
        Decision.Outcome.NOT_SELECTED,
    ):
        raise CannotChange(_("One person with a seat, one eligible person without."))
    if not _still_stands(enters.nomination):
        raise CannotChange(
            _("The person who would come in has withdrawn or declined meanwhile.")
        )
    cohort = set(
        Decision.objects.filter(run=run, outcome=Decision.Outcome.SELECTED).values_list(
            "nomination__code", flat=True
        )
    )
    cohort = cohort - {leaves.nomination.code} | {enters.nomination.code}
    if check.faults(records.problem_of(run), cohort):
        raise CannotChange(_("With this change a limit of the rules would be broken."))

    place = enters.reserve_place
    # Cleared first: a place is given once at any moment.
    Decision.objects.filter(pk=enters.pk).update(
        outcome=Decision.Outcome.SELECTED,
        reserve_place=None,
        changed_by=actor.ledger_label,
        change_reason=reason.strip(),
    )
    Decision.objects.filter(pk=leaves.pk).update(
        outcome=Decision.Outcome.RESERVE if place else Decision.Outcome.NOT_SELECTED,
        reserve_place=place,
        changed_by=actor.ledger_label,
        change_reason=reason.strip(),
    )
    void = run.signatures.count()
    run.signatures.all().delete()
    audit.record(
        actor=actor,
        verb="selection.changed",
        target=run,
        at=now,
        scope=run.call.slug,
        reason=reason.strip(),
        before={"selected": leaves.nomination.code},
        after={"selected": enters.nomination.code, "signatures_void": void},
    )
    return run


@transaction.atomic(durable=True)
def sign(
    *,
    run: Run,
    organisation: Organisation,
    actor: Actor,
    now: datetime,
    seen: str | None = None,
) -> Signature:
    """
    Sign a proposed draw for a partner organisation. Twice changes nothing.

    ``seen`` is the digest of the result that the actor has read.

    :raises PermissionDenied: if ``actor`` may not sign for ``organisation``.
    :raises CannotSign: if the run is not a proposed draw, the same person has signed
        for another organisation, or the result has changed since it was ``seen``.
    """
    require(policies.can_sign(actor, run, organisation))
    run = _lock_proposed(run, CannotSign)
    signed = {
        signature.organisation_id: signature for signature in run.signatures.all()
    }
    if organisation.pk in signed:
        return signed[organisation.pk]
    if any(signature.signer_key == actor.ledger_key for signature in signed.values()):
        raise CannotSign(_("You have signed for another organisation already."))
    digest = digest_of(run)
    if seen is not None and seen != digest:
        raise CannotSign(
            _("The result has changed since you opened it. Read it again, then sign.")
        )
    signature = Signature.objects.create(
        run=run,
        organisation=organisation,
        signed_by=actor.ledger_label,
        signer_key=actor.ledger_key,
        signed_at=now,
        digest=digest,
    )
    audit.record(
        actor=actor,
        verb="selection.signed",
        target=run,
        at=now,
        scope=run.call.slug,
        after={"organisation": organisation.slug, "digest": signature.digest},
    )
    return signature


@transaction.atomic(durable=True)
def announce(*, run: Run, answer_by: datetime, actor: Actor, now: datetime) -> Run:
    """
    Turn a signed draw into offers and messages that wait in the outbox.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotAnnounce: if two partners have not signed what is there now, the
        course has begun, the call was cancelled, ``answer_by`` leaves no time, or
        somebody selected has withdrawn since.
    """
    require(policies.can_run(actor, run.call))
    run = _lock_proposed(run, CannotAnnounce)
    current = digest_of(run)
    valid = [item for item in run.signatures.all() if item.digest == current]
    if len({item.organisation_id for item in valid}) < SIGNATURES:
        raise CannotAnnounce(
            _("Two partner organisations must sign before anyone is told.")
        )
    if run.call.state == Call.State.CANCELLED:
        raise CannotAnnounce(_("The call has been cancelled."))
    if seats.has_begun(run.call, now):
        raise CannotAnnounce(_("The course has begun."))
    if fault := _answer_by_fault(run.call, answer_by, now):
        raise CannotAnnounce(fault, fields={"answer_by": fault})
    if gone := _gone(run):
        raise CannotAnnounce(
            _(
                "These people were selected, but have withdrawn or declined since: "
                "%(codes)s. Change the result by hand, or discard this draw and draw again."
            )
            % {"codes": ", ".join(gone)}
        )
    run.state = Run.State.ANNOUNCED
    run.announced_at = now
    run.save(update_fields=["state", "announced_at"])
    made = offers.make_first(run=run, answer_by=answer_by, now=now)
    letters.results(run=run, offers=made, now=now)
    audit.record(
        actor=actor,
        verb="selection.announced",
        target=run,
        at=now,
        scope=run.call.slug,
        after={"offers": len(made), "answer_by": answer_by.isoformat()},
    )
    return run


@transaction.atomic(durable=True)
def discard(*, run: Run, reason: str, actor: Actor, now: datetime) -> Run:
    """
    Discard a proposed run. A later draw on the same input says for ever that it repeats.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotChange: if it is not proposed, or no reason is given.
    """
    require(policies.can_run(actor, run.call))
    run = _lock(run, CannotChange)
    if not reason.strip():
        raise CannotChange(
            _("Say why the run is discarded."),
            fields={"reason": _("Enter the reason.")},
        )
    run.state = Run.State.DISCARDED
    run.discard_reason = reason.strip()
    run.save(update_fields=["state", "discard_reason"])
    audit.record(
        actor=actor,
        verb="selection.discarded",
        target=run,
        at=now,
        scope=run.call.slug,
        reason=run.discard_reason,
        after={"number": run.number},
    )
    return run


def _still_stands(nomination: Nomination) -> bool:
    """Test if the nomination still counts, as the reserve list asks of everybody too."""
    return (
        nomination.state == Nomination.State.SUBMITTED
        and nomination.answer != Nomination.Answer.DECLINED
    )


def _answer_by_fault(call: Call, answer_by: datetime, now: datetime) -> Promise | None:
    """Return what is wrong with the time for answers, if anything is."""
    if answer_by <= now:
        return _("The time for answers must lie in the future.")
    begins = seats.begins_at(call)
    if begins is not None and answer_by > begins:
        return _("The time for answers must end before the course begins.")
    return None


def _gone(run: Run) -> list[str]:
    """Return the codes of those selected who no longer stand."""
    selected = (
        Decision.objects.filter(run=run, outcome=Decision.Outcome.SELECTED)
        .select_related("nomination")
        .order_by("nomination__code")
    )
    return [
        decision.nomination.code
        for decision in selected
        if not _still_stands(decision.nomination)
    ]


def _lock(run: Run, refusal: type[Refusal]) -> Run:
    """Return the run, locked, if it is still proposed."""
    run = (
        Run.objects.select_for_update(of=("self",))
        .select_related("call__course__programme")
        .get(pk=run.pk)
    )
    if run.state != Run.State.PROPOSED:
        raise refusal(_("This run has been announced or discarded."))
    return run


def _lock_proposed(run: Run, refusal: type[Refusal]) -> Run:
    """Return the run, locked, if it is a proposed draw and not a trial."""
    run = _lock(run, refusal)
    if run.kind != Run.Kind.DRAW:
        raise refusal(_("This run is a trial. Only a draw decides."))
    return run
