"""Once a year a city is asked whether its practice still holds."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.library import policies
from mosty.library.actions import letters, practices
from mosty.library.actions.practices import SCOPE
from mosty.library.common import texts
from mosty.library.common.years import a_year_after
from mosty.library.models import Confirmation, Practice
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link

Answer = Confirmation.Answer
# So long before the day the question is written, so that somebody reads it first.
AHEAD = timedelta(days=14)
# So long a city may answer by the link.
OPEN = timedelta(days=90)


class CannotAnswer(Refusal):
    """The question cannot be answered so; the sentence says why."""


@transaction.atomic(durable=True)
def ask_due(*, actor: Actor, now: datetime) -> int:
    """
    Ask the cities whose practices were confirmed a year ago; return how many practices.

    The next year's question comes whether or not this one is answered.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_ask(actor))
    today = timezone.localdate(now)
    due = list(
        Practice.objects.select_for_update(of=("self",))
        .select_related("city")
        .filter(retired_at__isnull=True, confirm_on__lte=today + AHEAD)
        .order_by("pk")
    )
    for practice in due:
        day = practice.confirm_on
        assert day is not None  # noqa: S101 - the filter above
        confirmation = Confirmation.objects.create(
            practice=practice, due_on=day, asked_at=now
        )
        practice.confirm_on = a_year_after(day)
        practice.save(update_fields=["confirm_on"])
        link = outbox.make_link(
            purpose=Link.Purpose.PRACTICE,
            subject=confirmation.code,
            now=now,
            expires_at=now + AHEAD + OPEN,
        )
        count = letters.confirm(confirmation=confirmation, link=link, now=now)
        audit.record(
            actor=actor,
            verb="practice.asked",
            target=practice,
            at=now,
            scope=SCOPE,
            after={"due": day.isoformat(), "messages": count},
        )
    return len(due)


@transaction.atomic(durable=True)
def answer(
    *,
    confirmation: Confirmation,
    answer: str,
    comment: str,
    actor: Link,
    now: datetime,
) -> Confirmation:
    """
    Answer for the city. Where the practice has ended, it is retired with the comment.

    :raises PermissionDenied: if ``actor`` is not the link of this question.
    :raises CannotAnswer: if it was answered otherwise, or what has changed is not said.
    """
    require(policies.can_answer(actor, confirmation))
    practice = Practice.objects.select_for_update().get(pk=confirmation.practice_id)
    confirmation = Confirmation.objects.select_for_update(of=("self",)).get(
        pk=confirmation.pk
    )
    if confirmation.answered_at is not None:
        if confirmation.answer == answer:
            return confirmation
        raise CannotAnswer(_("Somebody of your city has answered already."))
    if answer not in Answer.values:
        sentence = _("Choose one of the answers.")
        raise CannotAnswer(sentence, fields={"answer": sentence})
    comment = texts.line(comment)[:500]
    if answer != Answer.STILL and not comment:
        sentence = _("Say in a sentence what has changed, or why it has ended.")
        raise CannotAnswer(sentence, fields={"comment": sentence})
    confirmation.answer, confirmation.comment = answer, comment
    confirmation.answered_at = now
    confirmation.save()
    if answer == Answer.STILL:
        practice.confirmed_on = timezone.localdate(now)
        practice.save(update_fields=["confirmed_on"])
    elif answer == Answer.ENDED and practice.retired_at is None:
        practices.end(practice, reason=comment, by=actor.ledger_label, now=now)
    audit.record(
        actor=actor,
        verb="practice.confirmed",
        target=practice,
        at=now,
        scope=SCOPE,
        reason=comment,
        after={"answer": answer},
    )
    return confirmation
