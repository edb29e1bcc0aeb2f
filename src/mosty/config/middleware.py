"""What holds for every request and answer, whoever asks for what."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

Next = Callable[[HttpRequest], HttpResponse]


class WholeAddress:
    """Refuses an address with a NUL, which no text of the database can hold."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """
        Answer the request.

        :raises BadRequest: if there is a NUL in it; the answer is status 400.
        """
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address holds a NUL.")
        return self.get_response(request)


class PrivateUnlessSaid:
    """
    Keeps every page that does not say otherwise to the reader's own browser.

    Which asks each time, so that nothing old is shown; but it may keep the page, so
    that what was typed into a form is still there when she goes back.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response
