"""Frozen versions of a map: made, looked at, compared."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mosty.partnerships.actions import versions as actions
from mosty.partnerships.forms.versions import CompareForm, FreezeForm
from mosty.partnerships.queries import maps as map_queries
from mosty.partnerships.queries import versions as queries
from mosty.partnerships.views.desks import FORM, READ, Desk, page
from mosty.ui.pages import done, sent


@page(FORM)
def freeze(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Keep what the map says today."""
    found = desk.kept_map(pk)
    form = FreezeForm(sent(request), initial={"day": timezone.localdate()})
    if done(
        form,
        lambda: actions.freeze(
            found=found,
            day=form.cleaned_data["day"],
            note_text=form.cleaned_data["note"],
            actor=desk.writer,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("The version is frozen. It never changes."))
        return redirect(desk.url("map", pk))
    context = {
        "desk": desk,
        "map": found,
        "form": form,
        "heading": _("Freeze a version"),
        "lede": _(
            "What the map says now is kept as it is. You can go on working, and compare "
            "later. If you share the map, the network reads the newest version."
        ),
        "label": _("Freeze"),
        "back_url": desk.url("map", pk),
    }
    return render(request, "partnerships/form.html", context)


@page(READ)
def show(request: HttpRequest, desk: Desk, pk: int, number: int) -> HttpResponse:
    """Show what a map said on a day."""
    found = desk.kept_map(pk)
    version = get_object_or_404(map_queries.versions_of(found), number=number)
    context = {"desk": desk, "map": found, "page": queries.version_page(found, version)}
    return render(request, "partnerships/version.html", context)


@page(READ)
def compare(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Compare two versions, or one with the map as it stands."""
    found = desk.kept_map(pk)
    offered = queries.to_compare(found)
    if len(offered) < 2:
        raise Http404
    form = CompareForm(request.GET or None, offered=offered)
    context = {"desk": desk, "map": found, "form": form}
    if form.is_valid():
        context["page"] = queries.comparison_page(
            found, form.cleaned_data["before"], form.cleaned_data["after"]
        )
    return render(request, "partnerships/compare.html", context)
