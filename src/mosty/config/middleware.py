"""What holds for every request and answer, whoever asks for what."""

import errno
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from psycopg.errors import DiskFull

from mosty.ui.pages import is_huge, says_itself

_log = logging.getLogger(__name__)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})

Next = Callable[[HttpRequest], HttpResponse]


class WithoutTooMuch:
    """
    Refuses a form that is too large to be read, before anything reads it.

    To all others it is empty: else the page that says that an address is unknown, say,
    would fail over the token against forged forms, which it looks for.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if is_huge(request):
            request.POST = QueryDict()
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: Sequence[Any],
        _kwargs: dict[str, Any],
    ) -> None:
        """
        Refuse it, unless its view says itself what is too large.

        :raises RequestDataTooBig: see :func:`.uploads.not_read`.
        """
        if is_huge(request) and not says_itself(view):
            raise RequestDataTooBig("A form is too large.")


class WithoutNul:
    """Refuses an address or a form with a NUL, which no text of the database can hold."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """
        Answer the request.

        :raises BadRequest: if there is a NUL in its address; the answer is status 400.
        """
        # Read as the views read it: a character set may write a NUL in its own way.
        if "\0" in request.path or _holds_nul(request.GET):
            raise BadRequest("The address holds a NUL.")
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _args: Sequence[Any],
        _kwargs: dict[str, Any],
    ) -> None:
        """
        Look at what a form sent; only here, so that an unknown address reads nothing.

        :raises BadRequest: if there is a NUL in it; the answer is status 400.
        """
        if request.method == "POST" and _holds_nul(request.POST):
            raise BadRequest("The form holds a NUL.")


def _holds_nul(sent: QueryDict) -> bool:
    return any("\0" in text for name, texts in sent.lists() for text in (name, *texts))


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


class SaysWhenAgain:
    """Tells programs for how long whoever asked too often waits: most limits are a minute's."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self.get_response(request)
        if response.status_code == 429 and not response.has_header("Retry-After"):
            response["Retry-After"] = "60"
        return response


class SaysWhenFull:
    """Says so where a disk is full, ours or the database's: what failed wrote nothing."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(
        self, _request: HttpRequest, fault: Exception
    ) -> HttpResponse | None:
        """Answer in words where there is no room; leave every other fault as it is."""
        if not any(_is_no_room(one) for one in _causes(fault)):
            return None
        _log.error("There is no room left on the disk.")
        # Without the request: what the page shows beside it asks the database.
        return HttpResponse(render_to_string("507.html"), status=507)


def _causes(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def _is_no_room(fault: BaseException) -> bool:
    return isinstance(fault, DiskFull) or (
        isinstance(fault, OSError) and fault.errno in _NO_ROOM
    )
