"""The roster of a course: as a page, as a table to take away, as sheets to sign."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from mosty.accounts.http import MemberRequest
from mosty.directory.downloads import XLSX
from mosty.kernel.access import require
from mosty.kernel.sheets.write import csv_bytes, xlsx_bytes
from mosty.programmes.models import Course
from mosty.training import actions, policies, queries, sign_in


@require_safe
@login_required
def roster(request: MemberRequest, pk: int) -> HttpResponse:
    """Show who takes part."""
    course = get_object_or_404(queries.courses_for(request.user), pk=pk)
    page = queries.roster(course, request.user, request.GET)
    return render(request, "training/roster.html", {"page": page})


@require_GET
@login_required
def export(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out the roster as a table; the ledger says so."""
    course = get_object_or_404(queries.courses_for(request.user), pk=pk)
    can = queries.access(request.user, course)
    rows = queries.everybody(course, request.user, can)
    header = [str(name) for name in queries.header(can)]
    lines = queries.sheet(rows, can)
    if kind == "xlsx":
        content = xlsx_bytes(header, lines, title=_("Participants"))
        content_type = XLSX
    else:
        content = csv_bytes(header, lines)
        content_type = "text/csv; charset=utf-8"
    _record(request, course, kind, len(rows))
    return _file(content, content_type, f"{course.slug}-{_('participants')}.{kind}")


@require_GET
@login_required
def sheets(request: MemberRequest, pk: int, key: str = "") -> HttpResponse:
    """
    Hand out the sign-in sheets, of every half-day or of the one named by ``key``.

    :raises PermissionDenied: if the reader sees only her own city's people.
    """
    course = get_object_or_404(queries.courses_for(request.user), pk=pk)
    require(policies.sees_everybody(request.user, course))
    chosen = [half for half in queries.half_days(course) if key in {"", half.key}]
    if not chosen:
        raise Http404
    # A sheet lies on the table for all to see: names and cities, nothing else.
    bare = queries.Access(everybody=True, addresses=False, needs=False)
    people = queries.everybody(course, request.user, bare)
    content = sign_in.pdf(course, chosen, people)
    _record(request, course, "sign-in", len(people))
    name = "-".join(part for part in (course.slug, _("sign-in"), key) if part)
    return _file(content, "application/pdf", f"{name}.pdf")


def _record(request: MemberRequest, course: Course, kind: str, rows: int) -> None:
    actions.record_export(
        course=course, kind=kind, rows=rows, actor=request.user, now=timezone.now()
    )


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return a file that is saved, not shown, and stays in no cache."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    response["Cache-Control"] = "no-store"
    return response
