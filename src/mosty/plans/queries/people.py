"""Who is written to about a plan: the city's group at the course, or its contact."""

from dataclasses import dataclass
from datetime import date

from mosty.accounts.models import Grant, Role
from mosty.kernel.spans import holding_on
from mosty.nominations.models import Invitation
from mosty.outbox.letters import Recipient
from mosty.plans.models import Plan
from mosty.training import policies as training


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person, and what names her in the outbox: never her address."""

    key: str
    to: Recipient


def group_of(plan: Plan) -> list[Addressee]:
    """Return the city's participants of the course at which ``plan`` was drafted."""
    if plan.course_id is None:
        return []
    seats = (
        training.accepted()
        .filter(
            seat__call__course=plan.course_id, nomination__organisation=plan.owner_id
        )
        .select_related("nomination")
        .order_by("seat__number")
    )
    return [
        Addressee(
            one.nomination.code,
            Recipient(
                str(one.nomination), one.nomination.email, one.nomination.language
            ),
        )
        for one in seats
    ]


def contacts_of(plan: Plan, on: date) -> list[Addressee]:
    """
    Return the city's contacts who sign in; where there is none, whom calls went to.

    The last call of the programme counts.
    """
    grants = (
        Grant.objects.filter(
            role=Role.CITY, organisation=plan.owner_id, user__is_active=True
        )
        .filter(holding_on(on))
        .select_related("user")
        .order_by("pk")
    )
    found = {
        grant.user_id: Addressee(
            f"user-{grant.user_id}",
            Recipient(grant.user.name, grant.user.email, grant.user.language),
        )
        for grant in grants
    }
    if found:
        return list(found.values())
    invited = (
        Invitation.objects.filter(
            organisation=plan.owner_id, call__course__programme=plan.programme_id
        )
        .exclude(contact_email="")
        .order_by("-call__opens_at", "-pk")
        .first()
    )
    if invited is None:
        return []
    name = invited.contact_name or str(plan.owner)
    return [
        Addressee(
            invited.code, Recipient(name, invited.contact_email, invited.language)
        )
    ]
