"""Which public pages may be kept by caches, and for how long."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# A call closes to the second in the action, whatever a page still says for a minute.
SECONDS = 60


def for_everybody(view: View[P]) -> View[P]:
    """
    Let caches keep the page for a minute where the reader sent no cookie at all.

    With a cookie it may be somebody's own (her name, a message): then only her browser
    keeps it, and asks each time. An unchanged page is answered with 304.
    """

    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if request.COOKIES:
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, public=True, max_age=SECONDS)
        return response

    return conditional_page(answer)
