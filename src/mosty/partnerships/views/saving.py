"""What the forms of actors and of ties do alike: add, change what others change too, show."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mosty.kernel.refusal import Refusal
from mosty.partnerships.actions.writing import AtOdds
from mosty.partnerships.forms.actors import ActorForm, TieForm
from mosty.partnerships.forms.writing import SharedForm, after, in_words
from mosty.partnerships.models import StakeholderMap
from mosty.partnerships.views.desks import Desk
from mosty.ui.pages import show

_TEMPLATES: dict[type[SharedForm], str] = {
    ActorForm: "partnerships/actor.html",
    TieForm: "partnerships/tie.html",
}


def added(request: HttpRequest, desk: Desk, pk: int, again: str) -> HttpResponse:
    """Go back to the map; or to the page ``again``, where that button was pressed."""
    wants_more = request.POST.get("act") == "again"
    return redirect(desk.url(again if wants_more else "map", pk))


def changed(
    request: HttpRequest, form: SharedForm, act: Callable[[], tuple[str, ...]]
) -> bool:
    """
    Test if ``form`` was sent and ``act`` put it in, and say so.

    ``act`` returns the fields that were taken over from somebody else. What is at odds
    with what somebody else wrote, or refused, is shown on the form.
    """
    if not form.is_valid():
        return False
    try:
        taken = act()
    except AtOdds as refusal:
        after(refusal, request.POST, form)
        return False
    except Refusal as refusal:
        show(refusal, form)
        return False
    messages.success(request, _("Saved."))
    if taken:
        text = _(
            "Somebody else had changed this meanwhile. Kept from them: %(fields)s."
        ) % {"fields": in_words(form, taken)}
        messages.info(request, text)
    return True


def shown(
    request: HttpRequest,
    desk: Desk,
    found: StakeholderMap,
    form: SharedForm,
    heading: str,
    remove_url: str = "",
) -> HttpResponse:
    """Return the page of a form, of an actor or of a tie."""
    context = {
        "desk": desk,
        "map": found,
        "form": form,
        "heading": heading,
        "back_url": desk.url("map", found.pk),
        "remove_url": remove_url,
    }
    return render(request, _TEMPLATES[type(form)], context)
