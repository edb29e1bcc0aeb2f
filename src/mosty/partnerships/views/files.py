"""Maps as files: handed out, and taken over after a look at what would change."""

from collections.abc import Iterator, Sequence
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.kernel.names import fold
from mosty.kernel.refusal import Refusal
from mosty.partnerships import policies
from mosty.partnerships.actions import imports
from mosty.partnerships.forms.files import FilesForm, pack, unpack
from mosty.partnerships.models import StakeholderMap
from mosty.partnerships.queries.files import planned
from mosty.partnerships.queries.saying import said_by
from mosty.partnerships.queries.sharing import newest
from mosty.partnerships.tables import columns, writing
from mosty.partnerships.tables.reading import Line
from mosty.partnerships.views.desks import Desk
from mosty.ui.pages import show


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def files(request: MemberRequest, pk: int) -> HttpResponse:
    """Offer the files; show what sent ones would change, then take them over."""
    desk = Desk(request.user)
    found = desk.kept_map(pk)
    if request.method == "POST" and "packed" in request.POST:
        return _take(request, desk, found)
    form = FilesForm(
        *((request.POST, request.FILES) if request.method == "POST" else ())
    )
    context: dict[str, object] = {"desk": desk, "map": found, "form": form}
    if request.method == "POST" and _is_read(form):
        actors, ties = form.lines["actors"], form.lines["ties"]
        context |= _look(found, actors, ties, form)
    return render(request, "partnerships/files.html", context)


def _is_read(form: FilesForm) -> bool:
    try:
        return form.is_valid()
    except Refusal as refusal:
        form.cleaned_data = {}
        show(refusal, form)
        return False


def _look(
    found: StakeholderMap,
    actors: Sequence[Line],
    ties: Sequence[Line],
    form: FilesForm,
) -> dict[str, object]:
    plan = planned(found, actors, ties)
    return {
        "plan": plan,
        "faults": [*form.faults, *plan.faults],
        "packed": pack(found.pk, actors, ties),
        "seen": imports.digest(plan),
    }


def _take(request: MemberRequest, desk: Desk, found: StakeholderMap) -> HttpResponse:
    lines = unpack(found.pk, request.POST["packed"])
    if lines is None:
        messages.error(request, _("This look is too old. Send the files again."))
        return redirect("partnerships:files", found.pk)
    try:
        imports.take(
            found=found,
            actors=lines[0],
            ties=lines[1],
            seen=request.POST.get("seen", ""),
            actor=desk.writer,
            now=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("partnerships:files", found.pk)
    messages.success(request, _("Everything was taken over."))
    return redirect(desk.url("map", found.pk))


@require_GET
@login_required
def actors(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand the city all it says of its actors."""
    found = Desk(request.user).kept_map(pk)
    rows = writing.actors(said_by(found))
    return _csv(request, found, "actors", columns.ACTORS, rows)


@require_GET
@login_required
def ties(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand the city all its ties."""
    found = Desk(request.user).kept_map(pk)
    return _csv(request, found, "ties", columns.TIES, writing.ties(said_by(found)))


@require_GET
@login_required
def shared_actors(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand others the actors, without what the city thinks of them."""
    found = _shared(request, pk)
    rows = writing.shared_actors(newest(found))
    return _csv(request, found, "actors", columns.SHARED_ACTORS, rows)


@require_GET
@login_required
def shared_ties(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand others the ties, every one alike."""
    found = _shared(request, pk)
    rows = writing.shared_ties(newest(found))
    return _csv(request, found, "ties", columns.SHARED_TIES, rows)


def _shared(request: MemberRequest, pk: int) -> StakeholderMap:
    rows = policies.maps_shared_with(request.user).select_related("city")
    return get_object_or_404(rows, pk=pk)


def _csv(
    request: MemberRequest,
    found: StakeholderMap,
    what: str,
    header: Sequence[str],
    rows: Iterator[writing.Row],
) -> HttpResponse:
    return downloads.as_file(
        cast("HttpRequest", request),
        what,
        header,
        rows,
        what="map",
        of=found,
        form="csv",
        name=f"{slugify(fold(str(found.city)))}-map-{found.pk}-{what}",
        scope=found.city.slug,
    )
