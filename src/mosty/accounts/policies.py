"""Who may see and manage users. Nothing else decides this."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from mosty.accounts.models import Grant, Role, User
from mosty.audit.actors import SYSTEM, System

# Whoever asks for a page: somebody who signed in, or the public.
Viewer = User | AnonymousUser


def can_manage(user: Viewer | System) -> bool:
    """
    Test if ``user`` runs the installation: adds users, gives and ends roles.

    So does the installation itself: whoever can run its commands has its database.
    """
    if user is SYSTEM:
        return True
    return (
        isinstance(user, User) and user.is_active and user.has_role(Role.ADMINISTRATOR)
    )


def managed_by(user: Viewer) -> QuerySet[User]:
    """Return the users whose roles and data ``user`` may see and change."""
    return User.objects.all() if can_manage(user) else User.objects.none()


def grants_managed_by(user: Viewer) -> QuerySet[Grant]:
    """Return the roles that ``user`` may end."""
    return Grant.objects.filter(user__in=managed_by(user))


def can_change_profile(user: Viewer, of: User) -> bool:
    """Test if ``user`` may change name and language of ``of``: they are one."""
    return isinstance(user, User) and user.pk == of.pk


def open_to_demo() -> QuerySet[User]:
    """Return the users whom anybody may sign in as: only in a demo, only made-up ones."""
    if not settings.DEMO:
        return User.objects.none()
    return User.objects.filter(is_demo=True, is_active=True)
