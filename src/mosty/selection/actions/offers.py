"""Offers: made, answered, expired, given back; and who comes in from the reserve list."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.directory.identity import person_for
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.kernel.rows import free_codes
from mosty.nominations.models import Call, Needs, Nomination
from mosty.selection import policies
from mosty.selection.actions import letters
from mosty.selection.models import Decision, Offer, Run, Seat
from mosty.selection.queries.coming_in import NotFound, coming_in
from mosty.selection.queries.seats import LIVE, has_begun, replacement_answers_by

REMIND_BEFORE = timedelta(days=2)


class CannotAnswer(Refusal):
    """The offer cannot be answered now."""


class CannotGiveBack(Refusal):
    """The seat cannot be given back now."""


class CannotPassOn(Refusal):
    """The seat does not wait for a person, or still cannot be passed on."""


def make_first(*, run: Run, answer_by: datetime, now: datetime) -> list[Offer]:
    """Make the seats of the call, offer one to each person selected; return the offers."""
    seats = Seat.objects.bulk_create(
        [Seat(call=run.call, number=number + 1) for number in range(run.rules["seats"])]
    )
    selected = (
        Decision.objects.filter(run=run, outcome=Decision.Outcome.SELECTED)
        .select_related("nomination__organisation")
        .order_by("nomination__code")
    )
    return Offer.objects.bulk_create(
        [
            Offer(
                code=code,
                seat=seat,
                nomination=decision.nomination,
                made_at=now,
                expires_at=answer_by,
            )
            for seat, decision, code in zip(
                seats, selected, free_codes(Offer, len(seats)), strict=False
            )
        ]
    )


@transaction.atomic(durable=True)
def answer(*, offer: Offer, accept: bool, actor: Actor, now: datetime) -> Offer:
    """
    Take the answer to an offer. The same answer again changes nothing.

    A declined seat goes to whom the rules now put first on the reserve list.

    :raises PermissionDenied: if ``actor`` is neither the nominee's link nor gathers.
    :raises CannotAnswer: if the offer has ended, its time has passed, the course has
        begun, the call was cancelled, or a seat is wanted for a nomination that was
        withdrawn.
    """
    require(policies.can_answer(actor, offer))
    offer = _lock(offer)
    wanted = Offer.State.ACCEPTED if accept else Offer.State.DECLINED
    if offer.state == wanted:
        return offer
    if offer.state != Offer.State.OPEN:
        raise CannotAnswer(_ended(offer))
    if _is_cancelled(offer):
        raise CannotAnswer(_("The call has been cancelled."))
    if now >= offer.expires_at:
        raise CannotAnswer(_("The time to answer this offer has passed."))
    if has_begun(offer.nomination.call, now):
        raise CannotAnswer(_("The course has begun."))
    if accept and offer.nomination.state != Nomination.State.SUBMITTED:
        raise CannotAnswer(_("This nomination has been withdrawn."))
    if accept:
        _take_seat(offer)
    _end(
        offer,
        wanted,
        verb="offer.accepted" if accept else "offer.declined",
        actor=actor,
        now=now,
    )
    if accept:
        letters.accepted(offer=offer, now=now)
    else:
        _pass_on(offer, actor=actor, now=now)
    return offer


@transaction.atomic(durable=True)
def give_back(*, offer: Offer, reason: str, actor: Actor, now: datetime) -> Offer:
    """
    Give back an offered or accepted seat, with a reason; the next on the list comes in.

    :raises PermissionDenied: if ``actor`` is not the nominee, her city, or who gathers.
    :raises CannotGiveBack: if the offer has ended, no reason is given, or the course
        has begun and ``actor`` does not gather its call.
    """
    require(policies.can_give_back(actor, offer))
    offer = _lock(offer)
    if offer.state not in LIVE:
        raise CannotGiveBack(_ended(offer))
    if has_begun(offer.nomination.call, now) and not policies.can_gather(actor, offer):
        raise CannotGiveBack(
            _("The course has begun. Write to the contact named in the call.")
        )
    if not reason.strip():
        raise CannotGiveBack(
            _("Say why the seat is given back."),
            fields={"reason": _("Enter the reason.")},
        )
    offer.reason = reason.strip()
    _end(offer, Offer.State.WITHDRAWN, verb="offer.given_back", actor=actor, now=now)
    letters.given_back(offer=offer, now=now)
    _pass_on(offer, actor=actor, now=now)
    return offer


@transaction.atomic(durable=True)
def pass_on(*, offer: Offer, actor: Actor, now: datetime) -> Offer | None:
    """
    Try again to pass on a seat for which the calculation did not succeed.

    Return the new offer; nothing if nobody on the reserve list can come in.

    :raises PermissionDenied: if ``actor`` does not gather the call.
    :raises CannotPassOn: if the seat does not wait for that, the course has begun, the
        call was cancelled, or the calculation does not succeed again.
    """
    require(policies.can_gather(actor, offer))
    offer = _lock(offer)
    if offer.waits_since is None:
        raise CannotPassOn(_("This seat has been passed on already."))
    if _is_cancelled(offer):
        raise CannotPassOn(_("The call has been cancelled."))
    if has_begun(offer.nomination.call, now):
        raise CannotPassOn(_("The course has begun."))
    made = _pass_on(offer, actor=actor, now=now)
    if offer.waits_since is not None:
        raise CannotPassOn(
            _(
                "The calculation did not succeed again, and nothing was decided. Tell the "
                "administrator."
            )
        )
    return made


@transaction.atomic(durable=True)
def expire_due(*, actor: Actor, now: datetime) -> int:
    """
    Expire every open offer whose time has passed, pass the seats on; return how many.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    # Not locked here: everybody locks the call first and the offer after it, and
    # whoever does it the other way round waits for ever. Call by call, for the same
    # reason between two sweeps.
    due = (
        Offer.objects.filter(state=Offer.State.OPEN, expires_at__lte=now)
        # Those end as cancelled.
        .exclude(nomination__call__state=Call.State.CANCELLED)
        .order_by("nomination__call", "expires_at", "id")
    )
    count = 0
    for found in list(due):
        offer = _lock(found)
        if offer.state != Offer.State.OPEN:
            continue
        _end(offer, Offer.State.EXPIRED, verb="offer.expired", actor=actor, now=now)
        letters.expired(offer=offer, now=now)
        _pass_on(offer, actor=actor, now=now)
        count += 1
    return count


