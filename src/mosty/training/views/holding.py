"""A participant's certificate behind her link: GET shows, POST changes what others see."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from mosty.audit import downloads
from mosty.outbox.http import behind_link
from mosty.outbox.models import Link
from mosty.selection.models import Offer
from mosty.training import badges, printing
from mosty.training.actions import certificates as acts
from mosty.training.models import Certificate
from mosty.training.queries import holding as queries
from mosty.training.queries.certificates import sheet

View = Callable[[HttpRequest, Link, Offer], HttpResponse]


def _by_link(view: View) -> Callable[..., HttpResponseBase]:
    """Give the view the seat that the link is for."""

    @behind_link(Link.Purpose.TAKE_PART)
    @wraps(view)
    def opened(request: HttpRequest, link: Link) -> HttpResponse:
        return view(request, link, get_object_or_404(queries.seats(link)))

    return opened


@require_http_methods(["GET", "HEAD", "POST"])
@_by_link
def certificate(request: HttpRequest, link: Link, offer: Offer) -> HttpResponse:
    """Show how she stands and her certificate; she says whether others see her name."""
    if request.method == "POST":
        found = get_object_or_404(queries.live_of(offer))
        shows = request.POST.get("act") == "show-name"
        acts.show_name(certificate=found, shows=shows, actor=link, now=timezone.now())
        return redirect(request.path)
    context = {"holding": queries.holding_of(offer, timezone.now()), "offer": offer}
    return render(request, "training/certificates/link.html", context)


@require_GET
@_by_link
def pdf(request: HttpRequest, link: Link, offer: Offer) -> HttpResponse:
    """Give her certificate to her as PDF."""
    found = _live(offer)
    content = printing.pdf(*sheet(found))
    return downloads.to_its_person(content, f"{found.serial}.pdf")


@require_GET
@_by_link
def badge_json(request: HttpRequest, link: Link, offer: Offer) -> HttpResponse:
    """Give her badge to her as the signed token, as wallets take it."""
    found = _live(offer)
    return downloads.to_its_person(badges.signed(found), f"{found.serial}.jwt")


@require_GET
@_by_link
def badge_png(request: HttpRequest, link: Link, offer: Offer) -> HttpResponse:
    """Give her badge to her as a picture that carries the token."""
    found = _live(offer)
    baked = badges.baked_png(printing.badge(sheet(found)[0]), badges.signed(found))
    return downloads.to_its_person(baked, f"{found.serial}.png")


def _live(offer: Offer) -> Certificate:
    """Return her certificate that holds; without one, there is no file."""
    found = queries.live_of(offer).first()
    if found is None:
        raise Http404
    return found
