"""What a programme's plans came to by a moment: for its page of numbers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, Subquery

from mosty.plans import times
from mosty.plans.models import Action, CheckIn, Report, Status
from mosty.plans.queries.check_ins import missed
from mosty.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class PlanNumbers:
    """Counts; units are actions and check-ins, never persons."""

    actions: int
    done: int
    answered: int
    missed: int


def plan_numbers(programme: Programme, on: date, until: datetime) -> PlanNumbers:
    """Return what holds at ``until``, the end of the day ``on``; four queries."""
    last = (
        Report.objects.filter(action=OuterRef("pk"), said_at__lte=until)
        .order_by("-said_at", "-pk")
        .values("status")[:1]
    )
    actions = (
        Action.objects.filter(
            plan__programme=programme, plan__first_signed_at__lte=until
        )
        .annotate(last_status=Subquery(last))
        .aggregate(all=Count("pk"), done=Count("pk", filter=Q(last_status=Status.DONE)))
    )
    asked = CheckIn.objects.filter(plan__programme=programme)
    late = Q(answered_at__gt=until) | Q(answered_at__isnull=True)
    return PlanNumbers(
        actions=actions["all"],
        done=actions["done"],
        answered=asked.filter(answered_at__lte=until).count(),
        missed=missed(on).filter(plan__programme=programme).count()
        + asked.filter(
            late, answered_at__isnull=False, due_on__lte=on - times.MISSED_AFTER
        ).count(),
    )
