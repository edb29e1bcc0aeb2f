"""What whoever gathers a call does: checks, reminds nominees, comments."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations import policies
from mosty.nominations.actions import letters
from mosty.nominations.actions.entries import SETTLED
from mosty.nominations.models import Call, Comment, Nomination, PossibleDuplicate

# The same note by the same person within this time is the same click twice.
SAME_NOTE = timedelta(minutes=10)


class CannotCheck(Refusal):
    """The nomination cannot be checked now."""


class CannotRemind(Refusal):
    """Nominees cannot be reminded now."""


class CannotComment(Refusal):
    """The note says nothing."""


def is_unsettled(call: Call) -> bool:
    """Test if a nomination is not checked, or a possible duplicate not decided."""
    submitted = Nomination.objects.filter(call=call, state=Nomination.State.SUBMITTED)
    open_pairs = PossibleDuplicate.objects.filter(
        first__in=submitted,
        second__in=submitted,
        decision=PossibleDuplicate.Decision.OPEN,
    )
    return submitted.filter(checked_at__isnull=True).exists() or open_pairs.exists()


@transaction.atomic(durable=True)
def check(
    *, nomination: Nomination, passed: bool, actor: Actor, now: datetime
) -> Nomination:
    """
    Note that the secretariat has checked a nomination, or take that back.

    :raises PermissionDenied: if ``actor`` does not gather the call.
    :raises CannotCheck: if the nomination is not submitted, or the seed is known.
    """
    call = nomination.call
    require(policies.can_gather(actor, call))
    nomination = Nomination.objects.select_for_update(of=("self",)).get(
        pk=nomination.pk
    )
    nomination.call = call
    if call.seed:
        raise CannotCheck(SETTLED)
    if nomination.state != Nomination.State.SUBMITTED:
        raise CannotCheck(_("Only a submitted nomination is checked."))
    if (nomination.checked_at is not None) == passed:
        return nomination
    _note_check([nomination], call=call, passed=passed, actor=actor, now=now)
    return nomination


@transaction.atomic(durable=True)
def check_many(
    *, call: Call, codes: Collection[str], actor: Actor, now: datetime
) -> int:
    """
    Note that nominations have been checked; return how many.

    Those that are not submitted, or are checked already, are passed over.

    :raises PermissionDenied: if ``actor`` does not gather the call.
    """
    require(policies.can_gather(actor, call))
    rows = list(
        Nomination.objects.select_for_update(of=("self",)).filter(
            call=call,
            code__in=codes,
            state=Nomination.State.SUBMITTED,
            checked_at__isnull=True,
        )
    )
    _note_check(rows, call=call, passed=True, actor=actor, now=now)
    return len(rows)


def _note_check(
    rows: list[Nomination], *, call: Call, passed: bool, actor: Actor, now: datetime
) -> None:
    for row in rows:
        row.checked_at = now if passed else None
    Nomination.objects.bulk_update(rows, ["checked_at"])
    audit.record_many(
        actor=actor,
        verb="nomination.checked" if passed else "nomination.unchecked",
        acts=[(row, {}, {}) for row in rows],
        at=now,
        scope=call.slug,
    )


@transaction.atomic(durable=True)
def remind(*, call: Call, codes: Collection[str], actor: Actor, now: datetime) -> int:
    """
    Send nominees who have not answered their link again; return to how many.

    The messages wait in the outbox until somebody has read them. Nobody is reminded
    twice on one day; whoever has answered or is withdrawn is passed over.

    :raises PermissionDenied: if ``actor`` does not gather the call.
    :raises CannotRemind: if the time for answers is over.
    """
    require(policies.can_gather(actor, call))
    if call.seed or now >= call.closes_at + letters.CONFIRM_FOR:
        raise CannotRemind(_("The time for answers to this call is over."))
    rows = (
        Nomination.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(
            call=call,
            code__in=codes,
            state=Nomination.State.SUBMITTED,
            answer=Nomination.Answer.PENDING,
        )
    )
    reminded = 0
    for row in rows:
        row.call = call
        if letters.reminded(nomination=row, now=now) is None:
            continue
        audit.record(
            actor=actor, verb="nominee.reminded", target=row, at=now, scope=call.slug
        )
        reminded += 1
    return reminded


@transaction.atomic(durable=True)
def comment(
    *, nomination: Nomination, text: str, for_city: bool, actor: Actor, now: datetime
) -> Comment:
    """
    Write a note on a nomination. A city's notes are always read by both sides.

    The same note again, at once, is the first one.

    :raises PermissionDenied: if ``actor`` neither gathers the call nor is the city.
    :raises CannotComment: if the note is empty.
    """
    require(policies.can_comment(actor, nomination))
    written = text.strip()
    if not written:
        raise CannotComment(
            _("The comment is empty."), fields={"text": _("Write the comment.")}
        )
    # One note at a time on one nomination.
    Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    again = Comment.objects.filter(
        nomination=nomination,
        author=actor.ledger_label,
        text=written,
        written_at__gt=now - SAME_NOTE,
    ).first()
    if again is not None:
        return again
    comment = Comment.objects.create(
        nomination=nomination,
        author=actor.ledger_label,
        text=written,
        written_at=now,
        for_city=for_city or not policies.can_gather(actor, nomination.call),
    )
    audit.record(
        actor=actor,
        verb="nomination.commented",
        target=nomination,
        at=now,
        scope=nomination.call.slug,
        after={"for_city": comment.for_city},
    )
    return comment
