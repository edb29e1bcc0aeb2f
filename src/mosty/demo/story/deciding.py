"""From a draw to a roster."""

from datetime import datetime, timedelta

from django.db.models import Count

from mosty.accounts.models import Role
from mosty.audit.actors import SYSTEM
from mosty.demo import load
from mosty.demo.cast import Cast, Say, office_hour
from mosty.demo.mail import release
from mosty.nominations.actions import seeds
from mosty.nominations.models import Call
from mosty.nominations.rules import parse
from mosty.nominations.rules.words import priority_words
from mosty.outbox.models import Link, Message
from mosty.selection.actions import deciding, offers, runs
from mosty.selection.models import Offer, Run
from mosty.selection.queries import records
from mosty.selection.words import measure_words


def select(call: Call, cast: Cast, seed: str, at: datetime, say: Say) -> Run:
    call = seeds.enter_seed(call=call, seed=seed, actor=cast.coordinator, now=at)
    run = runs.draw(call=call, actor=cast.coordinator, now=at + timedelta(hours=1))
    outcomes = dict(
        run.decisions.values_list("outcome").annotate(Count("id")).order_by("outcome")
    )
    say(
        f"  drawn with the seed “{seed}”: {outcomes.get('selected', 0)} seats, "
        f"{outcomes.get('reserve', 0)} on the reserve list, "
        f"{outcomes.get('not_selected', 0)} not selected, "
        f"{outcomes.get('not_eligible', 0)} not eligible"
    )
    rules = parse(run.rules)
    reached = records.reached(run)
    for priority, value in zip(rules.priorities, reached, strict=True):
        words = priority_words(priority, rules).rstrip(".")
        say(f"    {words}: {measure_words(priority, value)}, the best possible")
    say(
        f"    smallest chance of a seat among equals: {records.smallest(run)};"
        f" {run.record['cohorts']} cohorts in the lottery"
    )
    return run


def announce(run: Run, cast: Cast, at: datetime, say: Say, unread: int = 0) -> None:
    deciding.sign(run=run, organisation=cast.odihr, actor=cast.coordinator, now=at)
    deciding.sign(
        run=run,
        organisation=cast.unhcr,
        actor=cast.partner,
        now=at + timedelta(hours=2),
    )
    answer_by = (at + timedelta(days=9)).replace(hour=23, minute=59)
    deciding.announce(
        run=run,
        answer_by=answer_by,
        actor=cast.coordinator,
        now=at + timedelta(hours=3),
    )
    waiting = Message.objects.filter(
        scope=run.call.slug, state=Message.State.DRAFT
    ).count()
    released = release(
        run.call, cast.coordinator, at + timedelta(hours=4), unread=unread
    )
    say(
        f"  signed by ODIHR and UNHCR, announced: {waiting} messages written, "
        f"{released} read and released"
    )


def answer(
    call: Call, first_day: datetime, say: Say, *, declining: int, silent: int
) -> None:
    """
    Let those who were offered seats answer; declined ones pass to the reserve list.

    People of the cities one can sign in for accept, so that their pages are never empty.
    """
    shown = [one.organisation for one in load.USERS if one.role == Role.CITY]
    first = sorted(
        Offer.objects.filter(seat__call=call, state=Offer.State.OPEN).select_related(
            "seat", "nomination__organisation"
        ),
        key=lambda one: (one.nomination.organisation.slug in shown, one.seat.number),
    )
    for number, offer in enumerate(first[silent:]):
        offers.answer(
            offer=offer,
            accept=number >= declining,
            actor=_link(offer),
            now=office_hour(first_day, number),
        )
    replaced = Offer.objects.filter(seat__call=call, replaces__isnull=False).count()
    say(
        f"  {len(first) - silent - declining} accepted, {declining} declined, {silent} did "
        f"not answer; {replaced} seats passed on within all limits"
    )


def expire(call: Call, at: datetime, say: Say) -> None:
    expired = offers.expire_due(actor=SYSTEM, now=at)
    say(f"  {expired} offers expired; their seats went to the reserve list")


def accept_all(call: Call, at: datetime, say: Say) -> None:
    left = Offer.objects.filter(seat__call=call, state=Offer.State.OPEN)
    for number, offer in enumerate(left.order_by("seat__number")):
        offers.answer(
            offer=offer,
            accept=True,
            actor=_link(offer),
            now=at + timedelta(minutes=25 * number),
        )
    accepted = Offer.objects.filter(seat__call=call, state=Offer.State.ACCEPTED).count()
    say(f"  roster: {accepted} participants")


def _link(offer: Offer) -> Link:
    return Link.objects.get(
        purpose=Link.Purpose.OFFER, subject=offer.code, revoked_at__isnull=True
    )
