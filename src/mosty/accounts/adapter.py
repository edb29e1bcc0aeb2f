"""How allauth is bent to us: nobody signs up; everybody is addressed in her language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.utils import translation

from mosty.accounts.models import User


class ClosedAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Closes public sign-up; writes and leads to pages in the user's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse everybody."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the first page after sign-in, in the user's own language."""
        language = request.user.language if isinstance(request.user, User) else "en"
        with translation.override(language):
            return str(resolve_url(settings.LOGIN_REDIRECT_URL))

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as it is: our templates name the site themselves."""
        return str(subject)

    def send_mail(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> None:
        """Send a message about signing in, in the language of whom it goes to."""
        user = User.objects.filter(email__iexact=email).only("language").first()
        language = user.language if user else translation.get_language()
        with translation.override(language):
            super().send_mail(template_prefix, email, context)
