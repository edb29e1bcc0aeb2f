"""
How data leaves as a file: noted in the ledger, then handed out.

Nothing else hands out files with people's data; a test looks.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from mosty.audit import actions
from mosty.audit.actors import Actor
from mosty.kernel.names import fold
from mosty.kernel.sheets.write import Value, csv_bytes, xlsx_bytes

TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
    "xlf": "application/xliff+xml",
    "jwt": "application/vc+jwt",
    "png": "image/png",
    "zip": "application/zip",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}


def asked_for(request: HttpRequest) -> str:
    """Return "csv" or "xlsx" if the list is asked for as a file, else nothing."""
    asked = request.GET.get("export", "")
    return asked if asked in {"csv", "xlsx"} else ""


def as_file(
    request: HttpRequest,
    title: str,
    header: Sequence[object],
    rows: Iterable[Sequence[Value]],
    *,
    what: str,
    of: models.Model | type[models.Model],
    scope: str = "",
    form: str = "",
    name: str = "",
    reason: str = "",
    filters: Mapping[str, object] | None = None,
) -> HttpResponse:
    """
    Return ``rows`` as the kind of file that ``request`` asks for, or as ``form``.

    ``what`` and ``of`` are as in :func:`handed_out`; the file is called ``name``, or
    after its ``title``.
    """
    form = form or asked_for(request)
    names = [str(column) for column in header]
    lines = list(rows)
    content = (
        xlsx_bytes(names, lines, title=title)
        if form == "xlsx"
        else csv_bytes(names, lines)
    )
    return handed_out(
        request,
        content,
        f"{name or slugify(fold(title)) or 'list'}.{form}",
        what=what,
        of=of,
        rows=len(lines),
        scope=scope,
        reason=reason,
        filters=filters,
    )


def handed_out(
    request: HttpRequest,
    content: bytes | str,
    name: str,
    *,
    what: str,
    of: models.Model | type[models.Model],
    rows: int,
    scope: str = "",
    form: str = "",
    reason: str = "",
    filters: Mapping[str, object] | None = None,
) -> HttpResponse:
    """
    Return a file that is saved, not shown, and stays in no cache; the ledger says so.

    ``what`` begins the ledger's verb ("people" makes "people.exported"), ``of`` is the
    row it belongs to, or the model whose rows are listed. Who may have it is the
    caller's policy. Asking for the headers alone hands out nothing.
    """
    ending = name.rpartition(".")[2]
    if request.method in {"GET", "POST"}:
        actions.record_export(
            what=what,
            of=of,
            form=form or ending,
            rows=rows,
            filters=filters,
            # Somebody who is signed in: each caller's view asks for that.
            actor=cast("Actor", request.user),
            at=timezone.now(),
            scope=scope,
            reason=reason,
        )
    return _saved(content, name)


def to_its_person(content: bytes | str, name: str) -> HttpResponse:
    """
    Return a file to the one person whom alone it is about, by her own link.

    The ledger says nothing of it: how often she looks at what is hers is her own.
    """
    return _saved(content, name)


def to_its_reader(content: bytes | str, name: str) -> HttpResponse:
    """
    Return as a file what the reader sees on the page that it belongs to.

    It says nothing of anybody that the page does not say, so the ledger says nothing.
    """
    return _saved(content, name)


def _saved(content: bytes | str, name: str) -> HttpResponse:
    ending = name.rpartition(".")[2]
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "private, no-store"
    return response
