"""Cities side by side, for everybody; and the lead's consent to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_POST, require_safe

from mosty.accounts.http import MemberRequest
from mosty.infopoint.actions import consents
from mosty.infopoint.queries import comparing as queries
from mosty.infopoint.views.doors import led_point
from mosty.ui.everyone import for_everyone


@require_safe
@conditional_page
@for_everyone
def compared(request: HttpRequest, year: int) -> HttpResponse:
    """
    Show the cities that agreed to it, side by side.

    Not kept by caches: whoever withdraws is gone at once.
    """
    page = queries.page(year, get_language() or "pl")
    if len(page.cities) < queries.LEAST:
        raise Http404
    return render(request, "infopoint/everyone/compared.html", {"page": page})


@require_POST
@login_required
def join(request: MemberRequest, slug: str) -> HttpResponse:
    """Let the point be compared."""
    point = led_point(request.user, slug)
    consents.give(point=point, actor=request.user, now=timezone.now())
    messages.success(
        request, _("The published numbers stand beside those of other cities now.")
    )
    return redirect("infopoint:releases", point.slug)


@require_POST
@login_required
def leave(request: MemberRequest, slug: str) -> HttpResponse:
    """Take the point out of comparisons."""
    point = led_point(request.user, slug)
    consents.withdraw(point=point, actor=request.user, now=timezone.now())
    messages.success(request, _("The numbers are not compared any more."))
    return redirect("infopoint:releases", point.slug)
