"""Maps that other cities share: read, never written on."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.partnerships import pictures, policies
from mosty.partnerships.models import StakeholderMap
from mosty.partnerships.queries import sharing as queries
from mosty.ui import charts


def _map(user: User, pk: int) -> StakeholderMap:
    rows = policies.maps_shared_with(user).select_related("city")
    return get_object_or_404(rows, pk=pk)


@require_safe
@login_required
def show(request: MemberRequest, pk: int) -> HttpResponse:
    """Show another city's map, without what that city thinks of anybody."""
    page = queries.shared_page(_map(request.user, pk))
    return render(request, "partnerships/shared.html", {"page": page})


@require_safe
@login_required
def network(request: MemberRequest, pk: int) -> HttpResponse:
    """Draw another city's network, every tie alike."""
    found = _map(request.user, pk)
    title = _("Network: %(map)s") % {"map": found.title}
    drawn = pictures.network_of(
        queries.newest(found), title, charts.theme_asked(request)
    )
    return charts.image_response(request, drawn, max_age=0)
