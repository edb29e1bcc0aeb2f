"""Cards that other sites may show in a frame: no script, no cookie, nobody's data."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def embeddable(view: View[P]) -> View[P]:
    """
    Let any site frame the page of ``view``, and caches keep it for an hour.

    It holds links that open outside the frame, no form and nothing of the reader: so
    there is nothing in it to be clicked by mistake.
    """

    @wraps(view)
    def answer(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "public, max-age=3600"
        # As the decorators of Django and of django-csp do it.
        response.xframe_options_exempt = True
        response._csp_replace = {"frame-ancestors": ["*"]}  # type: ignore[attr-defined]  # noqa: SLF001
        return response

    return answer
