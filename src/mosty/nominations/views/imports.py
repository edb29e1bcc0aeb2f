"""Pages on which lists of nominations are brought in."""

from datetime import datetime
from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from mosty.accounts.http import MemberRequest
from mosty.importing import views as importing
from mosty.importing.models import State
from mosty.importing.queries.tables import table_of
from mosty.kernel.refusal import Refusal
from mosty.nominations import policies
from mosty.nominations.actions import entries
from mosty.nominations.actions import imports as actions
from mosty.nominations.forms.imports import ColumnsForm, UploadForm
from mosty.nominations.models import Call, ImportedFile
from mosty.nominations.queries.imports import pages, template
from mosty.ui.pages import done, refuses_huge, sent

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@refuses_huge
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def imports(request: MemberRequest, slug: str) -> HttpResponse:
    """Show a call's imports, and take in a file that is not too large to be looked at."""
    call = _call(request, slug)
    whole, cities = pages.importable(request.user, call)

    def upload(form: UploadForm, content: bytes, name: str) -> ImportedFile:
        return actions.upload(
            call=call,
            organisation=form.organisation,
            content=content,
            file_name=name,
            actor=request.user,
            now=timezone.now(),
        )

    taken, form, status = importing.take_in(
        request, partial(UploadForm, whole=whole, cities=cities), upload
    )
    if taken is not None:
        return redirect("nominations:import", pk=taken.pk)
    context = {
        "call": call,
        "zone": call.course.programme.time_zone,
        "form": form,
        "items": pages.list_of(request.user, call),
        "changes": True,
        "closed": _closed(call, timezone.now()),
    }
    return render(request, "nominations/imports/list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def imported(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what taking a file over would do, or what it did; correct its columns."""
    found = _imported(request, pk)
    if found.state != State.UPLOADED:
        if request.method == "POST":
            importing.say_it_is_over(request)
            return redirect("nominations:import", pk=pk)
        context = {
            "imported": found,
            "zone": found.call.course.programme.time_zone,
            "lines": pages.taken(found),
        }
        return render(request, "nominations/imports/report.html", context)
    table = table_of(found)
    form = ColumnsForm(sent(request), table=table, samples=pages.samples(table))
    if done(
        form,
        lambda: actions.put_in_columns(
            imported=found,
            columns=form.columns,
            fixed=form.fixed,
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        return redirect("nominations:import", pk=pk)
    now = timezone.now()
    context = {
        "imported": found,
        "form": form,
        "trial": pages.trial(found, now),
        "people": True,
        "closed": _closed(found.call, now),
    }
    status = 422 if form.errors else 200
    return render(request, "nominations/imports/trial.html", context, status=status)


@require_POST
@login_required
def take_over(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a file over, as its page has shown it."""
    found = _imported(request, pk)

    def act() -> str:
        report = actions.take_over(
            imported=found,
            seen=request.POST.get("seen", ""),
            actor=request.user,
            now=timezone.now(),
        ).report
        rows = report["new"] + report["changed"]
        return ngettext(
            "%(rows)s row has been taken over.",
            "%(rows)s rows have been taken over.",
            rows,
        ) % {"rows": rows}

    importing.attempt(request, act)
    return redirect("nominations:import", pk=pk)


@require_POST
@login_required
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Drop a file that was not taken over."""
    found = _imported(request, pk)
    importing.drop(
        request,
        lambda: actions.drop(imported=found, actor=request.user, now=timezone.now()),
    )
    return redirect("nominations:imports", slug=found.call.slug)


@require_GET
@login_required
def import_template(request: MemberRequest, slug: str) -> HttpResponse:
    """Send the workbook that cities fill in."""
    call = _call(request, slug)
    _whole, cities = pages.importable(request.user, call)
    content = template.workbook(call, [str(city) for city in cities])
    response = HttpResponse(content, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{call.slug}.xlsx"'
    return response


def _call(request: MemberRequest, slug: str) -> Call:
    """Return the call, for somebody who may bring in a list for it; else 404."""
    call = get_object_or_404(
        policies.calls_visible_to(request.user).select_related("course__programme"),
        slug=slug,
    )
    whole, cities = pages.importable(request.user, call)
    if not (whole or cities):
        raise Http404
    return call


def _imported(request: MemberRequest, pk: int) -> ImportedFile:
    visible = policies.imports_visible_to(request.user).select_related(
        "call__course__programme", "organisation"
    )
    return get_object_or_404(visible.distinct(), pk=pk)


def _closed(call: Call, now: datetime) -> str:
    """Return why nothing can be taken over now, empty where it can."""
    try:
        entries.require_open(call, now)
    except Refusal as refusal:
        return str(refusal)
    return ""
