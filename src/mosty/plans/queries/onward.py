"""From the map to the plan: which actions an actor of a map may become partner of."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.outbox.models import Link
from mosty.partnerships.models import Actor, StakeholderMap
from mosty.partnerships.onward import Choice, Group, Onward
from mosty.partnerships.queries.maps import actors_on, kept_maps
from mosty.plans import policies
from mosty.plans.models import Action, Plan
from mosty.plans.queries.plans import plan_of_group, seat

Writer = User | Link


def plans_of(found: StakeholderMap, writer: Writer) -> list[Plan]:
    """Return the plans of the map's city that ``writer`` writes; one query, two by a link."""
    if isinstance(writer, User):
        return list(
            Plan.objects.filter(owner=found.city_id)
            .filter(owner__in=policies.cities_of(writer))
            .order_by("-made_at", "-pk")
        )
    offer = seat(writer)
    plan = plan_of_group(offer) if offer else None
    return [plan] if plan is not None and plan.owner_id == found.city_id else []


def maps_of(writer: Writer) -> QuerySet[StakeholderMap]:
    """Return the maps on which ``writer`` writes, with their cities."""
    return kept_maps(writer)


def actors_of(found: StakeholderMap) -> QuerySet[Actor]:
    """Return the actors that stand on the map."""
    return actors_on(found)


def actions_of(found: StakeholderMap, writer: Writer) -> QuerySet[Action]:
    """Return the actions that ``writer`` may make an actor of the map partner of."""
    plans = [plan.pk for plan in plans_of(found, writer)]
    return Action.objects.filter(plan__in=plans).select_related("plan")


def onward(found: StakeholderMap, writer: Writer) -> Onward | None:
    """
    Return what the table of a map offers; None where the city has no plan to write.

    Two queries, three by a link.
    """
    plans = plans_of(found, writer)
    if not plans:
        return None
    groups: dict[int, list[Choice]] = {}
    partner_of: dict[str, list[Choice]] = {}
    for action in Action.objects.filter(plan__in=plans).order_by(
        "objective__order", "objective", "order", "pk"
    ):
        choice = Choice(action.pk, action.what)
        groups.setdefault(action.plan_id, []).append(choice)
        for key in action.stakeholders:
            partner_of.setdefault(str(key), []).append(choice)
    return Onward(
        url=reverse("plans:partner", args=[found.pk])
        if isinstance(writer, User)
        else reverse("plans:link_partner", args=[writer.token, found.pk]),
        groups=tuple(
            Group(plan.title, tuple(groups[plan.pk]))
            for plan in plans
            if plan.state == Plan.State.DRAFT and plan.pk in groups
        ),
        why=_why(plans),
        partner_of={key: tuple(rows) for key, rows in partner_of.items()},
    )


def _why(plans: list[Plan]) -> str:
    """Return why no action can be chosen, if none can."""
    if any(plan.state == Plan.State.DRAFT for plan in plans):
        return _("Your plan has no action yet. Write one, and partners can join it.")
    return _(
        "Your plan is signed off. Open it for a revision, and partners of this map can "
        "join its actions."
    )
