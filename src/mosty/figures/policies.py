"""Who may make releases of an organisation's figures. Nothing else decides this."""

from django.contrib.auth.models import AnonymousUser

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM, Actor
from mosty.directory.models import Organisation

# Whoever compares cities: she sees what they have published, and nothing else.
COMPARERS = (Role.COORDINATOR, Role.SECRETARIAT)


def can_release(user: object, owner: Organisation | None) -> bool:
    """Test if ``user`` makes and publishes releases of ``owner``; of none, comparisons."""
    if not isinstance(user, User) or isinstance(user, AnonymousUser):
        return False
    if owner is None:
        return user.has_role(*COMPARERS)
    return owner.pk in user.acts_for(Role.LEAD)


def can_sweep(actor: Actor) -> bool:
    """Test if ``actor`` is the installation itself, doing what was asked for."""
    return actor is SYSTEM
