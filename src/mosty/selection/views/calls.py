"""The list of calls, one call's selection, the draw and trials."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.nominations.models import Call
from mosty.nominations.rules.words import priority_words
from mosty.selection import policies
from mosty.selection.actions import calculations, runs
from mosty.selection.forms import TrialForm, blame, moved
from mosty.selection.queries import desk, records
from mosty.selection.views.doors import followed_call, run_call, watched

# Of a key that the database can have.
MOST_DIGITS = 18


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponse:
    """List the calls with the state of their selection, and what waits for a signature."""
    require(policies.can_see_selection(request.user))
    context = {"desk": desk.desk(request.user, request.GET, timezone.now())}
    return render(request, "selection/index.html", context)


@require_safe
@login_required
def call(request: MemberRequest, slug: str) -> HttpResponse:
    """Show what stands in the way of a draw, and everything that was run."""
    found = followed_call(request.user, slug)
    context = {"page": desk.call_page(found, request.user, timezone.now())}
    return render(request, "selection/call.html", context)


@require_POST
@login_required
def draw(request: MemberRequest, slug: str) -> HttpResponse:
    """Let the worker draw, and show how far it is."""
    found = run_call(request.user, slug)
    try:
        asked = calculations.ask_draw(
            call=found, actor=request.user, now=timezone.now()
        )
    except runs.CannotRun as refusal:
        messages.error(request, str(refusal))
        return redirect("selection:call", slug)
    return redirect("selection:calculation", asked.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def attempt(request: MemberRequest, slug: str) -> HttpResponse:
    """
    Try other rules; moving a priority only shows the form again.

    ``?again=7`` fills in what an earlier trial tried.
    """
    found = run_call(request.user, slug)
    rules = found.rules
    form = TrialForm(
        request.POST or None, rules=rules, tried=_tried_before(request, found)
    )
    if move := request.POST.get("move", ""):
        data = request.POST.copy()
        data["order"] = moved(form.order_now(), move)
        form = TrialForm(data, rules=rules)
    elif request.method == "POST" and form.is_valid():
        try:
            asked = calculations.ask_what_if(
                call=found,
                rules=form.tried(),
                actor=request.user,
                now=timezone.now(),
            )
        except runs.CannotRun as refusal:
            blame(form, refusal)
        else:
            return redirect("selection:calculation", asked.pk)
    priorities = [
        priority_words(rules.priorities[place], rules).rstrip(".")
        for place in form.order_now()
    ]
    context = {"call": found, "form": form, "priorities": priorities}
    return render(request, "selection/try.html", context)


def _tried_before(request: MemberRequest, found: Call) -> Mapping[str, Any] | None:
    """Return the rules of the calculation that the address names, if it is of this call."""
    again = request.GET.get("again", "")
    if not again.isdecimal() or len(again) > MOST_DIGITS:
        return None
    earlier = watched(request.user, int(again))
    return earlier.rules if earlier.call_id == found.pk else None


@require_safe
def explained(request: MemberRequest) -> HttpResponse:
    """Show the draw in a few lines that anybody can run; open to everybody."""
    context = {"lines": records.draw_in_lines()}
    return render(request, "selection/draw_explained.html", context)
