"""What somebody sees who opens the link to an offer of a seat."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mosty.nominations.models import Call
from mosty.outbox.models import Link
from mosty.selection import policies
from mosty.selection.models import Offer
from mosty.selection.queries.seats import LIVE, begins_at, has_begun


@dataclass(frozen=True, slots=True)
class LinkPage:
    """
    An offer as its nominee sees it.

    ``state`` is ``open``, ``accepted``, ``declined``, ``expired``, ``withdrawn``,
    ``begun`` where nobody answered before the course did begin, or ``cancelled`` where
    the call was while she was offered a seat or had one.
    """

    offer: Offer
    call: Call
    state: str
    can_give_back: bool
    begins: datetime | None


def offers(link: Link) -> QuerySet[Offer]:
    """Return the one offer that ``link`` is for, with what the page shows."""
    return policies.offers_visible_to_link(link).select_related(
        "nomination__call__course__programme", "nomination__organisation"
    )


def link_page(offer: Offer, now: datetime) -> LinkPage:
    """Return what the page shows of ``offer``; no queries."""
    call = offer.nomination.call
    begun = has_begun(call, now)
    state = str(offer.state)
    if call.state == Call.State.CANCELLED and _ended_with(offer, call):
        state = "cancelled"
    elif state == Offer.State.OPEN:
        if now >= offer.expires_at:
            # The worker has not come by yet; the time has passed all the same.
            state = "expired"
        elif begun:
            state = "begun"
    return LinkPage(
        offer=offer,
        call=call,
        state=state,
        can_give_back=state == Offer.State.ACCEPTED and not begun,
        begins=begins_at(call),
    )


def _ended_with(offer: Offer, call: Call) -> bool:
    """Test if the offer lives still, or ended because its call was cancelled."""
    return offer.state in LIVE or (
        offer.state == Offer.State.WITHDRAWN
        and call.cancelled_at is not None
        and offer.answered_at is not None
        and offer.answered_at >= call.cancelled_at
    )
