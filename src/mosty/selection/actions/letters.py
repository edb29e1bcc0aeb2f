"""The messages of a selection, each put into the outbox in the recipient's language."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import translation

from mosty.nominations.models import Call, Nomination
from mosty.outbox import actions as outbox
from mosty.outbox.actions import Recipient
from mosty.outbox.models import Link, Message
from mosty.selection import words
from mosty.selection.models import Decision, Offer, Run

# The link still opens after the offer's end, to say that it has ended.
LINK_OUTLIVES = timedelta(days=14)

TEMPLATES = {
    Decision.Outcome.RESERVE: "reserve",
    Decision.Outcome.NOT_SELECTED: "not_selected",
    Decision.Outcome.NOT_ELIGIBLE: "not_eligible",
}


def results(*, run: Run, offers: Iterable[Offer], now: datetime) -> None:
    """Write to everybody submitted: an offer, a place on the list, or why not."""
    for made in offers:
        made.nomination.call = run.call
        offer(offer=made, now=now)
    others = (
        Decision.objects.filter(run=run, outcome__in=list(TEMPLATES))
        .select_related("nomination__organisation")
        .order_by("id")
    )
    for decision in others:
        decision.run = run
        nomination = decision.nomination
        nomination.call = run.call
        name = TEMPLATES[Decision.Outcome(decision.outcome)]
        with translation.override(nomination.language):
            why = words.why(decision)
        _put(
            nomination,
            name,
            key=f"run{run.pk}:{nomination.code}",
            now=now,
            context={"decision": decision, "why": why},
        )


def offer(*, offer: Offer, now: datetime, at_once: bool = False) -> Message:
    """Write the offer of a seat, with the link by which it is answered."""
    return _put(
        offer.nomination,
        "offer",
        key=offer.code,
        now=now,
        link=_link(offer, now),
        context={
            "answer_by": _local(offer),
            "from_reserve": offer.replaces_id is not None,
        },
        at_once=at_once,
    )


def reminder(*, offer: Offer, now: datetime) -> Message:
    """Remind of an offer that has not been answered."""
    return _put(
        offer.nomination,
        "offer_reminder",
        key=offer.code,
        now=now,
        link=_link(offer, now),
        context={"answer_by": _local(offer)},
        at_once=True,
    )


def accepted(*, offer: Offer, now: datetime) -> Message:
    """Confirm that the seat is taken."""
    return _put(
        offer.nomination,
        "accepted",
        key=offer.code,
        now=now,
        link=_link(offer, now),
        at_once=True,
    )


def given_back(*, offer: Offer, now: datetime) -> Message:
    """Confirm that the seat was given back."""
    return _put(offer.nomination, "given_back", key=offer.code, now=now, at_once=True)


def expired(*, offer: Offer, now: datetime) -> Message:
    """Say that the offer has ended without an answer."""
    return _put(offer.nomination, "expired", key=offer.code, now=now, at_once=True)


def _link(offer: Offer, now: datetime) -> Link:
    return outbox.make_link(
        purpose=Link.Purpose.OFFER,
        subject=offer.code,
        now=now,
        expires_at=_link_end(offer),
    )


def _link_end(offer: Offer) -> datetime:
    return offer.expires_at + LINK_OUTLIVES


def _local(offer: Offer) -> datetime:
    return offer.nomination.call.course.programme.local(offer.expires_at)


def _put(
    nomination: Nomination,
    name: str,
    *,
    key: str,
    now: datetime,
    context: dict[str, object] | None = None,
    link: Link | None = None,
    at_once: bool = False,
) -> Message:
    call: Call = nomination.call
    return outbox.put(
        key=f"selection.{name}:{key}",
        kind=f"selection.{name}",
        to=Recipient(str(nomination), nomination.email, nomination.language),
        template=f"selection/mail/{name}.txt",
        context={
            "call": call,
            "course": call.course,
            "programme": call.course.programme,
            "city": nomination.organisation,
            **(context or {}),
        },
        now=now,
        scope=call.slug,
        link=link,
        reply_to=call.contact_email,
        at_once=at_once,
    )
