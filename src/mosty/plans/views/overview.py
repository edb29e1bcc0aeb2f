"""The coordinator's view of all actions."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.kernel.access import require
from mosty.plans import policies
from mosty.plans.models import Action
from mosty.plans.queries import overview as queries
from mosty.ui import listing


@require_safe
@login_required
def overview(request: MemberRequest) -> HttpResponse:
    """Show how all actions stand, and list those asked for."""
    require(policies.can_follow(request.user))
    today = timezone.localdate()
    form = queries.ActionFilter(request.GET, lists=queries.lists(request.user))
    if downloads.asked_for(request):
        rows = listing.ordered(
            queries.listed(queries.filtered(request.user, form, today)),
            queries.SORTS,
            listing.chosen_sort(request.GET, queries.SORTS, "until"),
        )
        return downloads.as_file(
            request,
            _("Actions of cities"),
            queries.header(),
            queries.lines(rows, today),
            what="actions",
            of=Action,
        )
    context = {
        "form": form,
        "page": queries.overview(request.user, request.GET, form, today),
        "missed_after": queries.missed_after(),
    }
    return render(request, "plans/overview.html", context)
