"""The page of a participant behind her link: GET shows, POST acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mosty.outbox.http import link_gone
from mosty.outbox.models import Link
from mosty.outbox.queries import LinkGone, link_for
from mosty.training import people
from mosty.training.actions import calendars
from mosty.training.queries import my_course as queries


# Browsers send no origin from pages that give no referrer, and Django would refuse the
# form. Who holds the token may act; no cookie of ours is asked.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def my_course(request: HttpRequest, token: str) -> HttpResponse:
    """
    Show the course to one of its participants; make the address of her calendar.

    :raises PermissionDenied: if she asks for one after giving her seat back.
    """
    now = timezone.now()
    try:
        link = link_for(token, Link.Purpose.TAKE_PART, now)
    except LinkGone as gone:
        return link_gone(request, gone)
    offer = get_object_or_404(queries.offers(link))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act in {"calendar", "replace-calendar"}:
        calendars.give_to_participant(
            offer=offer, actor=link, now=now, replace=act == "replace-calendar"
        )
        return _private(redirect(request.path))
    context = {"page": queries.my_course(offer, token, now)}
    response = render(request, "training/my_course.html", context)
    # So that this phone checks her in without a code.
    people.remember(response, link, now)
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the page out of caches, and its address, which holds a token, to itself."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
