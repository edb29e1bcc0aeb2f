"""Pairs of nominations that may be one person: shown side by side, and decided."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.nominations import policies
from mosty.nominations.actions import duplicates as actions
from mosty.nominations.forms.nominations import DecisionForm, blame, renew
from mosty.nominations.models import Call, PossibleDuplicate
from mosty.nominations.queries import nominations_duplicates as queries
from mosty.nominations.views.nominations_doors import call_for


def _gathered(user: User, slug: str) -> Call:
    """Return the call for whoever gathers it; a 404 for everybody else."""
    call = call_for(user, slug)
    if not policies.can_gather(user, call):
        raise Http404
    return call


@require_safe
@login_required
def duplicates(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the pairs to be decided side by side, and those that have been."""
    call = _gathered(request.user, slug)
    context = {
        "call": call,
        "pairs": queries.open_of(call),
        "decided": queries.decided_of(call),
    }
    return render(request, "nominations/nominations/duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def duplicate(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Show one pair, and take the decision."""
    call = _gathered(request.user, slug)
    pair = get_object_or_404(queries.of_call(call), pk=pk)
    decided = pair.decision != PossibleDuplicate.Decision.OPEN
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        initial={
            "instead_of": pair.decision,
            "decision": pair.decision if decided else None,
            "reason": pair.reason,
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.decide(
                pair=pair,
                decision=PossibleDuplicate.Decision(form.cleaned_data["decision"]),
                instead_of=PossibleDuplicate.Decision(form.cleaned_data["instead_of"]),
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except actions.CannotDecide as refusal:
            blame(form, refusal)
            renew(form, "instead_of", queries.of_call(call).get(pk=pk).decision)
        else:
            messages.success(request, _("The decision is noted."))
            return redirect("nominations:duplicates", call.slug)
    context = {"call": call, "compared": queries.compare(pair, call), "form": form}
    return render(request, "nominations/nominations/duplicate.html", context)