@transaction.atomic(durable=True)
def end_withdrawn(*, actor: Actor, now: datetime) -> int:
    """
    End every live offer whose nomination was withdrawn, pass the seats on; return how many.

    Withdrawing is the nominations' own act and knows of no seats. The nominee was
    written to then.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    # Locked call by call, as in expire_due.
    left = Offer.objects.filter(
        state__in=LIVE, nomination__state=Nomination.State.WITHDRAWN
    ).order_by("nomination__call", "id")
    count = 0
    for found in list(left):
        offer = _lock(found)
        if offer.state not in LIVE:
            continue
        _end(offer, Offer.State.WITHDRAWN, verb="offer.withdrawn", actor=actor, now=now)
        _pass_on(offer, actor=actor, now=now)
        count += 1
    return count


@transaction.atomic(durable=True)
def end_cancelled(*, actor: Actor, now: datetime) -> int:
    """
    End every offer and seat of calls that were cancelled, and tell; return how many.

    Cancelling is the nominations' own act and knows of no seats. Nobody comes in.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    # Locked call by call, as in expire_due.
    left = Offer.objects.filter(
        state__in=LIVE, nomination__call__state=Call.State.CANCELLED
    ).order_by("nomination__call", "id")
    count = 0
    for found in list(left):
        offer = _lock(found)
        if offer.state not in LIVE:
            continue
        was_accepted = offer.state == Offer.State.ACCEPTED
        offer.reason = offer.nomination.call.cancel_reason
        _end(offer, Offer.State.WITHDRAWN, verb="offer.cancelled", actor=actor, now=now)
        letters.call_cancelled(offer=offer, was_accepted=was_accepted, now=now)
        count += 1
    return count


