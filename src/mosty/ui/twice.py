"""
A form that was sent twice, as by a double click, is taken once.

The token against forged forms is written anew into every page that is drawn. So the same
token with the same words, sent to the same address, is one page's form sent again: the
second waits until the first is answered, and is led where that one was led.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import blake2s
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from mosty.kernel.locks import alone
from mosty.ui.pages import is_huge

Next = Callable[[HttpRequest], HttpResponse]
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - a field's name
# Forms of devices have a key of their own (mosty.inbox), also where they are sent later.
_OWN_KEY = "key"
# In seconds: whoever goes back after that and sends the same again means it.
REMEMBERED_FOR = 60
# Stands for a link's token in what is remembered, since nobody keeps those.
_LINK = "\0"


@dataclass
class _Sent:
    """What a request sent, and what is held until it is answered."""

    held: ExitStack
    form: str = ""
    link: str = field(default="", repr=False)


class SentOnce:
    """Answers a form that was taken already as it was answered then."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        with ExitStack() as held:
            sent = _Sent(held)
            request.sent_once = sent  # type: ignore[attr-defined]  # this one's own
            response = self.get_response(request)
            if sent.form and _leads_on(request, response):
                where = response["Location"]
                if sent.link:
                    where = where.replace(sent.link, _LINK)
                cache.set(sent.form, where, REMEMBERED_FOR)
            return response

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _args: Sequence[Any],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        """
        Wait for whoever sends the same form, and lead where that one was led, if anywhere.

        Only here, after the token against forged forms was looked at.
        """
        if not _is_form(request):
            return None
        sent: _Sent = request.sent_once  # type: ignore[attr-defined]  # see above
        form = f"sent:{_digest(request)}"
        sent.held.enter_context(alone("ui.sent", form))
        link = str(kwargs.get("token", ""))
        where = cache.get(form)
        if where is not None:
            return HttpResponseRedirect(where.replace(_LINK, link))
        sent.form, sent.link = form, link
        return None


def _is_form(request: HttpRequest) -> bool:
    """Test if this is the form of a page, which has no key of its own."""
    return (
        request.method == "POST"
        and not is_huge(request)
        and "HX-Request" not in request.headers
        and _TOKEN in request.POST
        and not request.POST.get(_OWN_KEY)
    )


def _digest(request: HttpRequest) -> str:
    """Return what is the same for one form alone, sent by one browser to one address."""
    found = blake2s()
    who = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    words = [who, request.get_full_path(), sorted(request.POST.lists())]
    found.update(json.dumps(words).encode())
    for name, files in sorted(request.FILES.lists(), key=itemgetter(0)):
        for file in files:
            found.update(json.dumps([name, file.name, file.size]).encode())
            for part in file.chunks():
                found.update(part)
            file.seek(0)
    return found.hexdigest()


def _leads_on(request: HttpRequest, response: HttpResponse) -> bool:
    """
    Test if the answer leads to a page, and does nothing else.

    Who signs in or out, or is given a cookie, needs an answer of her own.
    """
    own = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    return (
        response.status_code == 302
        and not response.cookies
        and request.session.session_key == own
    )
