"""Staff who have no second factor yet are asked to set one up before anything else."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mosty.accounts.models import STAFF_ROLES, User


class SecondFactorMiddleware:
    """Redirects such a user to the page where an authenticator or passkey is added."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, or send its user to the second factor's page."""
        if self._must_add_one(request):
            return redirect("mfa_index")
        return self.get_response(request)

    def _must_add_one(self, request: HttpRequest) -> bool:
        """Test if this user is staff without a second factor, away from sign-in's pages."""
        if not settings.REQUIRE_SECOND_FACTOR or "/account" in request.path:
            return False
        user = request.user
        return (
            isinstance(user, User)
            and user.has_role(*STAFF_ROLES)
            and not is_mfa_enabled(user)
        )
