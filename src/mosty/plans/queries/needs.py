"""What waits for somebody about plans: one query each."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from mosty.accounts.models import User
from mosty.plans import policies, times
from mosty.plans.models import Plan
from mosty.plans.queries import check_ins

# So many at most on the page of today; the list has the others.
_MOST = 5


@dataclass(frozen=True, slots=True)
class Awaited:
    """One check-in that waits for a city."""

    code: str
    plan: str
    months: int
    until: date


@dataclass(frozen=True, slots=True)
class Unsigned:
    """One plan that nobody has signed off."""

    code: str
    title: str
    actions: int


def awaited(user: User, today: date) -> list[Awaited]:
    """Return the check-ins that wait for a city of ``user``, the first due first."""
    found = check_ins.awaited_from(user, today).select_related("plan")
    return [
        Awaited(one.plan.code, one.plan.title, one.months, times.missed_on(one.due_on))
        for one in found.order_by("due_on", "pk")[:_MOST]
    ]


def unsigned(user: User) -> list[Unsigned]:
    """Return the drafts of ``user``'s cities that hold an action and were never signed."""
    found = (
        Plan.objects.filter(owner__in=policies.cities_of(user), state=Plan.State.DRAFT)
        .annotate(count=Count("actions"))
        .filter(count__gt=0)
        .order_by("made_at", "pk")
    )
    return [Unsigned(one.code, one.title, one.count) for one in found[:_MOST]]


def missed_count(user: User, today: date) -> int:
    """Return how many check-ins of the programmes she follows nobody has answered."""
    return (
        check_ins.missed(today)
        .filter(plan__in=policies.followed_by(user).values("pk"))
        .count()
    )
