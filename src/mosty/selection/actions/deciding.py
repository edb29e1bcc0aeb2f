"""What becomes of a drawn run: changed by hand, signed, announced, discarded."""

from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.directory.models import Organisation
from mosty.engines.selection import check
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations.models import Call, Nomination
from mosty.selection import policies
from mosty.selection.actions import letters, letters_cities, offers
from mosty.selection.models import SIGNATURES, Decision, Run, Signature
from mosty.selection.queries import records, seats
from mosty.selection.queries.signing import digest_of


class CannotChange(Refusal):
    """A result cannot be changed by hand in this way."""


class CannotSign(Refusal):
    """The run cannot be signed now."""


class CannotAnnounce(Refusal):
    """The run cannot be announced now."""


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
    letters_cities.results(run=run, answer_by=answer_by, now=now)
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
