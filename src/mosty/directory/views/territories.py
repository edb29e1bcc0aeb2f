"""Pages about places."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mosty.audit.downloads import as_file, asked_for
from mosty.directory import actions, policies
from mosty.directory.forms import (
    CodeForm,
    NewTerritoryForm,
    TerritoryFilter,
    TerritoryForm,
)
from mosty.directory.members import DirectoryRequest
from mosty.directory.models import DatedFact, Territory
from mosty.directory.queries import territories as queries
from mosty.directory.views.doors import form_page, members_only
from mosty.kernel.access import require
from mosty.ui.meanwhile import one_at_a_time
from mosty.ui.pages import done, sent


@require_safe
@members_only
def index(request: DirectoryRequest) -> HttpResponse:
    return render(request, "directory/index.html")


@require_safe
@members_only
def territories(request: DirectoryRequest) -> HttpResponse:
    form = TerritoryFilter(request.GET)
    if asked_for(request):
        header = (
            _("Place"),
            _("Kind of place"),
            _("Country"),
            _("Lies in"),
            _("Codes"),
        )
        rows = (
            (r.name, r.kind, r.country, r.within, "; ".join(r.codes))
            for r in queries.export(request.user, form)
        )
        return as_file(request, _("Places"), header, rows, what="places", of=Territory)
    context = {
        "form": form,
        "territories": queries.territories(request.user, request.GET, form),
        "can_edit": policies.can_edit(request.user),
    }
    return render(request, "directory/territories.html", context)


@require_safe
@members_only
def territory(request: DirectoryRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(
        policies.territories_visible_to(request.user).select_related("within"),
        slug=slug,
    )
    context = {
        "territory": shown,
        "page": queries.territory_page(request.user, shown),
        "topics": DatedFact.Topic.choices,
    }
    return render(request, "directory/territory.html", context)


@form_page
@members_only
def add_territory(request: DirectoryRequest) -> HttpResponse:
    require(policies.can_edit(request.user))
    form = NewTerritoryForm(sent(request))
    if done(
        form,
        lambda: actions.add_territory(
            **form.asked(), actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("The place was added."))
        return redirect("directory:territory", slug=form.cleaned_data["slug"])
    return render(request, "directory/territory_form.html", {"form": form})


@form_page
@members_only
@one_at_a_time
def change_territory(request: DirectoryRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(policies.territories_visible_to(request.user), slug=slug)
    require(policies.can_edit(request.user))
    form = TerritoryForm(sent(request), initial=TerritoryForm.initial_of(shown))
    if done(
        form,
        lambda: actions.change_territory(
            territory=shown, **form.asked(), actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("directory:territory", slug=slug)
    context = {"form": form, "territory": shown}
    return render(request, "directory/territory_form.html", context)


@form_page
@members_only
def add_code(request: DirectoryRequest, slug: str) -> HttpResponse:
    shown = get_object_or_404(policies.territories_visible_to(request.user), slug=slug)
    require(policies.can_edit(request.user))
    form = CodeForm(sent(request))
    if done(
        form,
        lambda: actions.add_code(
            territory=shown, **form.cleaned_data, actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("The code was added."))
        return redirect("directory:territory", slug=slug)
    context = {"form": form, "territory": shown}
    return render(request, "directory/code_form.html", context)
