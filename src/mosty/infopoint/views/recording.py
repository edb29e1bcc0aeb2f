"""The page on which a consultation is recorded in ten seconds, also without network."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.inbox import http as inbox
from mosty.infopoint import policies
from mosty.infopoint.actions import recording as actions
from mosty.infopoint.forms.recording import read, said
from mosty.infopoint.queries import recording as queries
from mosty.infopoint.views.doors import seen_point
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@inbox.hers_only
@login_required
def record(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the form, and take what is sent: from the page, or later from the device."""
    point = seen_point(request.user, slug)
    require(policies.can_record(request.user, point))
    now = timezone.now()
    filled = None
    errors: dict[str, str] = {}
    refused = ""
    if request.method == "POST":
        filled = read(request.POST)
        key = inbox.key_of(request)
        try:
            answer = actions.record(
                point=point,
                said=said(filled, point, now),
                key=key,
                actor=request.user,
                now=now,
            )
        except Refusal as refusal:
            if inbox.is_queued(request):
                return inbox.refused(refusal)
            errors = {name: str(text) for name, text in refusal.fields.items()}
            refused = str(refusal)
        else:
            text = (
                _("Saved as late: the period is closed, and the lead decides.")
                if answer["late"]
                else _("Saved.")
            )
            if inbox.is_queued(request):
                address = reverse("infopoint:consultation", args=[slug, key])
                return inbox.taken(text, late=answer["late"], record=address)
            messages.success(request, text)
            return redirect("infopoint:record", point.slug)
    page = queries.page(point, request.user, now, filled, errors)
    context = {
        "point": point,
        "page": page,
        "refused": refused,
        # Without a script, this key makes a form that is sent twice one record.
        "key": inbox.key_of(request),
    }
    return render(request, "infopoint/record.html", context)