@transaction.atomic(durable=True)
def remind_due(*, actor: Actor, now: datetime) -> int:
    """
    Remind, once, everybody whose offer ends within two days; return how many.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    due = (
        Offer.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related(
            "nomination__call__course__programme", "nomination__organisation"
        )
        .filter(
            state=Offer.State.OPEN,
            nomination__state=Nomination.State.SUBMITTED,
            nomination__call__state=Call.State.PUBLISHED,
            reminded_at__isnull=True,
            expires_at__gt=now,
            expires_at__lte=now + REMIND_BEFORE,
        )
    )
    count = 0
    for offer in due:
        offer.reminded_at = now
        offer.save(update_fields=["reminded_at"])
        letters.reminder(offer=offer, now=now)
        audit.record(
            actor=actor,
            verb="offer.reminded",
            target=offer,
            at=now,
            scope=offer.nomination.call.slug,
            after={"nomination": offer.nomination.code},
        )
        count += 1
    return count


def _lock(offer: Offer) -> Offer:
    """
    Return the offer, locked, with everything else of its call standing still.

    The call's row is the lock for its seats: two declines at once would otherwise both
    take the first on the reserve list.
    """
    call = (
        Call.objects.select_for_update(of=("self",))
        .select_related("course__programme")
        .get(pk=Nomination.objects.values("call").get(pk=offer.nomination_id)["call"])
    )
    offer = (
        Offer.objects.select_for_update(of=("self",))
        .select_related("nomination__organisation", "seat")
        .get(pk=offer.pk)
    )
    offer.nomination.call = call
    return offer


def _is_cancelled(offer: Offer) -> bool:
    return offer.nomination.call.state == Call.State.CANCELLED


def _ended(offer: Offer) -> object:
    return {
        Offer.State.ACCEPTED: _("This seat has been accepted already."),
        Offer.State.DECLINED: _("This offer has been declined already."),
        Offer.State.EXPIRED: _("The time to answer this offer has passed."),
        Offer.State.WITHDRAWN: _("This offer has been withdrawn."),
    }[Offer.State(offer.state)]


def _end(
    offer: Offer, state: Offer.State, *, verb: str, actor: Actor, now: datetime
) -> None:
    before = offer.state
    offer.state = state
    offer.answered_at = now
    if state == Offer.State.ACCEPTED:
        offer.accepted_at = now
    offer.save(update_fields=["state", "answered_at", "accepted_at", "reason"])
    if state != Offer.State.ACCEPTED:
        # The link stays, to say how the offer ended; it can do nothing any more.
        Needs.objects.filter(nomination=offer.nomination).delete()
    audit.record(
        actor=actor,
        verb=verb,
        target=offer,
        at=now,
        scope=offer.nomination.call.slug,
        reason=offer.reason,
        before={"state": before},
        after={"state": state, "nomination": offer.nomination.code},
    )


def _take_seat(offer: Offer) -> None:
    """
    Make the nominee a person of the directory, once per call.

    :raises CannotAnswer: if the same person has a seat in this call already.
    """
    nomination = offer.nomination
    nomination.person = person_for(
        given_name=nomination.given_name,
        family_name=nomination.family_name,
        email=nomination.email,
        gender=nomination.gender,
        language=nomination.language,
        fictional=nomination.is_fictional,
    )
    try:
        with transaction.atomic():
            nomination.save(update_fields=["person"])
    except IntegrityError as twice:
        raise CannotAnswer(
            _("This person already has a seat in this course.")
        ) from twice


def _pass_on(freed: Offer, *, actor: Actor, now: datetime) -> Offer | None:
    """
    Offer a freed seat to whom the rules, as they stand now, put first on the reserve list.

    Where the calculation does not succeed, the seat waits for a person: whoever gave it
    up has done so, and must not be kept by our fault.
    """
    call = freed.nomination.call
    if has_begun(call, now) or _is_cancelled(freed):
        return None
    run = Run.objects.get(call=call, kind=Run.Kind.DRAW, state=Run.State.ANNOUNCED)
    try:
        found = coming_in(run)
    except NotFound:
        _wait_for_a_person(freed, actor=actor, now=now)
        return None
    passed_over = found.passed_over
    none_fits = passed_over if found.nomination is None else []
    if freed.waits_since is not None or freed.none_fits != none_fits:
        freed.waits_since, freed.none_fits = None, none_fits
        freed.save(update_fields=["waits_since", "none_fits"])
    if found.nomination is None:
        audit.record(
            actor=actor,
            verb="seat.left_free",
            target=freed,
            at=now,
            scope=call.slug,
            after={"passed_over": passed_over},
        )
        return None
    offer = Offer.objects.create(
        seat=freed.seat,
        nomination=found.nomination,
        replaces=freed,
        passed_over=passed_over,
        made_at=now,
        expires_at=replacement_answers_by(call, now),
    )
    offer.nomination.call = call
    letters.offer(offer=offer, now=now, at_once=True)
    audit.record(
        actor=actor,
        verb="offer.made",
        target=offer,
        at=now,
        scope=call.slug,
        after={
            "nomination": offer.nomination.code,
            "replaces": freed.nomination.code,
            "passed_over": passed_over,
        },
    )
    return offer


def _wait_for_a_person(freed: Offer, *, actor: Actor, now: datetime) -> None:
    freed.waits_since = now
    freed.save(update_fields=["waits_since"])
    audit.record(
        actor=actor,
        verb="seat.not_passed_on",
        target=freed,
        at=now,
        scope=freed.nomination.call.slug,
    )
