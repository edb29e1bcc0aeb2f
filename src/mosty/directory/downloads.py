"""How a filtered list leaves as a file: CSV or XLSX, exactly what the page shows."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify

from mosty.kernel.names import fold
from mosty.kernel.sheets.write import Value, csv_bytes, xlsx_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked_for(request: HttpRequest) -> str:
    """Return "csv" or "xlsx" if the list is asked for as a file, else nothing."""
    asked = request.GET.get("export", "")
    return asked if asked in {"csv", "xlsx"} else ""


def as_file(
    request: HttpRequest,
    title: str,
    header: Sequence[object],
    rows: Iterable[Sequence[Value]],
) -> HttpResponse:
    """Return ``rows`` as the kind of file that ``request`` asks for."""
    names = [str(name) for name in header]
    if asked_for(request) == "xlsx":
        kind, content = "xlsx", xlsx_bytes(names, rows, title=title)
        response = HttpResponse(content, content_type=XLSX)
    else:
        kind, content = "csv", csv_bytes(names, rows)
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"{slugify(fold(title)) or 'list'}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "no-store"
    return response
