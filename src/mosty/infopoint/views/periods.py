"""Closing months and years, and the tray of what came late."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mosty.accounts.http import MemberRequest
from mosty.infopoint.actions import periods as actions
from mosty.infopoint.actions import reading
from mosty.infopoint.forms.records import PeriodForm
from mosty.infopoint.queries import periods as queries
from mosty.infopoint.queries import records
from mosty.infopoint.views.doors import led_point
from mosty.kernel.refusal import Refusal


@require_safe
@login_required
def index(request: MemberRequest, slug: str) -> HttpResponse:
    """Show what is closed, what can be, and what waits in the tray."""
    point = led_point(request.user, slug)
    now = timezone.now()
    late = records.late(point, request.user)
    reading.note(
        point=point, days=[row.day for row in late], actor=request.user, now=now
    )
    context = {"point": point, "rows": queries.rows(point, now), "late": late}
    return render(request, "infopoint/periods.html", context)


@require_POST
@login_required
def close(request: MemberRequest, slug: str) -> HttpResponse:
    """Close a month or a year."""
    point = led_point(request.user, slug)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        actions.close(
            point=point,
            year=form.cleaned_data["year"],
            month=form.cleaned_data.get("month"),
            actor=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("Closed. What comes later waits for you in the tray.")
        )
    return redirect("infopoint:periods", point.slug)
