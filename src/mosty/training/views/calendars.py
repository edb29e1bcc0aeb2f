"""Calendars behind secret addresses, and the page on which a trainer finds hers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    conditional_page,
    require_http_methods,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.outbox.http import behind_link
from mosty.outbox.models import Link
from mosty.programmes.calendar import answer
from mosty.training import policies
from mosty.training.actions import calendars as actions
from mosty.training.queries import calendars as queries


@require_safe
@conditional_page
@behind_link(Link.Purpose.CALENDAR)
def feed(request: HttpRequest, link: Link) -> HttpResponse:
    """Hand out the calendar behind a secret address; an unchanged one with 304."""
    response = answer(queries.behind(link), "mosty")
    response["Cache-Control"] = "private, no-cache"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def mine(request: MemberRequest) -> HttpResponse:
    """
    Show a trainer the address of her calendar; make it, or replace it.

    :raises PermissionDenied: if the reader is no trainer.
    """
    require(policies.has_own_calendar(request.user))
    now = timezone.now()
    if request.method == "POST":
        replace = request.POST.get("act") == "replace-calendar"
        actions.give_to_trainer(actor=request.user, now=now, replace=replace)
        messages.success(
            request,
            _("The old address no longer works.")
            if replace
            else _("The address is there."),
        )
        return redirect("training:my_calendar")
    address = queries.address_of_trainer(request.user, now)
    response = render(request, "training/my_calendar.html", {"calendar": address})
    response["Cache-Control"] = "no-store"
    return response
