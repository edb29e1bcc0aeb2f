"""The search: a page for everybody, the same with and without script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mosty.accounts.limits import within
from mosty.library import policies
from mosty.library.queries.search.results import results
from mosty.ui.pages import too_often

# Questions that one address may ask in a minute without signing in: each looks through
# everything, and a whole office, or a room full of people, may stand behind it.
MOST = 300


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """
    Show what answers the question in the address.

    With htmx the page is the same; it takes out of it what changed.
    """
    is_known = request.user.is_authenticated
    if (
        request.GET
        and not is_known
        and not within(request, "search", most=MOST, seconds=60)
    ):
        return too_often(request)
    context = {
        "page": results(request.user, request.GET),
        "can_edit_words": policies.can_edit_words(request.user),
    }
    return render(request, "library/search/index.html", context)
