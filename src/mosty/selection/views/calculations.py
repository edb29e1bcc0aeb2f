"""What the worker is making: how far it is, and its button to cancel."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from mosty.accounts.http import MemberRequest
from mosty.kernel.refusal import Refusal
from mosty.selection.actions import calculations as acts
from mosty.selection.actions import trials
from mosty.selection.queries.calculations import calculation_page
from mosty.selection.views.doors import watched


@require_safe
@login_required
@vary_on_headers("HX-Request")
def calculation(request: MemberRequest, pk: int) -> HttpResponse:
    """
    Show how far it is, and lead to what came of it once there is something.

    The page asks for its changing part every second; where nothing has changed the
    answer is empty, so that nothing is read out again.
    """
    found = watched(request.user, pk)
    page = calculation_page(found, timezone.now())
    if request.htmx:
        if not found.is_live:
            return HttpResponseClientRedirect(resolve_url("selection:calculation", pk))
        seen = request.GET.get("seen", "")
        if seen == page.mark:
            return HttpResponse(status=204)
        context = {"page": page, "is_new": not page.says_what(seen)}
        return render(request, "selection/calculation_progress.html", context)
    if found.run_id is not None:
        return redirect("selection:run", found.run_id)
    if found.answer is not None and found.about_id is not None:
        return redirect("selection:verify", found.about_id)
    if found.state == found.State.DONE:
        return redirect("selection:numbers", found.call.slug)
    return render(request, "selection/calculation.html", {"page": page})


@require_POST
@login_required
def try_mended(request: MemberRequest, pk: int) -> HttpResponse:
    """Try the rules of a trial made in vain again, with the least change that helps."""
    found = watched(request.user, pk)
    try:
        asked = trials.try_mended(
            calculation=found, actor=request.user, now=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("selection:calculation", pk)
    return redirect("selection:calculation", asked.pk)


@require_POST
@login_required
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    """Cancel it; its page says how that went."""
    found = watched(request.user, pk)
    acts.cancel(calculation=found, actor=request.user, now=timezone.now())
    return redirect("selection:calculation", pk)
