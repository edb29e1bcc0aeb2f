"""Actors on a map: added, changed by several at once, taken off."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.kernel.refusal import Refusal
from mosty.partnerships.actions import actors as actions
from mosty.partnerships.forms.actors import ActorForm
from mosty.partnerships.privacy import looks_private
from mosty.partnerships.views.desks import FORM, Desk, page
from mosty.partnerships.views.saving import added, changed, shown
from mosty.ui.pages import done, sent


@page(FORM)
def add(request: HttpRequest, desk: Desk, pk: int) -> HttpResponse:
    """Put an actor on the map, and perhaps another one at once."""
    found = desk.map(pk)
    form = ActorForm(sent(request))
    if done(
        form,
        lambda: actions.add(
            found=found,
            details=form.details(),
            actor=desk.writer,
            now=timezone.now(),
        ),
    ):
        messages.success(
            request, _("On the map: %(name)s.") % {"name": form.cleaned_data["name"]}
        )
        _warn(request, form)
        return added(request, desk, pk, "actor_add")
    return shown(request, desk, found, form, _("Add an actor"))


@page(FORM)
def change(request: HttpRequest, desk: Desk, pk: int, key: UUID) -> HttpResponse:
    """Change what is said of an actor; what others wrote meanwhile is put together."""
    row = desk.actor(pk, key)
    begun = ActorForm.begun(actions.said_of(row), row.revision)
    form = ActorForm(sent(request), initial=begun)
    if changed(
        request,
        form,
        lambda: actions.change(
            stakeholder=row,
            details=form.details(),
            seen=form.revision(),
            base=form.base(),
            actor=desk.writer,
            now=timezone.now(),
        ),
    ):
        _warn(request, form)
        return redirect(desk.url("map", pk))
    remove_url = desk.url("actor_remove", pk, row.key)
    return shown(request, desk, row.map, form, row.name, remove_url)


def _warn(request: HttpRequest, form: ActorForm) -> None:
    if looks_private(form.cleaned_data["contact"]):
        messages.warning(
            request,
            _(
                "The contact looks like a person's own address. Keep an office's "
                "instead, unless the person has agreed."
            ),
        )


@page(FORM)
def remove(request: HttpRequest, desk: Desk, pk: int, key: UUID) -> HttpResponse:
    """Take an actor off the map; GET asks, POST does."""
    row = desk.actor(pk, key)
    refused = ""
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            ties = actions.take_off(
                stakeholder=row,
                seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
                actor=desk.writer,
                now=timezone.now(),
            )
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _off(row.name, ties))
            return redirect(desk.url("map", pk))
    context = {
        "desk": desk,
        "map": row.map,
        "heading": _("Take an actor off the map"),
        "what": row.name,
        "text": _(
            "Its ties go with it. Frozen versions keep it. If you add an actor of this "
            "name again, plans still know it."
        ),
        "seen": row.revision,
        "refused": refused,
        "label": _("Take off the map"),
        "back_url": desk.url("actor", pk, key),
    }
    return render(request, "partnerships/remove.html", context)


def _off(name: str, ties: int) -> str:
    return ngettext(
        "Off the map: %(name)s, with %(ties)d tie.",
        "Off the map: %(name)s, with %(ties)d ties.",
        ties,
    ) % {"name": name, "ties": ties}
