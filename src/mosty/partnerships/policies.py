"""
Who may see a map and write on it, and who sees agreements. Nothing else decides this.

Two may write on a map: the city's contacts, and the city's participants of the course at
which it is made, by their link. The network reads frozen versions of what the city opens
to it, never what the city thinks of anybody.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet

from mosty.accounts.models import Role, User
from mosty.directory.models import Organisation
from mosty.outbox.models import Link
from mosty.partnerships.models import (
    Agreement,
    MapVersion,
    StakeholderMap,
    Visibility,
)
from mosty.selection.models import Offer
from mosty.training import policies as training

# Whoever asks for a page: somebody who signed in, or the public.
Viewer = User | AnonymousUser
# Whoever writes on a map.
Writer = User | Link
NETWORK = (Role.CITY, Role.COORDINATOR, Role.PARTNER, Role.SECRETARIAT)


def cities_of(user: Viewer) -> QuerySet[Organisation]:
    """Return the cities for which ``user`` keeps maps and agreements."""
    cities = user.acts_for(Role.CITY) if isinstance(user, User) else ()
    return Organisation.objects.filter(pk__in=cities)


def has_any(user: Viewer) -> bool:
    """Test if the network's maps are ``user``'s business at all."""
    return isinstance(user, User) and user.has_role(*NETWORK)


def maps_kept_by(user: Viewer) -> QuerySet[StakeholderMap]:
    """Return the maps that ``user`` sees whole: those of her cities."""
    return StakeholderMap.objects.filter(city__in=cities_of(user).values("pk"))


def maps_shared_with(user: Viewer) -> QuerySet[StakeholderMap]:
    """
    Return the maps whose newest version ``user`` may read, without its assessments.

    Of other cities: contacts of cities, partners, the coordinator and the secretariat.
    """
    if not has_any(user):
        return StakeholderMap.objects.none()
    frozen = MapVersion.objects.filter(map=OuterRef("pk"))
    return StakeholderMap.objects.filter(
        Exists(frozen), visibility=Visibility.NETWORK
    ).exclude(city__in=cities_of(user).values("pk"))


def seats_behind(link: Link) -> QuerySet[Offer]:
    """Return the taken seat whose participant holds ``link``."""
    seats = training.seats_behind(link).values("pk")
    return training.accepted().filter(pk__in=seats)


def maps_behind(link: Link) -> QuerySet[StakeholderMap]:
    """Return the maps that a participant works on: her city's, of her course."""
    return StakeholderMap.objects.filter(
        Exists(
            seats_behind(link).filter(
                nomination__organisation=OuterRef("city"),
                seat__call__course=OuterRef("course"),
            )
        )
    )


def can_write_on(writer: Writer, found: StakeholderMap) -> bool:
    """Test if ``writer`` may put actors and ties on the map, and see its assessments."""
    maps = maps_behind(writer) if isinstance(writer, Link) else maps_kept_by(writer)
    return maps.filter(pk=found.pk).exists()


def can_keep(user: Writer, found: StakeholderMap) -> bool:
    """Test if ``user`` freezes, opens and exports the map: the city's contact alone."""
    return isinstance(user, User) and found.city_id in user.acts_for(Role.CITY)


def can_make_for(user: Writer, city: Organisation, course_key: int | None) -> bool:
    """Test if ``user`` may begin a map of ``city``; a participant: at her course only."""
    if isinstance(user, Link):
        return (
            seats_behind(user)
            .filter(nomination__organisation=city, seat__call__course=course_key)
            .exists()
        )
    return city.pk in user.acts_for(Role.CITY)


def agreements_visible_to(user: Viewer) -> QuerySet[Agreement]:
    """Return the agreements of ``user``'s cities; nobody else sees any."""
    return Agreement.objects.filter(city__in=cities_of(user).values("pk"))


def can_keep_agreements(user: Viewer, city: Organisation) -> bool:
    """Test if ``user`` writes agreements of ``city``."""
    return isinstance(user, User) and city.pk in user.acts_for(Role.CITY)
