"""Workshops: the list, the form with its grid of numbers, one with its history."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.inbox import http as inbox
from mosty.infopoint import policies
from mosty.infopoint.actions import workshops as actions
from mosty.infopoint.forms.records import ReasonForm
from mosty.infopoint.forms.workshops import WorkshopFilter, WorkshopForm, day_of
from mosty.infopoint.models import Point, Workshop
from mosty.infopoint.queries import lists
from mosty.infopoint.queries import workshops as queries
from mosty.infopoint.views.doors import seen_point
from mosty.infopoint.views.records import seen_version
from mosty.kernel.access import require
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


def _seen(request: MemberRequest, slug: str, key: UUID) -> Workshop:
    rows = policies.workshops_visible_to(request.user).select_related("point")
    return get_object_or_404(rows, pk=key, point__slug=slug)


@require_safe
@login_required
def index(request: MemberRequest, slug: str) -> HttpResponse:
    """List the point's workshops."""
    point = seen_point(request.user, slug)
    form = WorkshopFilter(request.GET, lists=lists.offered(point, None, every=True))
    context = {
        "point": point,
        "form": form,
        "workshops": queries.workshops(point, request.GET, form),
        "can_tell": policies.can_tell(request.user, point),
    }
    return render(request, "infopoint/workshops.html", context)


@require_safe
@login_required
def workshop(request: MemberRequest, slug: str, key: UUID) -> HttpResponse:
    """Show one workshop with what was said before."""
    found = _seen(request, slug, key)
    page = queries.workshop_page(found, request.user)
    return render(
        request, "infopoint/workshop.html", {"point": found.point, "page": page}
    )


@require_http_methods(FORM)
@inbox.hers_only
@login_required
def record(request: MemberRequest, slug: str) -> HttpResponse:
    """Tell of a workshop: from the page, or later from the device."""
    point = seen_point(request.user, slug)
    require(policies.can_tell(request.user, point))
    now = timezone.now()
    form = _form(
        request,
        point,
        initial={"day": point.today(now)},
        # A worker cannot enter anything in a closed period; the lead says why.
        asks_reason=policies.can_lead(request.user, point),
    )
    key = inbox.key_of(request)
    if done(
        form,
        lambda: actions.record(
            point=point,
            said=form.said(),
            key=key,
            late_reason=form.cleaned_data.get("reason", ""),
            actor=request.user,
            now=now,
        ),
    ):
        url = reverse("infopoint:workshops", args=[point.slug])
        if inbox.is_queued(request):
            return inbox.taken(_("Saved."), url=url)
        messages.success(request, _("Saved."))
        return redirect(url)
    if inbox.is_queued(request):
        return inbox.refused(_in_words(form))
    more = {"key": key, "heading": _("Add a workshop"), "waits": True}
    return _page(request, form, point, more)


def _in_words(form: WorkshopForm) -> str:
    """Return all that is wrong with a form, for a reader who does not see its fields."""
    return " ".join(
        f"{form[name].label}: {error}" if name in form.fields else error
        for name, errors in form.errors.items()
        for error in map(str, errors)
    )


@require_http_methods(FORM)
@login_required
def correct(request: MemberRequest, slug: str, key: UUID) -> HttpResponse:
    """Change what is said of a workshop, with a reason."""
    found = _seen(request, slug, key)
    require(policies.can_correct(request.user, found))
    counts = queries.groups_of(found).get(found.version, {})
    every = lists.offered(found.point, found.day, every=True)
    form = _form(
        request,
        found.point,
        initial=WorkshopForm.of(found, every, counts),
        day=found.day.isoformat(),
        reason_required=True,
    )
    if done(
        form,
        lambda: actions.correct(
            workshop=found,
            said=form.said(),
            seen=seen_version(request.POST),
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Corrected. What it said before is kept."))
        return redirect("infopoint:workshop", slug, key)
    more = {"workshop": found, "heading": _("Correct a workshop")}
    return _page(request, form, found.point, more)


@require_http_methods(FORM)
@login_required
def withdraw(request: MemberRequest, slug: str, key: UUID) -> HttpResponse:
    """Say that a workshop does not count."""
    found = _seen(request, slug, key)
    require(policies.can_correct(request.user, found))
    form = ReasonForm(sent(request))
    if done(
        form,
        lambda: actions.withdraw(
            workshop=found,
            seen=found.version,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("The record does not count any more."))
        return redirect("infopoint:workshop", slug, key)
    context = {
        "point": found.point,
        "form": form,
        "heading": _("Withdraw a workshop"),
        "lede": _("It stays, with your reason, but is counted nowhere."),
        "label": _("Withdraw"),
        "stops": True,
        "back_url": reverse("infopoint:workshop", args=[slug, key]),
    }
    return render(request, "infopoint/form.html", context)


def _form(
    request: MemberRequest, point: Point, *, day: str = "", **options: Any
) -> WorkshopForm:
    """Return the form with the lists that hold on the day that was typed."""
    typed = day_of(request.POST.get("day", day))
    offered = lists.offered(point, typed or point.today(timezone.now()))
    return WorkshopForm(sent(request), point=point, lists=offered, **options)


def _page(
    request: MemberRequest, form: WorkshopForm, point: Point, more: Mapping[str, Any]
) -> HttpResponse:
    back = reverse("infopoint:workshops", args=[point.slug])
    context = {"form": form, "point": point, "back_url": back, **more}
    return render(request, "infopoint/workshop_form.html", context)
