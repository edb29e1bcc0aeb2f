"""The page behind the link to an offer: GET shows, POST answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from mosty.kernel.refusal import Refusal
from mosty.outbox.http import behind_link
from mosty.outbox.models import Link
from mosty.selection.actions import offers
from mosty.selection.forms import ReasonForm, blame
from mosty.selection.models import Offer
from mosty.selection.queries import link_page

# Steps that only show another form on the same address.
STEPS = frozenset({"decline", "give-back"})


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(Link.Purpose.OFFER)
def offer(request: HttpRequest, link: Link) -> HttpResponse:
    """Show the offer and take the answer; the same answer twice changes nothing."""
    now = timezone.now()
    found = get_object_or_404(link_page.offers(link))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    step = act if act in STEPS else request.GET.get("step", "")
    form = ReasonForm(request.POST if act == "give-back" else None)
    refused = ""
    try:
        if act in {"accept", "decline"}:
            offers.answer(offer=found, accept=act == "accept", actor=link, now=now)
            return redirect(request.path)
        if act == "give-back" and form.is_valid():
            _give_back(found, form, link)
            return redirect(request.path)
    except offers.CannotGiveBack as refusal:
        blame(form, refusal)
    except Refusal as refusal:
        refused = str(refusal)
        found = get_object_or_404(link_page.offers(link))
    context = {
        "page": link_page.link_page(found, now),
        "form": form,
        "step": step if step in STEPS else "",
        "refused": refused,
    }
    return render(request, "selection/link_offer.html", context)


def _give_back(found: Offer, form: ReasonForm, link: Link) -> None:
    """Give the seat back; twice is as once."""
    if found.state == Offer.State.WITHDRAWN:
        return
    offers.give_back(
        offer=found,
        reason=form.cleaned_data["reason"],
        actor=link,
        now=timezone.now(),
    )
