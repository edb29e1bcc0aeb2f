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
from mosty.partnerships.actions.writing import AtOdds
from mosty.partnerships.forms.actors import ActorForm
from mosty.partnerships.forms.writing import after, in_words
from mosty.partnerships.models import StakeholderMap
from mosty.partnerships.privacy import looks_private
from mosty.partnerships.views.desks import FORM, Desk, page
from mosty.ui.pages import done, sent, show


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
        again = request.POST.get("act") == "again"
        return redirect(desk.url("actor_add" if again else "map", pk))
    return _form(request, desk, found, form, _("Add an actor"))


@page(FORM)
def change(request: HttpRequest, desk: Desk, pk: int, key: UUID) -> HttpResponse:
    """Change what is said of an actor; what others wrote meanwhile is put together."""
    row = desk.actor(pk, key)
    begun = ActorForm.begun(actions.said_of(row), row.revision)
    form = ActorForm(sent(request), initial=begun)
    if form.is_valid():
        try:
            taken = actions.change(
                stakeholder=row,
                details=form.details(),
                seen=form.revision(),
                base=form.base(),
                actor=desk.writer,
                now=timezone.now(),
            )
        except AtOdds as refusal:
            after(refusal, request.POST, form)
        except Refusal as refusal:
            show(refusal, form)
        else:
            messages.success(request, _("Saved."))
            if taken:
                messages.info(request, merged_text(form, taken))
            _warn(request, form)
            return redirect(desk.url("map", pk))
    return _form(request, desk, row.map, form, row.name, key=row.key)


def merged_text(form: ActorForm, taken: tuple[str, ...]) -> str:
    """Return what was put together of two people's changes, in a sentence."""
    return _(
        "Somebody else had changed this meanwhile. Kept from them: %(fields)s."
    ) % {"fields": in_words(form, taken)}


def _warn(request: HttpRequest, form: ActorForm) -> None:
    if looks_private(form.cleaned_data["contact"]):
        messages.warning(
            request,
            _(
                "The contact looks like a person's own address. Keep an office's "
                "instead, unless the person has agreed."
            ),
        )


def _form(
    request: HttpRequest,
    desk: Desk,
    found: StakeholderMap,
    form: ActorForm,
    heading: str,
    key: UUID | None = None,
) -> HttpResponse:
    context = {
        "desk": desk,
        "map": found,
        "form": form,
        "heading": heading,
        "back_url": desk.url("map", found.pk),
        "remove_url": desk.url("actor_remove", found.pk, key) if key else "",
    }
    return render(request, "partnerships/actor.html", context)


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
