"""Groups on paper: sheets for the tables, a list for the wall, name tents."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.programmes.models import Course
from mosty.training import group_prints
from mosty.training.queries import groups as queries


@require_GET
@login_required
def sheets(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Hand out a page for each group of a round."""
    course = get_object_or_404(queries.courses_for(request.user), pk=pk)
    one = _round(course, number)
    return _out(
        request,
        course,
        group_prints.sheets(course, one),
        f"{_('groups')}-{number}",
        rows=sum(len(group.people) for group in one.groups),
        form="group-sheets",
    )


@require_GET
@login_required
def wall(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Hand out the list of a round for the wall."""
    course = get_object_or_404(queries.courses_for(request.user), pk=pk)
    one = _round(course, number)
    return _out(
        request,
        course,
        group_prints.wall(course, one),
        f"{_('groups')}-{number}-{_('list')}",
        rows=sum(len(group.people) for group in one.groups),
        form="wall-list",
    )


@require_GET
@login_required
def tents(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out a name tent for everybody who takes part, with her groups if there are any."""
    course = get_object_or_404(queries.courses_for(request.user), pk=pk)
    people = queries.tents(course)
    if not people:
        raise Http404
    return _out(
        request,
        course,
        group_prints.tents(course, people),
        _("name-tents"),
        rows=len(people),
        form="name-tents",
    )


def _round(course: Course, number: int) -> queries.Round:
    for one in queries.rounds(course, timezone.now()):
        if one.number == number:
            return one
    raise Http404


def _out(
    request: MemberRequest,
    course: Course,
    content: bytes,
    name: str,
    *,
    rows: int,
    form: str,
) -> HttpResponse:
    return downloads.handed_out(
        request,
        content,
        f"{course.slug}-{name}.pdf",
        form=form,
        what="groups",
        of=course,
        rows=rows,
        scope=course.programme.slug,
    )
