"""The context processor behind the base template; each part is worked out once, if shown."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import get_language_info, override

from mosty.kernel.languages import EVERYONE
from mosty.ui import everyone
from mosty.ui.nav import Account, NavItem, supplied


@dataclass(frozen=True, slots=True)
class Language:
    """The same page in another language, whose name is written in that language."""

    code: str
    name: str
    url: str


class Site:
    """What surrounds every page: menus, languages, who is signed in."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def demo(self) -> bool:
        """Return whether every page says that its people are fictional."""
        return bool(getattr(settings, "DEMO", False))

    @property
    def is_behind_link(self) -> bool:
        """
        Test if somebody without an account is on a page that her own link opens.

        She has come to do one thing: neither menu nor sign-in stands above it, and her
        token does not go into the address of the sign-in page.
        """
        match = self.request.resolver_match
        return self.account is None and match is not None and "link/" in match.route

    @cached_property
    def nav(self) -> list[NavItem]:
        if self.is_behind_link:
            return []
        return supplied("UI_NAV", self.request) or []

    @cached_property
    def footer(self) -> list[NavItem]:
        # In a language that the site speaks, also below a page for everyone.
        with override(self.language):
            return supplied("UI_FOOTER", self.request) or []

    @property
    def language(self) -> str:
        """Return the language in which the rest of the site answers."""
        return everyone.of_the_site()

    @cached_property
    def account(self) -> Account | None:
        """Return who is signed in, or None; the supplier may know her better."""
        user = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return None
        return supplied("UI_ACCOUNT", self.request) or Account(name=str(user))

    @cached_property
    def languages(self) -> list[Language]:
        """Return the other languages in which this page exists."""
        if of_page := everyone.language_of(self.request):
            return [
                Language(code, _own_name(code), everyone.address_in(self.request, code))
                for code in EVERYONE
                if code != of_page
            ]
        path = self.request.get_full_path()
        found = []
        for code, _name in settings.LANGUAGES:
            if path.startswith(f"/{code}/"):
                continue
            url = _in_language(path, code)
            if url != path:
                found.append(Language(code, _own_name(code), url))
        return found

    @cached_property
    def home_url(self) -> str:
        with override(self.language):
            return _url("public:home") or "/"

    @cached_property
    def sign_in_url(self) -> str:
        """Return the address of the sign-in page, which leads back here."""
        if self.is_behind_link:
            return ""
        url = _url(settings.LOGIN_URL)
        path = self.request.get_full_path()
        if not url or self.request.path in {url, self.home_url}:
            return url
        return f"{url}?{urlencode({'next': path})}"

    @property
    def sign_out_url(self) -> str:
        return _url("account_logout")


def _own_name(code: str) -> str:
    """Return a language's name as those who speak it write it."""
    return str(get_language_info(code)["name_local"]).capitalize()


def _url(name: str) -> str:
    """Return the address of the page ``name``, empty where there is none."""
    try:
        return resolve_url(name)
    except NoReverseMatch:
        return ""


def _in_language(path: str, code: str) -> str:
    """Return ``path`` in the language ``code``, also where it leads to no page."""
    # No address has words of a language in it, so only its beginning differs.
    prefixes = {f"/{known}/" for known, _name in settings.LANGUAGES}
    for prefix in prefixes:
        if path.startswith(prefix):
            return f"/{code}/" + path.removeprefix(prefix)
    return path


def site(request: HttpRequest) -> dict[str, Site]:
    """Add ``site`` to every template; the base template reads it."""
    return {"site": Site(request)}
