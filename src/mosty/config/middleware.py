"""What holds for every request and answer, whoever asks for what."""

import errno
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from psycopg.errors import DiskFull

_log = logging.getLogger(__name__)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})

Next = Callable[[HttpRequest], HttpResponse]


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
        if (
            request.method == "POST"
            and not _is_refused_unread(request)
            and _holds_nul(request.POST)
        ):
            raise BadRequest("The form holds a NUL.")


def _is_refused_unread(request: HttpRequest) -> bool:
    """Test if :mod:`.uploads` reads nothing of the form, and its view may say why."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return (
        request.content_type == "multipart/form-data"
        and length.isdecimal()
        and int(length) > settings.UPLOAD_MOST
    )


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
