"""Lists of maps, one map, and what it is."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.partnerships import onward, pictures, policies
from mosty.partnerships.actions import maps as actions
from mosty.partnerships.content import MapSays, from_json
from mosty.partnerships.forms.maps import MapForm, NewMapForm
from mosty.partnerships.models import StakeholderMap
from mosty.partnerships.queries import maps as queries
from mosty.partnerships.queries.saying import said_by
from mosty.partnerships.queries.seats import seat_of
from mosty.partnerships.views.desks import FORM, READ, Desk, page
from mosty.ui import charts
from mosty.ui.pages import done, sent


@page(READ)
def index(request: HttpRequest, desk: Desk) -> HttpResponse:
    """List the maps of the writer's city; to contacts, what other cities share too."""
    context = {"desk": desk, "rows": queries.maps(queries.kept_maps(desk.writer))}
    if isinstance(desk.writer, User):
        require(policies.has_any(desk.writer))
        context["shared"] = queries.maps(policies.maps_shared_with(desk.writer))
        context["can_make"] = queries.cities_to_choose(desk.writer).exists()
    else:
        context["seat"] = _seat(desk)
        context["can_make"] = True
    return render(request, "partnerships/maps.html", context)


def _seat(desk: Desk) -> object:
    seat = seat_of(desk.writer) if not isinstance(desk.writer, User) else None
    if seat is None:
        raise Http404
    return seat


@page(FORM)
def make(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Begin a map."""
    if isinstance(desk.writer, User):
        require(queries.cities_to_choose(desk.writer).exists())
    else:
        _seat(desk)
    form = NewMapForm(
        sent(request), writer=desk.writer, initial={"made_on": timezone.localdate()}
    )
    if form.is_valid():
        found = actions.make(
            city=form.city(),
            details=form.details(),
            actor=desk.writer,
            now=timezone.now(),
        )
        messages.success(request, _("The map is begun. Put actors on it."))
        return redirect(desk.url("map", found.pk))
    context = {
        "desk": desk,
        "form": form,
        "heading": _("Begin a map"),
        "label": _("Begin"),
        "back_url": desk.url("maps"),
    }
    return render(request, "partnerships/form.html", context)


@page(READ)
def show(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Show a map as it stands: tables, gaps, pictures, versions."""
    found = desk.map(pk)
    context = {
        "desk": desk,
        "page": queries.map_page(found, desk.writer),
        "map": found,
        "onward": onward.of(found, desk.writer),
        # Which action was chosen before: the next actor joins it with one press.
        "chosen": request.GET.get("action", ""),
    }
    return render(request, "partnerships/map.html", context)


@page(FORM)
def change(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Change what a map is, and who sees it."""
    found = desk.kept_map(pk)
    form = MapForm(
        sent(request),
        courses=queries.courses_of(found.city),
        initial=MapForm.of(found),
    )
    if done(
        form,
        lambda: actions.change(
            found=found,
            details=form.details(),
            seen=form.cleaned_data["seen"],
            actor=desk.writer,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect(desk.url("map", pk))
    context = {
        "desk": desk,
        "map": found,
        "form": form,
        "heading": _("Change what the map is"),
        "label": _("Save"),
        "back_url": desk.url("map", pk),
    }
    return render(request, "partnerships/form.html", context)


@page(READ)
def grid(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Draw the power-interest grid, of now or of a version."""
    found = desk.map(pk)
    theme = charts.theme_asked(request)
    title = _("Power-interest grid: %(map)s") % {"map": found.title}
    drawn = pictures.grid_of(_says(request, desk, found), title, theme)
    return charts.image_response(request, drawn, max_age=0)


@page(READ)
def network(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Draw the network, of now or of a version."""
    found = desk.map(pk)
    theme = charts.theme_asked(request)
    title = _("Network: %(map)s") % {"map": found.title}
    drawn = pictures.network_of(_says(request, desk, found), title, theme)
    return charts.image_response(request, drawn, max_age=0)


def _says(request: HttpRequest, desk: Desk, found: StakeholderMap) -> MapSays:
    """Return what the map says now, or said in the version that is asked for."""
    asked = request.GET.get("version", "")
    if not asked:
        return said_by(found)
    require(policies.can_keep(desk.writer, found))
    number = int(asked) if asked.isdecimal() and len(asked) < 5 else 0
    version = queries.versions_of(found).filter(number=number).first()
    if version is None:
        raise Http404
    return from_json(version.content)
