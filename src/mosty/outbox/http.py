"""How pages behind links answer when the link opens nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mosty.outbox.queries import LinkGone


def link_gone(request: HttpRequest, refusal: LinkGone) -> HttpResponse:
    """Return the page that says why the link does not work, and what to do."""
    response = render(
        request, "outbox/link_gone.html", {"refusal": refusal}, status=refusal.status
    )
    # The address holds a token: it must not travel on, nor be kept.
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
