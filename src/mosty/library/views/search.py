"""The search: a page for everybody, the same with and without script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mosty.library import policies
from mosty.library.queries.search.results import results


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """
    Show what answers the question in the address.

    With htmx the page is the same; it takes out of it what changed.
    """
    context = {
        "page": results(request.user, request.GET),
        "can_edit_words": policies.can_edit_words(request.user),
    }
    return render(request, "library/search/index.html", context)
