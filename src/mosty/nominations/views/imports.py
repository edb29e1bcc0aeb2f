"""Pages on which lists of nominations are brought in."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from mosty.accounts.http import MemberRequest
from mosty.kernel.refusal import Refusal
from mosty.kernel.sheets import refusals
from mosty.nominations import policies
from mosty.nominations.actions import entries
from mosty.nominations.actions import imports as actions
from mosty.nominations.forms.imports import ColumnsForm, UploadForm
from mosty.nominations.models import Call, ImportedFile
from mosty.nominations.queries.imports import pages, stored, template

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def imports(request: MemberRequest, slug: str) -> HttpResponse:
    """Show a call's imports, and take in a file that is not too large to be looked at."""
    call = _call(request, slug)
    if _is_huge(request):
        # Its body is not read, not even for the token against forged forms.
        form = _upload_form(request, call, sent=False)
        form.full_clean()
        form.errors.clear()
        form.add_error("file", str(refusals.TOO_BIG))
        return _list(request, call, form, status=413)
    return _imports(request, call)


@csrf_protect
def _imports(request: MemberRequest, call: Call) -> HttpResponse:
    if request.method != "POST":
        return _list(request, call, _upload_form(request, call))
    form = _upload_form(request, call, sent=True)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            imported = actions.upload(
                call=call,
                organisation=form.organisation,
                content=file.read(),
                file_name=file.name or "",
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("nominations:import", pk=imported.pk)
    return _list(request, call, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def imported(request: MemberRequest, pk: int) -> HttpResponse:
    """Show what taking a file over would do, or what it did; correct its columns."""
    found = _imported(request, pk)
    if found.state != ImportedFile.State.UPLOADED:
        if request.method == "POST":
            messages.error(request, _("This file no longer waits."))
            return redirect("nominations:import", pk=pk)
        context = {"imported": found, "lines": pages.taken(found)}
        return render(request, "nominations/imports/report.html", context)
    table = stored.table_of(found)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        table=table,
        samples=pages.samples(table),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.put_in_columns(
                imported=found,
                columns=form.columns,
                fixed=form.fixed,
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("nominations:import", pk=pk)
    now = timezone.now()
    context = {
        "imported": found,
        "form": form,
        "trial": pages.trial(found, now),
        "closed": _closed(found.call, now),
    }
    return render(
        request,
        "nominations/imports/trial.html",
        context,
        status=422 if form.errors else 200,
    )


@require_POST
@login_required
def take_over(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a file over, as its page has shown it."""
    found = _imported(request, pk)
    try:
        done = actions.take_over(
            imported=found,
            seen=request.POST.get("seen", ""),
            actor=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        rows = done.report["new"] + done.report["changed"]
        messages.success(
            request,
            ngettext(
                "%(rows)s row has been taken over.",
                "%(rows)s rows have been taken over.",
                rows,
            )
            % {"rows": rows},
        )
    return redirect("nominations:import", pk=pk)


@require_POST
@login_required
def drop(request: MemberRequest, pk: int) -> HttpResponse:
    """Drop a file that was not taken over."""
    found = _imported(request, pk)
    try:
        actions.drop(imported=found, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file has been dropped. Nothing was changed."))
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


def _is_huge(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return (
        request.method == "POST" and int(length) > settings.UPLOAD_MOST
        if length.isdecimal()
        else False
    )


def _upload_form(
    request: MemberRequest, call: Call, *, sent: bool | None = None
) -> UploadForm:
    whole, cities = pages.importable(request.user, call)
    if sent is None:
        return UploadForm(whole=whole, cities=cities)
    data, files = (request.POST, request.FILES) if sent else ({}, {})
    return UploadForm(data, files, whole=whole, cities=cities)


def _list(
    request: MemberRequest, call: Call, form: UploadForm, status: int = 200
) -> HttpResponse:
    context = {
        "call": call,
        "form": form,
        "items": pages.list_of(request.user, call),
        "closed": _closed(call, timezone.now()),
    }
    return render(request, "nominations/imports/list.html", context, status=status)


def _closed(call: Call, now: datetime) -> str:
    """Return why nothing can be taken over now, empty where it can."""
    try:
        entries.require_open(call, now)
    except Refusal as refusal:
        return str(refusal)
    return ""
