"""
How materials are handed out: the one function that does it.

Not by :mod:`mosty.audit.downloads`, which is for people's data: a material holds
nobody's data, and who has opened which is noted nowhere, neither in the ledger nor as a
count. What others have uploaded is never shown inside a page of ours: always saved,
never guessed at (Django's own middleware says nosniff; a test looks), never run.
"""

from collections.abc import Iterator

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from mosty.programmes.models import Course
from mosty.training import materials_zip
from mosty.training.models import MaterialVersion


def one(version: MaterialVersion) -> HttpResponseBase:
    """
    Return the file of ``version``.

    :raises FileNotFoundError: if it is not on the disk any more.
    """
    return stored(version.file, version.name, version.content_type)


def stored(file: FieldFile, name: str, content_type: str) -> HttpResponseBase:
    """
    Return what somebody uploaded, under the name it is handed out by.

    :raises FileNotFoundError: if it is not on the disk any more.
    """
    opened = file.storage.open(str(file.name))
    return _saved(FileResponse(opened), name, content_type)


def all_of(course: Course, versions: list[MaterialVersion]) -> HttpResponseBase:
    """Return the files of ``versions`` in one ZIP, written while it is sent."""
    pieces: Iterator[bytes] = materials_zip.stream(course, versions)
    name = f"{course.slug}-materials.zip"
    return _saved(StreamingHttpResponse(pieces), name, "application/zip")


def _saved(
    response: HttpResponseBase, name: str, content_type: str
) -> HttpResponseBase:
    response["Content-Type"] = content_type
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
