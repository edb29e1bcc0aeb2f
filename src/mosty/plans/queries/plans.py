"""Plans, found for the pages that show them."""

from collections.abc import Mapping

from django.db.models import QuerySet

from mosty.outbox.models import Link
from mosty.plans import policies
from mosty.plans.models import Action, CheckIn, Evidence, Objective, Plan
from mosty.programmes.policies import Viewer
from mosty.selection.models import Offer


def with_names(rows: QuerySet[Plan]) -> QuerySet[Plan]:
    """Return ``rows`` with the programme, city and course that every page names."""
    return rows.select_related("programme", "owner", "course__programme")


def seat(link: Link) -> Offer | None:
    """Return the taken seat of a participant, with course and city."""
    return (
        policies.seat_of(link)
        .select_related("nomination__organisation", "seat__call__course__programme")
        .first()
    )


def plan_of_group(offer: Offer) -> Plan | None:
    """Return the plan of the participant's city at her course."""
    return with_names(
        Plan.objects.filter(
            course=offer.seat.call.course_id, owner=offer.nomination.organisation_id
        )
    ).first()


def row_of(plan: Plan, kind: str, pk: int) -> Objective | Action | None:
    """Return an objective or action of ``plan``; None if there is none."""
    rows: QuerySet[Objective] | QuerySet[Action] | None = None
    if kind == "objective":
        rows = Objective.objects.filter(plan=plan)
    elif kind == "action":
        rows = Action.objects.filter(plan=plan)
    found = (
        rows.select_related("plan").filter(pk=pk).first() if rows is not None else None
    )
    if found is not None:
        found.plan = plan
    return found


def home_of(plan: Plan, typed: Mapping[str, object]) -> str:
    """Return where an action that was taken out can be added again, as a row's key."""
    if "what" not in typed:
        return ""
    first = Objective.objects.filter(plan=plan).order_by("order", "pk").first()
    return f"new-{first.pk}" if first else ""


def check_in_of(link: Link) -> CheckIn | None:
    """Return the check-in that ``link`` opens, with its plan."""
    return (
        policies.check_ins_behind(link)
        .select_related("plan__programme", "plan__owner", "plan__course")
        .first()
    )


def actions_of(plan: Plan) -> QuerySet[Action]:
    """Return the actions of ``plan``."""
    return Action.objects.filter(plan=plan).select_related("plan")


def check_ins_of(plan: Plan) -> QuerySet[CheckIn]:
    """Return the check-ins of ``plan``."""
    return CheckIn.objects.filter(plan=plan).select_related(
        "plan__programme", "plan__owner", "plan__course"
    )


def evidence_of(plan: Plan, user: Viewer) -> QuerySet[Evidence]:
    """Return the files of ``plan`` that ``user`` may have."""
    return policies.evidence_visible_to(user).filter(report__action__plan=plan)


def actions_in_order(plan: Plan) -> list[Action]:
    """Return the actions of ``plan`` with their objectives, in order; one query."""
    return list(
        Action.objects.filter(plan=plan)
        .select_related("objective")
        .order_by("objective__order", "objective", "order", "pk")
    )
