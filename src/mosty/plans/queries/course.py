"""The plans of a course: each city's, begun or not."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.plans import policies
from mosty.plans.models import Action, Plan
from mosty.programmes.models import Course
from mosty.training import policies as training


@dataclass(frozen=True, slots=True)
class CityRow:
    """One city at the course."""

    city: str
    people: int
    # Empty: not begun, or not shown to the reader.
    code: str
    title: str
    state: str
    state_label: str
    actions: int
    is_hidden: bool


def courses(user: User) -> QuerySet[Course]:
    """Return the courses whose plans ``user`` follows."""
    return policies.courses_desked_by(user).select_related("programme")


def cities(course: Course, user: User) -> list[CityRow]:
    """Return the cities that take part, with their plans; four queries."""
    people = dict(
        training.accepted()
        .filter(seat__call__course=course)
        .values_list("nomination__organisation")
        .annotate(Count("pk"))
        .order_by()
    )
    plans = {one.owner_id: one for one in Plan.objects.filter(course=course)}
    seen = set(
        policies.visible_to(user).filter(course=course).values_list("pk", flat=True)
    )
    actions = dict(
        Action.objects.filter(plan__course=course)
        .values_list("plan")
        .annotate(Count("pk"))
        .order_by()
    )
    rows = []
    for city in Organisation.objects.filter(pk__in={*people, *plans}).order_by(
        "sort_name"
    ):
        plan = plans.get(city.pk)
        shown = plan is not None and plan.pk in seen
        rows.append(
            CityRow(
                city=str(city),
                people=people.get(city.pk, 0),
                code=plan.code if plan and shown else "",
                title=plan.title if plan and shown else "",
                state=plan.state if plan else "",
                state_label=str(Plan.State(plan.state).label) if plan else "",
                actions=actions.get(plan.pk, 0) if plan else 0,
                is_hidden=plan is not None and not shown,
            )
        )
    return rows
