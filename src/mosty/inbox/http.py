"""
How a view takes a form that a device may send later, and twice.

The device names the form by a key of its own and says how long ago it was filled in;
``ui/static/ui/queue.js`` reads the answers made here. See docs/explanation/offline.md.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse

from mosty.ui.queueing import owner_of

# Sent with a form from the queue: whose it is.
HEADER = "X-Queue"
View = Callable[..., HttpResponse]
Link = tuple[str, str]


def is_queued(request: HttpRequest) -> bool:
    """Test if the form comes from a device's queue, which reads JSON."""
    return HEADER in request.headers


def key_of(request: HttpRequest) -> UUID:
    """Return the form's own key; a form without one is a form of its own."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def noted_at(request: HttpRequest, now: datetime) -> datetime:
    """
    Return when the form was filled in: never after ``now``.

    The device says by its own clock when that was and when it sends; only what lies
    between counts, so that a clock that is wrong does no harm.
    """
    try:
        noted, sent = (int(request.POST.get(name, "")) for name in ("noted", "sent"))
        return now - timedelta(milliseconds=max(0, sent - noted))
    except (ValueError, OverflowError):
        return now


def hers_only(view: View) -> View:
    """
    Refuse what waits on the device for another: to be put outside of sign-in's check.

    The answer is 401, at which the device keeps the form and asks her to sign in.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_queued(request) and request.headers[HEADER] != owner_of(request):
            return JsonResponse({"state": "signin"}, status=401)
        return view(request, *args, **kwargs)

    return checked


def taken(text: object, *, url: str = "", **data: object) -> JsonResponse:
    """Answer that the form was taken; ``url`` leads on, ``data`` is for the page."""
    return JsonResponse({"state": "taken", "text": str(text), "url": url, **data})


def conflict(text: object, links: Iterable[Link] = (), **data: object) -> JsonResponse:
    """Answer that somebody was quicker: what both said, and where to settle it."""
    return _not_taken("conflict", 409, text, links, data)


def refused(text: object, links: Iterable[Link] = (), **data: object) -> JsonResponse:
    """Answer why the form cannot be taken, and where to go on."""
    return _not_taken("refused", 422, text, links, data)


def _not_taken(
    state: str,
    status: int,
    text: object,
    links: Iterable[Link],
    data: dict[str, object],
) -> JsonResponse:
    named = [{"url": url, "label": str(label)} for url, label in links]
    answer = {"state": state, "text": str(text), "links": named, **data}
    return JsonResponse(answer, status=status)
