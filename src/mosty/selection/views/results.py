"""What came of a call, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mosty.selection import policies
from mosty.selection.queries.public_result import public_result


@require_safe
def result(request: HttpRequest, slug: str) -> HttpResponse:
    """Show how the seats of a call were given, without anybody's name."""
    found = get_object_or_404(
        policies.results_visible_to(request.user).select_related("course__programme"),
        slug=slug,
    )
    context = {"call": found, "result": public_result(found)}
    return render(request, "selection/result.html", context)
