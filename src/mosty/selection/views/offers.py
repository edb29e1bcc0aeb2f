"""The board of seats, and what is done there for somebody who cannot do it herself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.selection import policies
from mosty.selection.actions import offers
from mosty.selection.forms import ReasonForm, blame
from mosty.selection.models import Offer
from mosty.selection.queries import board as boards
from mosty.selection.queries import coming_in


@require_safe
@login_required
def board(request: MemberRequest, slug: str) -> HttpResponse:
    """Show every seat with its history, and who waits; a city sees its own people."""
    call = get_object_or_404(
        policies.boards_visible_to(request.user).select_related("course__programme"),
        slug=slug,
    )
    page = boards.board(call, request.user, request.GET, timezone.now())
    return render(request, "selection/offers.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def answer(request: MemberRequest, code: str) -> HttpResponse:
    """Ask what somebody answered by telephone or letter, and enter it."""
    offer = get_object_or_404(boards.offers_for(request.user), code=code)
    require(policies.can_answer(request.user, offer))
    slug = offer.nomination.call.slug
    said = request.POST.get("answer")
    if request.method == "POST" and said in {"accept", "decline"}:
        try:
            offers.answer(
                offer=offer,
                accept=said == "accept",
                actor=request.user,
                now=timezone.now(),
            )
        except offers.CannotAnswer as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The answer is entered."))
            if said == "decline":
                _say_who_is_next(request, offer)
        return redirect("selection:offers", slug)
    return render(request, "selection/answer.html", {"offer": offer})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def give_back(request: MemberRequest, code: str) -> HttpResponse:
    """Ask why a seat is given back, and give it back."""
    offer = get_object_or_404(boards.offers_for(request.user), code=code)
    require(policies.can_give_back(request.user, offer))
    slug = offer.nomination.call.slug
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            offers.give_back(
                offer=offer,
                reason=form.cleaned_data["reason"],
                actor=request.user,
                now=timezone.now(),
            )
        except offers.CannotGiveBack as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The seat is given back."))
            _say_who_is_next(request, offer)
            return redirect("selection:offers", slug)
    sees_all = policies.sees_all_seats(request.user, offer.nomination.call)
    context = {
        "form": form,
        "offer": offer,
        "sees_all": sees_all,
        # Who comes in is no city's business but her own.
        "next": coming_in.preview(offer, timezone.now())
        if sees_all and offer.is_live
        else None,
        "heading": _("Give the seat back"),
        "what": _(
            "The seat is offered to the person on the reserve list who now fits the rules "
            "best. This cannot be undone."
        ),
        "button": _("Give it back"),
        "stops": True,
        "cancel_url": reverse("selection:offers", args=[slug]),
    }
    return render(request, "selection/give_back.html", context)


def _say_who_is_next(request: MemberRequest, freed: Offer) -> None:
    """Say to whom the seat is offered now, to somebody who sees all seats."""
    if not policies.sees_all_seats(request.user, freed.nomination.call):
        return
    made = coming_in.successor(freed)
    if made is None:
        messages.info(request, _("Nobody was offered the seat. The board says why."))
        return
    messages.success(
        request,
        _("Now offered to: %(name)s, %(city)s. The message has left.")
        % {"name": made.nomination, "city": made.nomination.organisation},
    )


@require_POST
@login_required
def pass_on(request: MemberRequest, code: str) -> HttpResponse:
    """Try again to pass on a seat that waits for a person."""
    offer = get_object_or_404(boards.offers_for(request.user), code=code)
    try:
        made = offers.pass_on(offer=offer, actor=request.user, now=timezone.now())
    except offers.CannotPassOn as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("The seat is offered to the next person on the reserve list.")
            if made
            else _("Nobody on the reserve list can come in; the seat stays free."),
        )
    return redirect("selection:offers", offer.nomination.call.slug)
