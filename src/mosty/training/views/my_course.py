"""The page of a participant behind her link: GET shows, POST acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mosty.outbox.http import behind_link
from mosty.outbox.models import Link
from mosty.selection.actions import offers
from mosty.selection.models import Offer
from mosty.training import people
from mosty.training.actions import calendars
from mosty.training.forms.giving_back import GiveBackForm
from mosty.training.queries import my_course as queries
from mosty.ui.pages import done


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(Link.Purpose.TAKE_PART)
def my_course(request: HttpRequest, link: Link) -> HttpResponse:
    """
    Show the course to one of its participants; make the address of her calendar.

    Here she can give her seat back, too: ``?step=give-back`` asks why.

    :raises PermissionDenied: if she asks for one after giving her seat back.
    """
    now = timezone.now()
    offer = get_object_or_404(queries.offers(link))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act in {"calendar", "replace-calendar"}:
        calendars.give_to_participant(
            offer=offer, actor=link, now=now, replace=act == "replace-calendar"
        )
        return redirect(request.path)
    form = GiveBackForm(request.POST if act == "give-back" else None)
    if act == "give-back" and done(form, lambda: _give_back(offer, form, link)):
        return redirect(request.path)
    context = {
        "page": queries.my_course(offer, link.token, now),
        "token": link.token,
        "form": form,
        "asks": act == "give-back" or request.GET.get("step") == "give-back",
    }
    response = render(request, "training/my_course.html", context)
    # So that this phone checks her in without a code.
    people.remember(response, link, now)
    return response


def _give_back(offer: Offer, form: GiveBackForm, link: Link) -> None:
    """Give the seat back; twice is as once."""
    if offer.state == Offer.State.WITHDRAWN:
        return
    offers.give_back(
        offer=offer,
        reason=form.cleaned_data["reason"],
        actor=link,
        now=timezone.now(),
    )
