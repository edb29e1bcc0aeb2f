"""How much of what somebody sends is looked at."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


class Bounded(FileUploadHandler):
    """
    Refuses a form with files that is larger than the largest file we take.

    Django bounds what it keeps in memory, but writes files of any size to the disk, on
    every address and for strangers too: the token against forged forms is in the form.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Mapping[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """
        Look at the length alone, before anything is read.

        :raises RequestDataTooBig: if it is too large; see :func:`not_read`.
        """
        if content_length > settings.UPLOAD_MOST:
            raise RequestDataTooBig("A form with files is too large.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Leave the data to the handlers that follow."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that follow."""


def not_read(_request: HttpRequest, exception: Exception) -> HttpResponse:
    """
    Answer whoever sent what was not read: 413 with the limit for too much, else 400.

    Without the request: what pages show beside it would read the form once more.
    """
    if not isinstance(exception, RequestDataTooBig):
        return HttpResponse(render_to_string("400.html"), status=400)
    most = {"megabytes": settings.UPLOAD_LIMIT // 1024**2}
    return HttpResponse(render_to_string("413.html", most), status=413)
