"""Who may see, and who may change, programmes and their courses. Nothing else decides this."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from mosty.accounts.models import Role, User
from mosty.directory.models import Organisation
from mosty.programmes.models import Course, Partnership, Programme, Session
from mosty.programmes.models.programmes import SIGNING_ROLES

# Whoever asks for a page: somebody who signed in, or the public.
Viewer = User | AnonymousUser
Keys = QuerySet[Partnership, Any]


def coordinated_by(user: Viewer) -> QuerySet[Programme]:
    """Return the programmes that ``user`` coordinates, for the organisation that does."""
    return Programme.objects.filter(pk__in=keys_coordinated_by(user))


def partnered_by(user: Viewer) -> QuerySet[Programme]:
    """Return the programmes in which an organisation of ``user`` takes any part."""
    return Programme.objects.filter(pk__in=keys_partnered_by(user))


def keys_coordinated_by(user: Viewer) -> Keys:
    """Return the keys of :func:`coordinated_by`, for a condition of another query."""
    return (
        _parts(user, Role.COORDINATOR)
        .filter(role=Partnership.Role.COORDINATOR)
        .values("programme")
    )


def keys_partnered_by(user: Viewer) -> Keys:
    """Return the keys of :func:`partnered_by`, for a condition of another query."""
    return _parts(user, Role.COORDINATOR, Role.PARTNER, Role.SECRETARIAT).values(
        "programme"
    )


def _parts(user: Viewer, *held: Role) -> QuerySet[Partnership]:
    """Return the parts played by organisations for which she holds one of the roles."""
    organisations = user.acts_for(*held) if isinstance(user, User) else frozenset()
    if not organisations:
        return Partnership.objects.none()
    return Partnership.objects.filter(organisation__in=organisations)


def sessions_led_by(user: Viewer) -> QuerySet[Session]:
    """Return the sessions that ``user``, who is a trainer today, leads."""
    if (
        not isinstance(user, User)
        or user.person_id is None
        or not user.has_role(Role.TRAINER)
    ):
        return Session.objects.none()
    return Session.objects.filter(trainers__person=user.person_id)


def visible_to(user: Viewer) -> QuerySet[Programme]:
    """Return the programmes ``user`` may know exist; the rest are a 404."""
    return Programme.objects.filter(
        Q(is_published=True)
        | Q(pk__in=partnered_by(user).values("pk"))
        | Q(pk__in=sessions_led_by(user).values("course__programme"))
    )


def courses_visible_to(user: Viewer) -> QuerySet[Course]:
    """
    Return the courses ``user`` may know exist; the rest are a 404.

    A course is public once it and its programme are published.
    """
    return Course.objects.filter(
        Q(is_published=True, programme__is_published=True)
        | Q(programme__in=partnered_by(user).values("pk"))
        | Q(pk__in=sessions_led_by(user).values("course"))
    )


def can_see_plans(user: Viewer, programme: Programme) -> bool:
    """Test if ``user`` may see drafts, timetables and trainers: any partner's people."""
    return partnered_by(user).filter(pk=programme.pk).exists()


def can_create(user: Viewer, organisation: Organisation) -> bool:
    """Test if ``user`` may begin a programme that ``organisation`` coordinates."""
    return isinstance(user, User) and organisation.pk in user.acts_for(Role.COORDINATOR)


def can_edit(user: Viewer, programme: Programme) -> bool:
    """Test if ``user`` may change the programme, its partners and its courses."""
    return coordinated_by(user).filter(pk=programme.pk).exists()


def can_edit_course(user: Viewer, course: Course) -> bool:
    """Test if ``user`` may change the course, its topics and its sessions."""
    return coordinated_by(user).filter(pk=course.programme_id).exists()


def signatories(programme: Programme) -> QuerySet[Organisation]:
    """Return the organisations whose officers may sign a selection of the programme."""
    return Organisation.objects.filter(
        pk__in=programme.partnerships.filter(role__in=SIGNING_ROLES).values(
            "organisation"
        )
    )
