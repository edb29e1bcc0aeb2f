"""The roster of a course: as a page, as a table to take away, as sheets to sign."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.kernel.access import require
from mosty.training import policies, sign_in
from mosty.training.queries import roster as queries


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
    return downloads.as_file(
        request,
        _("Participants"),
        queries.header(can),
        queries.sheet(rows, can),
        form=kind,
        name=f"{course.slug}-{_('participants')}",
        what="roster",
        of=course,
        scope=course.programme.slug,
    )


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
    name = "-".join(part for part in (course.slug, _("sign-in"), key) if part)
    return downloads.handed_out(
        request,
        content,
        f"{name}.pdf",
        form="sign-in",
        what="roster",
        of=course,
        rows=len(people),
        scope=course.programme.slug,
    )
