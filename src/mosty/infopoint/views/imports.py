"""The lead's pages on which consultations of past years are brought in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.infopoint import policies
from mosty.infopoint.actions import imports as actions
from mosty.infopoint.forms.imports import ColumnsForm, UploadForm
from mosty.infopoint.forms.records import ReasonForm
from mosty.infopoint.models import ImportedFile, Point
from mosty.infopoint.queries.imports import pages, template
from mosty.infopoint.queries.imports.table import table_of
from mosty.infopoint.queries.imports.vocabulary import lists_of
from mosty.infopoint.views.doors import led_point
from mosty.kernel.refusal import Refusal
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")
State = ImportedFile.State


def _imported(request: MemberRequest, slug: str, pk: int) -> tuple[Point, ImportedFile]:
    """Return one of the point's files, or 404; 403 for whoever does not lead there."""
    point = led_point(request.user, slug)
    rows = policies.imports_visible_to(request.user).select_related("point")
    return point, get_object_or_404(rows, point=point, pk=pk)


@require_http_methods(FORM)
@login_required
def index(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the files so far, and take a new one in."""
    point = led_point(request.user, slug)
    form = UploadForm(sent(request), request.FILES or None)
    made: list[ImportedFile] = []
    if done(form, lambda: made.append(_uploaded(request, point, form))):
        return redirect("infopoint:import", point.slug, made[0].pk)
    context = {"point": point, "form": form, "items": pages.list_of(point)}
    return render(
        request,
        "infopoint/imports.html",
        context,
        status=422 if form.errors else 200,
    )


def _uploaded(request: MemberRequest, point: Point, form: UploadForm) -> ImportedFile:
    file = form.cleaned_data["file"]
    try:
        return actions.upload(
            point=point,
            content=file.read(),
            file_name=file.name or "",
            actor=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        # Whatever is wrong with a file is said beside it.
        raise Refusal(str(refusal), fields={"file": str(refusal)}) from refusal


@require_http_methods(FORM)
@login_required
def imported(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Show what taking a file over would do, or what it did; correct its columns."""
    point, found = _imported(request, slug, pk)
    if found.state != State.UPLOADED:
        if request.method == "POST":
            messages.error(request, _("This file no longer waits."))
            return redirect("infopoint:import", slug, pk)
        report = (
            pages.report(found)
            if found.state in {State.DONE, State.WITHDRAWN}
            else None
        )
        context = {"point": point, "imported": found, "report": report}
        return render(request, "infopoint/import_report.html", context)
    table = table_of(found)
    form = ColumnsForm(
        sent(request),
        request.FILES or None,
        table=table,
        samples=pages.samples(table),
        lists=lists_of(point),
    )
    if done(
        form,
        lambda: actions.put_in_columns(
            imported=found,
            columns=form.columns,
            fixed=form.fixed,
            content=form.content,
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        return redirect("infopoint:import", slug, pk)
    shown = {
        "point": point,
        "imported": found,
        "form": form,
        "trial": pages.trial(found, timezone.now()),
    }
    return render(
        request,
        "infopoint/import_trial.html",
        shown,
        status=422 if form.errors else 200,
    )


@require_POST
@login_required
def take_over(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take a file over, as its page has shown it."""
    _point, found = _imported(request, slug, pk)
    try:
        taken = actions.take_over(
            imported=found,
            seen=request.POST.get("seen", "")[:64],
            actor=request.user,
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        rows = taken.report["new"]
        messages.success(
            request,
            ngettext(
                "%(rows)s consultation has been taken over.",
                "%(rows)s consultations have been taken over.",
                rows,
            )
            % {"rows": rows},
        )
    return redirect("infopoint:import", slug, pk)


@require_POST
@login_required
def drop(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Drop a file that was not taken over."""
    _point, found = _imported(request, slug, pk)
    try:
        actions.drop(imported=found, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The file has been dropped. Nothing was changed."))
    return redirect("infopoint:imports", slug)


@require_http_methods(FORM)
@login_required
def withdraw(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Let nothing of a file count any more."""
    point, found = _imported(request, slug, pk)
    form = ReasonForm(sent(request))
    if done(
        form,
        lambda: actions.withdraw(
            imported=found,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Nothing of the file counts any more."))
        return redirect("infopoint:import", slug, pk)
    context = {
        "point": point,
        "form": form,
        "heading": _("Withdraw what came from a file"),
        "lede": _(
            "Its records stay, with your reason, but are counted nowhere. The file can be "
            "brought in again."
        ),
        "label": _("Withdraw"),
        "back_url": reverse("infopoint:import", args=[slug, pk]),
    }
    return render(request, "infopoint/form.html", context)


@require_safe
@login_required
def workbook(request: MemberRequest, slug: str) -> HttpResponse:
    """Send the workbook with the right columns."""
    point = led_point(request.user, slug)
    content = template.workbook(point, point.today(timezone.now()))
    return downloads.to_its_reader(content, f"{point.slug}-{_('consultations')}.xlsx")
