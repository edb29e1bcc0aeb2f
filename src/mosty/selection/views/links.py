"""The page behind the link to an offer: GET shows, POST answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mosty.kernel.refusal import Refusal
from mosty.outbox.http import link_gone
from mosty.outbox.models import Link
from mosty.outbox.queries import LinkGone, link_for
from mosty.selection.actions import offers
from mosty.selection.forms import ReasonForm, blame
from mosty.selection.models import Offer
from mosty.selection.queries import link_page

# Steps that only show another form on the same address.
STEPS = frozenset({"decline", "give-back"})


# Browsers send no origin from pages that give no referrer, and Django would refuse the
# form. Who holds the token may act; no cookie of ours is asked.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, token: str) -> HttpResponse:
    """Show the offer and take the answer; the same answer twice changes nothing."""
    now = timezone.now()
    try:
        link = link_for(token, Link.Purpose.OFFER, now)
    except LinkGone as gone:
        return link_gone(request, gone)
    found = get_object_or_404(link_page.offers(link))
    act = request.POST.get("act", "") if request.method == "POST" else ""
    step = act if act in STEPS else request.GET.get("step", "")
    form = ReasonForm(request.POST if act == "give-back" else None)
    refused = ""
    try:
        if act in {"accept", "decline"}:
            offers.answer(offer=found, accept=act == "accept", actor=link, now=now)
            return _private(redirect(request.path))
        if act == "give-back" and form.is_valid():
            _give_back(found, form, link)
            return _private(redirect(request.path))
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
    return _private(render(request, "selection/link_offer.html", context))


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


def _private(response: HttpResponse) -> HttpResponse:
    """Keep the page out of caches, and its address, which holds a token, to itself."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
