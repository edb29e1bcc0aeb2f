"""How a session becomes a user: with her roles, and whether she has a second factor."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef
from django.utils import timezone

from mosty.accounts.models import Grant, User


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's own; every page asks it who is there, so it asks one question for three."""

    def get_user(self, user_id: int) -> User | None:
        """Return the user if she may sign in, with what she holds today."""
        factors = Authenticator.objects.filter(user=OuterRef("user"))
        grants = (
            Grant.objects.filter(user=user_id)
            .select_related("user", "organisation")
            .annotate(second_factor=Exists(factors))
            .order_by("pk")
        )
        rows = list(grants)
        if not rows:
            # She never held a role.
            found = super().get_user(user_id)
            return found if isinstance(found, User) else None
        user: User = rows[0].user
        today = timezone.localdate()
        user.held = tuple(grant for grant in rows if grant.holds_on(today))
        user.has_second_factor = rows[0].second_factor
        return user if self.user_can_authenticate(user) else None
