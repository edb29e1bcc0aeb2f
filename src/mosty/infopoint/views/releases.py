"""The lead's pages of a year's release: which tables, what came of it, publishing."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from mosty.accounts.http import MemberRequest
from mosty.figures.actions import releases as figures
from mosty.figures.models import Release
from mosty.infopoint.actions import releases as actions
from mosty.infopoint.forms.releases import ReleaseForm
from mosty.infopoint.models import Point
from mosty.infopoint.queries import releases as queries
from mosty.infopoint.queries.comparing import has_consent
from mosty.infopoint.views.doors import led_point
from mosty.ui.asking import Asking, plainly
from mosty.ui.pages import done, sent


def _release(request: MemberRequest, slug: str, pk: int) -> tuple[Point, Release]:
    """Return one of the point's releases, or 404; 403 for whoever does not lead there."""
    point = led_point(request.user, slug)
    rows = queries.of_point(point).select_related("owner")
    return point, get_object_or_404(rows, pk=pk)


@require_safe
@login_required
def index(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the closed years, and what of them is published."""
    point = led_point(request.user, slug)
    context = {
        "point": point,
        "years": queries.years(point),
        "is_compared": has_consent(point),
    }
    return render(request, "infopoint/releases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def start(request: MemberRequest, slug: str, year: int) -> HttpResponse:
    """Choose the tables of a closed year, and let them be protected."""
    point = led_point(request.user, slug)
    row = next((one for one in queries.years(point) if one.year == year), None)
    if row is None:
        raise Http404
    form = ReleaseForm(
        sent(request),
        corrects=row.published is not None,
        initial=ReleaseForm.of(
            row.last.rules if row.last else None,
            workshops=queries.has_workshops(point, year),
        ),
    )
    made: list[Release] = []
    if done(
        form,
        lambda: made.append(
            actions.ask(
                point=point,
                year=year,
                rules=form.rules(),
                reason=form.cleaned_data.get("reason", ""),
                actor=request.user,
                now=timezone.now(),
            )
        ),
    ):
        return redirect("infopoint:release", point.slug, made[0].pk)
    context = {
        "point": point,
        "form": form,
        "heading": _("The year %(year)s in numbers") % {"year": year},
        "lede": _(
            "Nothing is published by this. The tables are protected and checked; then you look at them."
        ),
        "back_url": reverse("infopoint:releases", args=[point.slug]),
        "label": _("Protect and check"),
    }
    return render(request, "infopoint/form.html", context)


@require_safe
@login_required
@vary_on_headers("HX-Request")
def release(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """
    Show how far it is, and what came of it.

    While it is being made the page asks for its changing part; where nothing has
    changed the answer is empty, so that nothing is read out again.
    """
    point, found = _release(request, slug, pk)
    page = queries.page(found, timezone.now())
    if request.htmx:
        if not found.is_live:
            return HttpResponseClientRedirect(
                resolve_url("infopoint:release", point.slug, pk)
            )
        if request.GET.get("seen", "") == page.mark:
            return HttpResponse(status=204)
        return render(request, "infopoint/release_progress.html", {"page": page})
    return render(request, "infopoint/release.html", {"point": point, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def publish(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Ask once more, then publish."""
    point, found = _release(request, slug, pk)
    if request.method != "POST" and found.state != Release.State.READY:
        return redirect("infopoint:release", point.slug, pk)
    page = queries.page(found, timezone.now())
    asking = Asking(
        heading=_("Publish the year %(year)s in numbers?") % {"year": found.year},
        what=_(
            "What is published stays: it can be corrected by a new release with a reason, but not taken back. Numbers that are hidden: %(hidden)s of %(cells)s."
        )
        % {"hidden": page.hidden, "cells": page.cells},
        button=_("Publish"),
        cancel_url=reverse("infopoint:release", args=[point.slug, pk]),
        above=(
            (_("Information point"), reverse("infopoint:index")),
            (_("Years in numbers"), reverse("infopoint:releases", args=[point.slug])),
            (str(found.year), reverse("infopoint:release", args=[point.slug, pk])),
        ),
    )
    return plainly(
        request,
        lambda: figures.publish(release=found, actor=request.user, now=timezone.now()),
        asking,
        success=_("Published. It stands in the public log."),
    )


@require_POST
@login_required
def set_aside(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Let nothing come of it."""
    point, found = _release(request, slug, pk)
    figures.cancel(release=found, actor=request.user, now=timezone.now())
    return redirect("infopoint:release", point.slug, pk)
