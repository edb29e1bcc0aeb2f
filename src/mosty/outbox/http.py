"""
The door of every page behind a link: the live link, or a page that says why not.

GET shows and changes nothing, since programs that check mail follow links. What may be
done is in the address alone, never in a cookie: so nobody can make a visitor's browser
act here without knowing the address, and no cookie is needed against that.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from mosty.outbox.models import Link
from mosty.outbox.queries import EXPIRED, LinkGone, link_for

View = Callable[..., HttpResponseBase]


def behind_link(
    purpose: Link.Purpose, *, over: object = EXPIRED
) -> Callable[[View], View]:
    """
    Give a view the live link of this purpose where its address has ``token``.

    A link that opens nothing, and a view that raises :class:`LinkGone`, is answered by
    the page that says why, in the words of ``over`` where its time has passed. No answer
    is kept, indexed, or named to other sites.
    """

    def behind(view: View) -> View:
        @wraps(view)
        def answered(
            request: HttpRequest, token: str, *args: Any, **kwargs: Any
        ) -> HttpResponseBase:
            try:
                link = link_for(token, purpose, timezone.now(), over=over)
                response = view(request, link, *args, **kwargs)
            except LinkGone as gone:
                response = render(
                    request,
                    "outbox/link_gone.html",
                    {"refusal": gone},
                    status=gone.status,
                )
            # The address holds a token: it must not travel on, nor be kept.
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex, nofollow"
            if "Cache-Control" not in response:
                response["Cache-Control"] = "no-store"
            return response

        # Browsers send no origin from pages that give no referrer, and Django would
        # refuse the form. Who holds the token may act; no cookie of ours is asked.
        return csrf_exempt(answered)

    return behind
