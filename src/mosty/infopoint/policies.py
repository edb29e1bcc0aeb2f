"""Who may see a point, record there and close its books. Nothing else decides this."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM, Actor
from mosty.directory.models import Organisation
from mosty.infopoint.models import (
    Consultation,
    Guide,
    ImportedFile,
    Operation,
    Point,
    Poster,
    Workshop,
)

# Whoever asks for a page: somebody who signed in, or the public.
Viewer = User | AnonymousUser


def live_on(day: date) -> Q:
    """Return what is true of an operation that runs on ``day``."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gte=day))


def points_worked_at_by(user: Viewer) -> QuerySet[Point]:
    """
    Return the points that ``user``'s organisation runs today, and where she records.

    On the day after an operation has ended, its staff see nothing of the point.
    """
    operators = user.acts_for(Role.WORKER) if isinstance(user, User) else ()
    if not operators:
        return Point.objects.none()
    running = Operation.objects.filter(
        live_on(timezone.localdate()), operator__in=operators
    )
    return Point.objects.filter(pk__in=running.values("point"))


def points_led_by(user: Viewer) -> QuerySet[Point]:
    """Return the points of the cities for which ``user`` leads."""
    cities = user.acts_for(Role.LEAD) if isinstance(user, User) else ()
    return Point.objects.filter(city__in=cities) if cities else Point.objects.none()


def points_visible_to(user: Viewer) -> QuerySet[Point]:
    """Return the points that ``user`` may know of from the inside."""
    return Point.objects.filter(
        Q(pk__in=points_led_by(user).values("pk"))
        | Q(pk__in=points_worked_at_by(user).values("pk"))
    )


def has_any(user: Viewer) -> bool:
    """Test if information points are ``user``'s business at all."""
    return isinstance(user, User) and user.has_role(Role.WORKER, Role.LEAD)


def can_record(user: Viewer, point: Point) -> bool:
    """Test if ``user`` may write consultations at ``point`` today."""
    return points_worked_at_by(user).filter(pk=point.pk).exists()


def can_lead(user: Viewer, point: Point) -> bool:
    """Test if ``user`` closes periods of ``point``, and sets what it is."""
    return isinstance(user, User) and point.city_id in user.acts_for(Role.LEAD)


def cities_led_by(user: Viewer) -> QuerySet[Organisation]:
    """Return the cities in which ``user`` may open a point and keep code lists."""
    cities = user.acts_for(Role.LEAD) if isinstance(user, User) else ()
    return Organisation.objects.filter(pk__in=cities)


def can_keep_lists(user: Viewer, city: Organisation) -> bool:
    """Test if ``user`` keeps the code lists of ``city``."""
    return isinstance(user, User) and city.pk in user.acts_for(Role.LEAD)


def records_visible_to(user: Viewer) -> QuerySet[Consultation]:
    """Return the single records that ``user`` may read; reading older ones is noted."""
    return Consultation.objects.filter(point__in=points_visible_to(user).values("pk"))


def workshops_visible_to(user: Viewer) -> QuerySet[Workshop]:
    """Return the workshops that ``user`` may see; nobody is named there."""
    return Workshop.objects.filter(point__in=points_visible_to(user).values("pk"))


def guides_visible_to(user: Viewer) -> QuerySet[Guide]:
    """Return the guides of the points that ``user`` sees."""
    return Guide.objects.filter(point__in=points_visible_to(user).values("pk"))


def imports_visible_to(user: Viewer) -> QuerySet[ImportedFile]:
    """Return the files of past years of the points that ``user`` leads."""
    return ImportedFile.objects.filter(point__in=points_led_by(user).values("pk"))


def can_tell(user: Viewer, point: Point) -> bool:
    """Test if ``user`` may tell of workshops and guides: who works there today, the lead."""
    return can_lead(user, point) or can_record(user, point)


def works_for(user: Viewer, operation: Operation) -> bool:
    """Test if ``user`` works for who ran the point then."""
    return isinstance(user, User) and operation.operator_id in user.acts_for(
        Role.WORKER
    )


def can_correct(user: Viewer, record: Consultation | Workshop) -> bool:
    """
    Test if ``user`` may correct or withdraw ``record``: the lead, or who wrote it.

    Whether its period is closed is the action's to know.
    """
    if can_lead(user, record.point):
        return True
    return (
        isinstance(user, User)
        and record.recorder_key == user.ledger_key
        and can_record(user, record.point)
    )


def takes_opinions(poster: Poster, now: datetime) -> bool:
    """Test if anybody may give an opinion of the point now."""
    point = poster.point
    today = point.today(now)
    return poster.is_open and not (point.closed_on and today > point.closed_on)


def can_archive(actor: Actor) -> bool:
    """Test if ``actor`` is whoever runs the installation, at its own command line."""
    return actor is SYSTEM


def can_sweep(actor: Actor) -> bool:
    """Test if ``actor`` is the installation itself, dropping what nobody needs."""
    return actor is SYSTEM
