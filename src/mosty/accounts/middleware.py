"""
What allauth's pages need to be pages of ours.

Staff who have no second factor yet are asked to set one up before anything else.
"""

from collections.abc import Callable, Sequence
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from mosty.accounts.models import STAFF_ROLES, User

# How long whoever signs in with too many wrong passwords or codes waits, in seconds.
WAIT = 300
# Signing in and out, and everything needed to set the second factor up.
OPEN = ("account_", "mfa_", "usersessions_")
OPEN_NAMES = frozenset({"health"})


class SecondFactorMiddleware:
    """Redirects such a user to the page where an authenticator or passkey is added."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _args: Sequence[Any],
        _kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """Send a user who must add a second factor to its page, whatever she asked for."""
        if not settings.REQUIRE_SECOND_FACTOR or _is_open(request):
            return None
        user = request.user
        if (
            isinstance(user, User)
            and user.has_role(*STAFF_ROLES)
            and not _has_second_factor(user)
        ):
            return redirect("mfa_index")
        return None

    def process_template_response(
        self, _request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """
        Leave the name ``site`` to the base template: allauth's views take it, too.

        A form that they refuse since there were too many tries says so to programs, too.
        """
        context = response.context_data or {}
        context.pop("site", None)
        form = context.get("form")
        if isinstance(form, BaseForm) and form.is_bound and _is_too_often(form):
            response.status_code = 429
            response["Retry-After"] = str(WAIT)
        return response


def _is_too_often(form: BaseForm) -> bool:
    found = form.errors.as_data().values()
    return any(
        error.code == "too_many_login_attempts" for errors in found for error in errors
    )


def _has_second_factor(user: User) -> bool:
    known = user.has_second_factor
    return is_mfa_enabled(user) if known is None else known


def _is_open(request: HttpRequest) -> bool:
    """Test if the page is one of sign-in's own, by its name and not by its address."""
    match = request.resolver_match
    name = match.url_name if match and not match.namespaces else None
    return name is not None and (name.startswith(OPEN) or name in OPEN_NAMES)
