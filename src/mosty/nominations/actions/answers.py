"""The nominee's own answer and needs, and the end of both."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations import policies
from mosty.nominations.models import Call, Needs, Nomination
from mosty.outbox.models import Link

# Needs are deleted so long after the course, or after closing where it has no date.
KEEP_NEEDS = timedelta(days=30)
KEEP_NEEDS_WITHOUT_DATE = timedelta(days=180)


class CannotAnswer(Refusal):
    """The nominee cannot answer now."""


@transaction.atomic(durable=True)
def answer(
    *,
    nomination: Nomination,
    confirm: bool,
    diet: str = "",
    access: str = "",
    notice: int | None = None,
    actor: Actor,
    now: datetime,
) -> Nomination:
    """
    Take the nominee's own answer: she has read the notice and confirms or declines.

    May be given again until the selection, the last answer counts; the same again
    changes nothing. Needs are kept only with a confirmation, apart, and not after the
    course. ``notice`` is the version of the privacy notice she was shown.

    :raises PermissionDenied: if ``actor`` is not this nominee's link.
    :raises CannotAnswer: if the nomination is not submitted any more, or the notice
        has changed since she read it.
    """
    require(policies.can_answer(actor, nomination))
    call = nomination.call
    nomination = Nomination.objects.select_for_update(of=("self",)).get(
        pk=nomination.pk
    )
    nomination.call = call
    if nomination.state != Nomination.State.SUBMITTED:
        raise CannotAnswer(_("Your city has withdrawn this nomination."))
    if notice is not None and notice != call.notice_version:
        raise CannotAnswer(
            _("The privacy notice has changed meanwhile. Read it and answer again.")
        )
    given = (
        Nomination.Answer.CONFIRMED if confirm else Nomination.Answer.DECLINED,
        call.notice_version,
    )
    needs_changed = _keep_needs(
        nomination,
        diet=diet.strip() if confirm else "",
        access=access.strip() if confirm else "",
        delete_after=_needs_end(call, now),
    )
    before = nomination.answer
    if (before, nomination.notice_version) == given and not needs_changed:
        return nomination
    nomination.answer, nomination.notice_version = given
    nomination.answered_at = now
    nomination.save(update_fields=["answer", "answered_at", "notice_version"])
    audit.record(
        actor=actor,
        verb="nominee.confirmed" if confirm else "nominee.declined",
        target=nomination,
        at=now,
        scope=call.slug,
        before={"answer": before},
        after={"answer": nomination.answer, "notice": call.notice_version},
    )
    return nomination


def _keep_needs(
    nomination: Nomination, *, diet: str, access: str, delete_after: date
) -> bool:
    """Store what the nominee needs, or delete it if nothing; return if that changed."""
    kept = Needs.objects.filter(nomination=nomination)
    if not diet and not access:
        return bool(kept.delete()[0])
    if kept.filter(diet=diet, access=access).exists():
        return False
    Needs.objects.update_or_create(
        nomination=nomination,
        defaults={"diet": diet, "access": access, "delete_after": delete_after},
    )
    return True


def _needs_end(call: Call, now: datetime) -> date:
    """Return the day after which needs are deleted."""
    if call.course.ends_on is not None:
        return max(call.course.ends_on, timezone.localdate(now)) + KEEP_NEEDS
    return max(call.closes_at, now).date() + KEEP_NEEDS_WITHOUT_DATE


def end(*, call: Call, now: datetime) -> int:
    """
    End the answering for a call: its nominees' links open nothing any more.

    Called by the selection, inside its own transaction, when it makes its list; from
    then on a nominee answers to an offer. Return how many links ended.
    """
    return Link.objects.filter(
        purpose=Link.Purpose.CONFIRM,
        subject__in=Nomination.objects.filter(call=call).values("code"),
        revoked_at__isnull=True,
    ).update(revoked_at=now)


@transaction.atomic(durable=True)
def delete_old_needs(*, actor: Actor, now: datetime) -> int:
    """
    Delete needs whose day has passed; return how many.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    due = list(
        Needs.objects.filter(delete_after__lt=timezone.localdate(now))
        .select_related("nomination__call")
        .select_for_update(of=("self",))
    )
    for needs in due:
        audit.record(
            actor=actor,
            verb="needs.deleted",
            target=needs.nomination,
            at=now,
            scope=needs.nomination.call.slug,
        )
    Needs.objects.filter(pk__in=[needs.pk for needs in due]).delete()
    return len(due)
