"""Ties on a map: added, changed by several at once, removed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mosty.partnerships.actions import ties as actions
from mosty.partnerships.forms.actors import TieForm
from mosty.partnerships.queries import ties as queries
from mosty.partnerships.views.desks import FORM, Desk, page
from mosty.partnerships.views.saving import added, changed, shown
from mosty.ui.pages import done, sent


@page(FORM)
def add(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Tie two actors, and perhaps two others at once."""
    found = desk.map(pk)
    form = TieForm(sent(request), **queries.choices(found, desk.writer, None))
    if done(
        form,
        lambda: actions.add(
            found=found,
            details=form.details(),
            actor=desk.writer,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("The tie is on the map."))
        return added(request, desk, pk, "tie_add")
    return shown(request, desk, found, form, _("Add a tie"))


@page(FORM)
def change(request: HttpRequest, desk: Desk, pk: int, tie: int) -> HttpResponse:
    """Change what a tie is; what others wrote meanwhile is put together."""
    row = desk.tie(pk, tie)
    begun = TieForm.begun(actions.said_of(row), row.revision)
    form = TieForm(
        sent(request), initial=begun, **queries.choices(row.map, desk.writer, row)
    )
    if changed(
        request,
        form,
        lambda: actions.change(
            tie=row,
            details=form.details(),
            seen=form.revision(),
            base=form.base(),
            actor=desk.writer,
            now=timezone.now(),
        ),
    ):
        return redirect(desk.url("map", pk))
    remove_url = desk.url("tie_remove", pk, row.pk)
    return shown(request, desk, row.map, form, _("Change a tie"), remove_url)


@page(FORM)
def remove(request: HttpRequest, desk: Desk, pk: int, tie: int) -> HttpResponse:
    """Remove a tie; GET asks, POST does."""
    row = desk.tie(pk, tie)
    if request.method == "POST":
        actions.remove(tie=row, actor=desk.writer, now=timezone.now())
        messages.success(request, _("The tie is removed."))
        return redirect(desk.url("map", pk))
    context = {
        "desk": desk,
        "map": row.map,
        "heading": _("Remove a tie"),
        "what": f"{row.source.name} – {row.get_kind_display()} – {row.target.name}",
        "text": _("Frozen versions keep it."),
        "label": _("Remove"),
        "back_url": desk.url("tie", pk, tie),
    }
    return render(request, "partnerships/remove.html", context)
