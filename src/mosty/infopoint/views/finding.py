"""The points that are open, for everybody who looks for one, in five languages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from mosty.infopoint.queries.open_points import open_points
from mosty.ui.everyone import for_everyone


@require_safe
@conditional_page
@for_everyone
def points(request: HttpRequest) -> HttpResponse:
    """List the points that are open today."""
    context = {"points": open_points(timezone.now())}
    return render(request, "infopoint/everyone/points.html", context)
