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
from mosty.importing import views as importing
from mosty.importing.queries.tables import table_of
from mosty.infopoint import policies
from mosty.infopoint.actions import imports as actions
from mosty.infopoint.forms.imports import ColumnsForm, UploadForm
from mosty.infopoint.forms.records import ReasonForm
from mosty.infopoint.models import ImportedFile, Point
from mosty.infopoint.queries.imports import pages, template
from mosty.infopoint.queries.imports.vocabulary import lists_of
from mosty.infopoint.views.doors import led_point
from mosty.ui.pages import done, refuses_huge, sent

FORM = ("GET", "HEAD", "POST")
State = ImportedFile.State


def _imported(request: MemberRequest, slug: str, pk: int) -> tuple[Point, ImportedFile]:
    """Return one of the point's files, or 404; 403 for whoever does not lead there."""
    point = led_point(request.user, slug)
    rows = policies.imports_visible_to(request.user).select_related("point")
    return point, get_object_or_404(rows, point=point, pk=pk)


@refuses_huge
@require_http_methods(FORM)
@login_required
def index(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the files so far, and take a new one in."""
    point = led_point(request.user, slug)

    def upload(_form: UploadForm, content: bytes, name: str) -> ImportedFile:
        return actions.upload(
            point=point,
            content=content,
            file_name=name,
            actor=request.user,
            now=timezone.now(),
        )

    taken, form, status = importing.take_in(request, UploadForm, upload)
    if taken is not None:
        return redirect("infopoint:import", point.slug, taken.pk)
    context = {
        "point": point,
        "zone": point.time_zone,
        "form": form,
        "items": pages.list_of(point),
    }
    return render(request, "infopoint/imports.html", context, status=status)


@require_http_methods(FORM)
@login_required
def imported(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Show what taking a file over would do, or what it did; correct its columns."""
    point, found = _imported(request, slug, pk)
    if found.state != State.UPLOADED:
        if request.method == "POST":
            importing.say_it_is_over(request)
            return redirect("infopoint:import", slug, pk)
        report = None if found.state == State.DROPPED else pages.report(found)
        context = {
            "point": point,
            "zone": point.time_zone,
            "imported": found,
            "report": report,
        }
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
    context = {
        "point": point,
        "imported": found,
        "form": form,
        "trial": pages.trial(found, timezone.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "infopoint/import_trial.html", context, status=status)


@require_POST
@login_required
def take_over(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Take a file over, as its page has shown it."""
    _point, found = _imported(request, slug, pk)

    def act() -> str:
        rows = actions.take_over(
            imported=found,
            seen=request.POST.get("seen", "")[:64],
            actor=request.user,
            now=timezone.now(),
        ).report["new"]
        return ngettext(
            "%(rows)s consultation has been taken over.",
            "%(rows)s consultations have been taken over.",
            rows,
        ) % {"rows": rows}

    importing.attempt(request, act)
    return redirect("infopoint:import", slug, pk)


@require_POST
@login_required
def drop(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Drop a file that was not taken over."""
    _point, found = _imported(request, slug, pk)
    importing.drop(
        request,
        lambda: actions.drop(imported=found, actor=request.user, now=timezone.now()),
    )
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
        "stops": True,
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
