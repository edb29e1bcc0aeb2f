"""The list of plans: a city's own, and those that others show to it."""

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mosty.plans import policies
from mosty.plans.models import Action, CheckIn, Plan, Status
from mosty.plans.queries.check_ins import Standing, standing
from mosty.programmes.policies import Viewer
from mosty.ui import listing
from mosty.ui.listing import Listing

SORTS = {
    "city": ("owner__sort_name", "title"),
    "title": ("title",),
    "signed": ("first_signed_at",),
}


class PlanFilter(forms.Form):
    """Which plans are listed."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *Plan.State.choices]
    )
    city = forms.ChoiceField(label=_("City"), required=False)
    mine = forms.BooleanField(label=_("Our city's only"), required=False)

    def __init__(self, *args: object, user: Viewer, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own
        cities = (
            policies.visible_to(user)
            .order_by("owner__sort_name")
            .values_list("owner__slug", "owner__short_name")
            .distinct()
        )
        self.fields["city"].choices = [  # type: ignore[attr-defined]  # of a ChoiceField
            ("", _("all")),
            *((slug, str(name)) for slug, name in _distinct(cities)),
        ]
        if not policies.cities_of(user):
            del self.fields["mine"]


def _distinct(rows: QuerySet[Plan, tuple[str, object]]) -> list[tuple[str, object]]:
    return list(dict(rows).items())


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan in the list."""

    code: str
    title: str
    city: str
    programme: str
    state: str
    state_label: str
    is_fictional: bool
    is_own: bool
    actions: int
    done: int
    missed: int
    awaited: int


def rows(
    user: Viewer, params: QueryDict, form: forms.Form, now: datetime
) -> Listing[PlanRow]:
    """Return one page of the plans that ``form`` lets through; three queries."""
    form.is_valid()
    asked = form.cleaned_data
    cities = policies.cities_of(user)
    found = policies.visible_to(user)
    if state := asked.get("state"):
        found = found.filter(state=state)
    if city := asked.get("city"):
        found = found.filter(owner__slug=city)
    if asked.get("mine"):
        found = found.filter(owner__in=cities)
    page: Listing[Plan] = listing.build(
        params,
        found.select_related("owner", "programme").annotate(
            actions_count=_count(Action.objects.all()),
            done_count=_count(Action.objects.filter(status=Status.DONE)),
        ),
        sorts=SORTS,
        default="city",
        form=form,
        shape=lambda plan: plan,
    )
    asked_of: dict[int, list[CheckIn]] = {}
    for one in CheckIn.objects.filter(
        plan__in=[plan.pk for plan in page], answered_at__isnull=True
    ):
        asked_of.setdefault(one.plan_id, []).append(one)
    today = now.date()

    def shaped(plan: Plan) -> PlanRow:
        stand = [
            standing(one.due_on, None, plan.closed_at, today)
            for one in asked_of.get(plan.pk, ())
        ]
        return PlanRow(
            code=plan.code,
            # Of a revision that goes on, others read the title that was signed off.
            title=plan.title
            if plan.owner_id in cities or not plan.signed_title
            else plan.signed_title,
            city=str(plan.owner),
            programme=str(plan.programme),
            state=plan.state,
            state_label=str(Plan.State(plan.state).label),
            is_fictional=plan.is_fictional,
            is_own=plan.owner_id in cities,
            actions=plan.actions_count,  # type: ignore[attr-defined]  # annotated
            done=plan.done_count,  # type: ignore[attr-defined]
            missed=stand.count(Standing.MISSED),
            awaited=stand.count(Standing.AWAITED),
        )

    return Listing(
        rows=[shaped(plan) for plan in page],
        total=page.total,
        page=page.page,
        size=page.size,
        sort=page.sort,
        sorts=page.sorts,
        params=page.params,
        pills=page.pills,
        sizes=page.sizes,
    )


def _count(actions: QuerySet[Action]) -> Coalesce:
    counted = (
        actions.filter(plan=OuterRef("pk"))
        .order_by()
        .values("plan")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(counted), 0)
