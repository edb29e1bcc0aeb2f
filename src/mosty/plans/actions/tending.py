"""
What the clock does for check-ins: asks the group, reminds it, then writes to the contact.

Every message is a draft that somebody reads first. Nobody is written to about what is
answered, closed, or already counted as not answered.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.kernel.access import require
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Copy, Letter
from mosty.outbox.models import Link
from mosty.plans import policies, times
from mosty.plans.actions.drafting import scope_of
from mosty.plans.models import CheckIn, Plan
from mosty.plans.queries.people import Addressee, contacts_of, group_of
from mosty.training.queries.roster import call_of


@transaction.atomic(durable=True)
def tend(*, actor: Actor, now: datetime) -> int:
    """
    Write what is due about check-ins; return how many messages are new. Twice is as once.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_tend(actor))
    today = now.date()
    waiting = list(
        CheckIn.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(
            answered_at__isnull=True,
            due_on__lte=today + times.READ_AHEAD,
            due_on__gt=today - times.MISSED_AFTER,
        )
        .exclude(plan__state=Plan.State.CLOSED)
        .filter(
            Q(invited_at__isnull=True)
            | Q(reminded_at__isnull=True)
            | Q(escalated_at__isnull=True)
        )
        .select_related("plan__programme", "plan__owner", "plan__course__programme")
        .order_by("due_on", "pk")
    )
    return sum(_step(check_in, today, actor, now) for check_in in waiting)


def _step(check_in: CheckIn, today: date, actor: Actor, now: datetime) -> int:
    """Take the one step that is due; an earlier one that was missed is not made up for."""
    if (
        check_in.escalated_at is None
        and today >= check_in.due_on + times.PASSED_ON_AFTER
    ):
        name, field = "escalation", "escalated_at"
    elif check_in.reminded_at is None and (
        check_in.due_on + times.REMINDED_AFTER
        <= today
        < check_in.due_on + times.PASSED_ON_AFTER
    ):
        name, field = "reminder", "reminded_at"
    elif check_in.invited_at is None and today < check_in.due_on + times.REMINDED_AFTER:
        name, field = "check_in", "invited_at"
    else:
        return 0
    contacts = contacts_of(check_in.plan, today)
    # Whom there is: a plan from home has no group.
    people = contacts if name == "escalation" else group_of(check_in.plan) or contacts
    setattr(check_in, field, now)
    check_in.save(update_fields=[field])
    count = _write(check_in, name, people, now)
    audit.record(
        actor=actor,
        verb=f"check_in.{name}_written",
        target=check_in,
        at=now,
        scope=scope_of(check_in.plan),
        after={"messages": count, "months": check_in.months},
    )
    return count


def _write(
    check_in: CheckIn, name: str, people: Sequence[Addressee], now: datetime
) -> int:
    plan = check_in.plan
    call = call_of(plan.course) if plan.course else None
    letter = Letter(
        kind=f"plans.{name}",
        template=f"plans/mail/{name}.txt",
        context={
            "plan": plan,
            "city": plan.owner,
            "programme": plan.programme,
            "months": check_in.months,
            "until": times.missed_on(check_in.due_on),
            # A plan from home has no call: whoever runs the installation is asked.
            "contact": call.contact if call else settings.CONTACT,
            "contact_email": call.contact_email if call else "",
        },
        scope=scope_of(plan),
        reply_to=call.contact_email if call else settings.CONTACT,
    )
    link = link_of(check_in, now)
    return len(
        outbox.put_many(
            [
                Copy(letter, f"plans.{name}:{check_in.code}:{one.key}", one.to, link)
                for one in people
            ],
            now=now,
        )
        if people
        else []
    )


def link_of(check_in: CheckIn, now: datetime) -> Link:
    """Return the one link of a check-in, which the group shares. Call it inside an action."""
    end = datetime.combine(
        check_in.due_on + times.LINK_OPEN,
        time(23, 59),
        tzinfo=check_in.plan.programme.zone,
    )
    return outbox.make_link(
        purpose=Link.Purpose.PLAN,
        subject=check_in.code,
        now=now,
        expires_at=max(end, now + times.READ_AHEAD),
    )
