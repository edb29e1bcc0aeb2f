"""Who may see and change places, organisations and people. Nothing else decides this."""

from django.db.models import Q, QuerySet

from mosty.directory.members import CITY, COORDINATOR, PARTNER, SECRETARIAT, Member
from mosty.directory.models import (
    DatedFact,
    FactProposal,
    Membership,
    Organisation,
    Person,
    Territory,
)

PLANNERS = (COORDINATOR, PARTNER, SECRETARIAT)


def can_look(user: Member) -> bool:
    """Test if the directory is open to ``user`` at all."""
    return user.has_role(*PLANNERS, CITY)


def organisations_visible_to(user: Member) -> QuerySet[Organisation]:
    """Return all for planners; for a city's contact, her city and the bodies it is in."""
    if user.has_role(*PLANNERS):
        return Organisation.objects.all()
    cities = user.acts_for(CITY)
    if not cities:
        return Organisation.objects.none()
    bodies = Membership.objects.filter(member__in=cities).values("body")
    return Organisation.objects.filter(Q(pk__in=cities) | Q(pk__in=bodies))


def territories_visible_to(user: Member) -> QuerySet[Territory]:
    """Return all for planners; for a city's contact, her city's own."""
    if user.has_role(*PLANNERS):
        return Territory.objects.all()
    return Territory.objects.filter(pk__in=_own_territories(user))


def _own_territories(user: Member) -> QuerySet[Organisation, int | None]:
    return Organisation.objects.filter(
        pk__in=user.acts_for(CITY), territory__isnull=False
    ).values_list("territory", flat=True)


def facts_visible_to(user: Member) -> QuerySet[DatedFact]:
    """Return the facts about the places that ``user`` may see."""
    return DatedFact.objects.filter(
        territory__in=territories_visible_to(user).values("pk")
    )


def people_visible_to(user: Member) -> QuerySet[Person]:
    """
    Return all people for planners; for a city's contact, who holds a post in her city.

    Posts that have ended count: the history stays with the city.
    """
    if user.has_role(*PLANNERS):
        return Person.objects.all()
    cities = user.acts_for(CITY)
    if not cities:
        return Person.objects.none()
    return Person.objects.filter(positions__organisation__in=cities).distinct()


def proposals_visible_to(user: Member) -> QuerySet[FactProposal]:
    """Return all proposals for those who decide; for a city's contact, her city's."""
    if user.has_role(COORDINATOR):
        return FactProposal.objects.all()
    return FactProposal.objects.filter(fact__territory__in=_own_territories(user))


def can_edit(user: Member) -> bool:
    """Test if ``user`` keeps the directory: places, organisations, facts."""
    return user.has_role(COORDINATOR)


def can_edit_members(user: Member, body: Organisation) -> bool:
    """Test if ``user`` may say who belongs to ``body``: who keeps all, or its own office."""
    return can_edit(user) or body.pk in user.acts_for(SECRETARIAT)


def can_propose(user: Member, fact: DatedFact) -> bool:
    """Test if ``fact`` is about the city for which ``user`` speaks."""
    return fact.territory_id in set(_own_territories(user))


def can_decide(user: Member) -> bool:
    """Test if ``user`` accepts or refuses proposed corrections."""
    return user.has_role(COORDINATOR)


def memberships_visible_to(user: Member) -> QuerySet[Membership]:
    """Return the memberships between organisations that ``user`` may see."""
    known = organisations_visible_to(user).values("pk")
    return Membership.objects.filter(member__in=known, body__in=known).select_related(
        "member", "body"
    )
