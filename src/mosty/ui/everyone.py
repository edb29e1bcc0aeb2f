"""
Pages for everyone: public pages in five languages on a site that speaks two.

Such a page has an address of its own that begins with its language, a view decorated with
:func:`for_everyone`, a template that extends ``ui/everyone.html``, and its sentences in
modules and folders called ``everyone``: only these are collected into the catalogues of
the other three languages. ADR 27 and docs/explanation/ui.md say more.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import register_converter, reverse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from mosty.kernel.languages import EVERYONE

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


class _Language:
    """The language with which the address of a page for everyone begins."""

    regex = "|".join(EVERYONE)

    def to_python(self, value: str) -> str:
        """Return the language's code."""
        return value

    def to_url(self, value: str) -> str:
        """Return the language's code."""
        return value


# In an address: path("<everyone:language>/points/…", …).
register_converter(_Language, "everyone")


def for_everyone(view: View[P]) -> Callable[..., HttpResponse]:
    """Return ``view``, answering in the language with which its address begins."""

    @wraps(view)
    def answer(
        request: HttpRequest, language: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = view(request, *args, **kwargs)
        # LocaleMiddleware would name the language of the visitor's own choice.
        response["Content-Language"] = language
        return response

    return answer


def language_of(request: HttpRequest) -> str:
    """Return the language of a page for everyone, empty on other pages."""
    match = request.resolver_match
    if match is None or not match.route.startswith("<everyone:language>/"):
        return ""
    return str(match.kwargs["language"])


def address_in(request: HttpRequest, language: str) -> str:
    """Return the address of the same page for everyone in ``language``."""
    match = request.resolver_match
    assert match is not None  # noqa: S101 - the page was found
    kwargs = {**match.kwargs, "language": language}
    query = request.META.get("QUERY_STRING", "")
    return reverse(match.view_name, kwargs=kwargs) + (f"?{query}" if query else "")


def best_for(request: HttpRequest) -> str:
    """
    Return which of the languages the visitor's browser asks for first.

    For addresses without a language, such as those of QR codes; none is the site's own.
    """
    for asked, _weight in parse_accept_lang_header(
        request.headers.get("Accept-Language", "")
    ):
        code = asked.split("-")[0]
        if code in EVERYONE:
            return code
    return str(settings.LANGUAGE_CODE)


def of_the_site() -> str:
    """Return the language in which the rest of the site answers this reader."""
    language = translation.get_language() or ""
    spoken = {code for code, _name in settings.LANGUAGES}
    return language if language in spoken else str(settings.LANGUAGE_CODE)
