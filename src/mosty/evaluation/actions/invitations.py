"""
Invitations to a survey: the same link for everybody, read before they leave.

Nobody knows who has answered, so a reminder goes to all, and says so.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.audit.actors import System
from mosty.evaluation import policies
from mosty.evaluation.actions.surveys import CannotAsk, link_of
from mosty.evaluation.models import Survey
from mosty.evaluation.queries.people import asked
from mosty.kernel.access import require
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Copy, Letter, Recipient
from mosty.outbox.models import Message


@transaction.atomic(durable=True)
def invite(*, survey: Survey, actor: User | System, now: datetime) -> int:
    """
    Write the invitation to everybody who is asked; return how many wait to be read.

    Again changes nothing for whoever has it.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotAsk: if it is not open, or there is nobody to write to.
    """
    return _write(survey, "invitation", "", actor, now)


@transaction.atomic(durable=True)
def remind(*, survey: Survey, actor: User, now: datetime) -> int:
    """
    Write a reminder to everybody who is asked, at most one a day; return how many.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotAsk: if it is not open, or there is nobody to write to.
    """
    return _write(survey, "reminder", f":{now.date().isoformat()}", actor, now)


def invite_due(*, actor: System, now: datetime) -> int:
    """Write the invitations of every survey that has opened; return of how many surveys."""
    due = Survey.objects.filter(
        opens_at__lte=now,
        closes_at__gt=now,
        closed_at__isnull=True,
        invited_at__isnull=True,
    ).select_related("course__programme")
    written = 0
    for survey in list(due.order_by("opens_at", "pk")):
        if asked(survey.course, survey.kind).exists():
            invite(survey=survey, actor=actor, now=now)
            written += 1
    return written


def _write(
    survey: Survey, name: str, suffix: str, actor: User | System, now: datetime
) -> int:
    require(policies.can_ask(actor, survey.course))
    survey = (
        Survey.objects.select_for_update(of=("self",))
        .select_related("course__programme")
        .get(pk=survey.pk)
    )
    if survey.is_closed or now >= survey.closes_at:
        raise CannotAsk(_("This survey is over: nobody can answer any more."))
    people = list(
        asked(survey.course, survey.kind)
        .select_related("nomination", "seat__call")
        .order_by("pk")
    )
    if not people:
        raise CannotAsk(
            _("Nobody has a confirmed seat yet, so there is nobody to ask.")
        )
    course = survey.course
    call = people[0].seat.call
    letter = Letter(
        kind=f"evaluation.{name}",
        template=f"evaluation/mail/{name}.txt",
        context={
            "course": course,
            "programme": course.programme,
            "survey": survey,
            "until": survey.closes_at,
            "zone": course.programme.time_zone,
            "minimum": survey.minimum,
            "call": call,
        },
        scope=call.slug,
        reply_to=call.contact_email,
    )
    link = link_of(survey, now)
    keys = [
        f"evaluation.{name}:{survey.code}{suffix}:{one.nomination.code}"
        for one in people
    ]
    known = Message.objects.filter(key__in=keys).count()
    outbox.put_many(
        [
            Copy(
                letter,
                key,
                Recipient(
                    str(one.nomination),
                    one.nomination.email,
                    one.nomination.language,
                ),
                link,
            )
            for key, one in zip(keys, people, strict=True)
        ],
        now=now,
    )
    if survey.invited_at is None:
        survey.invited_at = now
        survey.save(update_fields=["invited_at"])
    if new := len(keys) - known:
        audit.record(
            actor=actor,
            verb=f"survey.{name}_written",
            target=survey,
            at=now,
            scope=course.programme.slug,
            after={"messages": new},
        )
    return new
