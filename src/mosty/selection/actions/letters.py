"""The messages of a selection, each put into the outbox in the recipient's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count
from django.utils import translation

from mosty.nominations.models import Call, Nomination
from mosty.outbox import actions as outbox
from mosty.outbox import text
from mosty.outbox.letters import Recipient
from mosty.outbox.models import Link, Message
from mosty.selection import words
from mosty.selection.models import Decision, Offer, Run
from mosty.selection.queries.seats import begins_at

# The link still opens after the offer's end, to say how it ended.
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
        # Who has withdrawn meanwhile waits for no answer.
        .filter(nomination__state=Nomination.State.SUBMITTED)
        .select_related("nomination__organisation")
        .order_by("id")
    )
    for decision in others:
        decision.run = run
        nomination = decision.nomination
        nomination.call = run.call
        name = TEMPLATES[Decision.Outcome(decision.outcome)]
        with translation.override(nomination.language):
            context = _explained(decision)
        _put(
            nomination,
            name,
            key=f"run{run.pk}:{nomination.code}",
            now=now,
            context=context,
        )


def _explained(decision: Decision) -> dict[str, object]:
    """Return a result and its reasons, in the language that is active."""
    return {
        "decision": decision,
        "why": words.why(decision),
        "otherwise": words.otherwise(decision),
    }


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


def call_cancelled(
    *, offer: Offer, was_accepted: bool, now: datetime
) -> Message | None:
    """
    Say that the call was cancelled, and with it the offer or the seat.

    Nothing is said to somebody whose offer never left.
    """
    if Message.objects.filter(
        key=f"selection.offer:{offer.code}", state=Message.State.WITHDRAWN
    ).exists():
        return None
    return _put(
        offer.nomination,
        "call_cancelled",
        key=offer.code,
        now=now,
        context={"was_accepted": was_accepted, "reason": offer.reason},
        at_once=True,
    )


def _link(offer: Offer, now: datetime) -> Link:
    return outbox.make_link(
        purpose=Link.Purpose.OFFER,
        subject=offer.code,
        now=now,
        expires_at=_link_end(offer),
    )


def _link_end(offer: Offer) -> datetime:
    """Return until when the link opens: while a seat can still be given back, at least."""
    end = offer.expires_at + LINK_OUTLIVES
    begins = begins_at(offer.nomination.call)
    return end if begins is None else max(end, begins)


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
        to=_recipient(nomination),
        template=f"selection/mail/{name}.txt",
        context={**_context(nomination), **(context or {})},
        now=now,
        scope=call.slug,
        link=link,
        reply_to=call.contact_email,
        at_once=at_once,
    )


def _recipient(nomination: Nomination) -> Recipient:
    return Recipient(str(nomination), nomination.email, nomination.language)


def _context(nomination: Nomination) -> dict[str, object]:
    """Return what every letter speaks of."""
    call: Call = nomination.call
    return {
        "call": call,
        "course": call.course,
        "programme": call.course.programme,
        "city": nomination.organisation,
    }


@dataclass(frozen=True, slots=True)
class Example:
    """One of several alike letters: what it is, how many go, and one of them as text."""

    kind: str
    language: str
    count: int
    subject: str
    body: str


def examples(*, run: Run, answer_by: datetime) -> list[Example]:
    """
    Return one letter of each kind and language that announcing ``run`` would write.

    Nothing is stored; two queries.
    """
    decisions = Decision.objects.filter(
        run=run, nomination__state=Nomination.State.SUBMITTED
    )
    counts = {
        (outcome, language): count
        for outcome, language, count in decisions.order_by()
        .values_list("outcome", "nomination__language")
        .annotate(count=Count("pk"))
    }
    chosen = (
        decisions.select_related("nomination__organisation")
        .order_by("outcome", "nomination__language", "id")
        .distinct("outcome", "nomination__language")
    )
    found = {}
    for decision in chosen:
        decision.run, decision.nomination.call = run, run.call
        group = (decision.outcome, decision.nomination.language)
        found[group] = _example(decision, answer_by, counts[group])
    return [
        found[group]
        for outcome in Decision.Outcome.values
        for group in sorted(found)
        if group[0] == outcome
    ]


def _example(decision: Decision, answer_by: datetime, count: int) -> Example:
    nomination = decision.nomination
    language = nomination.language
    if language not in dict(settings.LANGUAGES):
        language = "en"
    with translation.override(language):
        if decision.outcome == Decision.Outcome.SELECTED:
            name = "offer"
            context: dict[str, object] = {
                "answer_by": nomination.call.course.programme.local(answer_by),
                "from_reserve": False,
            }
        else:
            name = TEMPLATES[Decision.Outcome(decision.outcome)]
            context = _explained(decision)
        written = text.render(
            f"selection/mail/{name}.txt",
            {
                **_context(nomination),
                **context,
                "link": text.LINK,
                "to": _recipient(nomination),
            },
        )
    subject, _newline, body = written.strip().partition("\n")
    return Example(
        kind=str(Decision.Outcome(decision.outcome).label),
        language=str(dict(settings.LANGUAGES)[language]),
        count=count,
        subject=subject,
        body=body.strip(),
    )
