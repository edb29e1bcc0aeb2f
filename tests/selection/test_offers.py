from collections import Counter
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.directory.models import Person
from mosty.engines.selection import SolverFailed, check
from mosty.nominations.actions import calls, nominations
from mosty.nominations.models import Nomination
from mosty.outbox.models import Link, Message
from mosty.selection.actions import offers
from mosty.selection.models import Offer, Seat
from mosty.selection.queries import coming_in, records


def link_of(offer):
    return Link.objects.get(purpose="offer", subject=offer.code, revoked_at=None)


def lawful(run):
    """Test if everybody who holds or is offered a seat keeps the limits together."""
    codes = Offer.objects.filter(
        seat__call=run.call, state__in=offers.LIVE
    ).values_list("nomination__code", flat=True)
    return check.faults(records.problem_of(run), list(codes)) == []


def test_accepting_takes_the_seat_and_makes_a_person(announced, now):
    offer = Offer.objects.first()
    offers.answer(offer=offer, accept=True, actor=link_of(offer), now=now)
    offer.refresh_from_db()
    person = offer.nomination.person
    assert (offer.state, str(person)) == ("accepted", str(offer.nomination))
    assert Message.objects.get(kind="selection.accepted").state == "released"


def test_the_same_answer_again_changes_nothing(announced, now):
    offer = Offer.objects.first()
    link = link_of(offer)
    for _again in range(2):
        offers.answer(offer=offer, accept=True, actor=link, now=now)
    assert Message.objects.filter(kind="selection.accepted").count() == 1
    assert Person.objects.filter(email=offer.nomination.email).count() == 1


def test_declining_passes_the_seat_to_whom_the_rules_put_first_now(
    announced, comes_in, now
):
    offer = Offer.objects.first()
    first = comes_in(announced, offer.nomination)
    offers.answer(offer=offer, accept=False, actor=link_of(offer), now=now)
    new = Offer.objects.get(replaces=offer)
    assert (new.seat_id, new.nomination) == (offer.seat_id, first)
    assert lawful(announced)
    message = Message.objects.get(key=f"selection.offer:{new.code}")
    assert message.state == "released"


def test_who_would_break_a_limit_is_passed_over(announced, closed, now):
    # All but one seat go to one city's three; its most is three.
    problem = records.problem_of(announced)
    assert problem.limits.per_organisation_most == 3
    while True:
        open_offers = list(
            Offer.objects.filter(state="open")
            .select_related("nomination")
            .order_by("id")
        )
        if not open_offers:
            break
        offers.answer(
            offer=open_offers[0], accept=False, actor=link_of(open_offers[0]), now=now
        )
        assert lawful(announced)
    # Everybody was asked once: four selected, six on the reserve list.
    asked = Counter(Offer.objects.values_list("nomination__code", flat=True))
    assert set(asked.values()) == {1}
    assert len(asked) == 10


def test_an_offer_expires_at_its_time_and_not_before(announced, now):
    expiry = Offer.objects.first().expires_at
    assert offers.expire_due(actor=SYSTEM, now=expiry - timedelta(seconds=1)) == 0
    assert offers.expire_due(actor=SYSTEM, now=expiry) == 4
    assert Counter(Offer.objects.values_list("state", flat=True)) == {
        "expired": 4,
        "open": 4,
    }
    assert lawful(announced)
    # The sweep again, at the same moment, changes nothing.
    assert offers.expire_due(actor=SYSTEM, now=expiry) == 0


def test_an_answer_after_the_time_is_refused(announced, now):
    offer = Offer.objects.first()
    with pytest.raises(offers.CannotAnswer):
        offers.answer(
            offer=offer, accept=True, actor=link_of(offer), now=offer.expires_at
        )


def test_after_the_course_began_nobody_is_promoted_and_nobody_answers(announced, now):
    course = announced.call.course
    course.starts_on = course.programme.local(now).date()
    course.ends_on = None
    course.save()
    offer = Offer.objects.first()
    with pytest.raises(offers.CannotAnswer, match="has begun"):
        offers.answer(offer=offer, accept=False, actor=link_of(offer), now=now)
    offers.expire_due(actor=SYSTEM, now=offer.expires_at)
    assert Offer.objects.filter(replaces__isnull=False).count() == 0


def test_an_accepted_seat_can_be_given_back_by_the_city_with_a_reason(
    announced, now, cities
):
    offer = Offer.objects.select_related("nomination__organisation").first()
    offers.answer(offer=offer, accept=True, actor=link_of(offer), now=now)
    from mosty.accounts.models import Role
    from tests.factories import make_user

    contact = make_user(
        "Kontakt", role=Role.CITY, organisation=offer.nomination.organisation
    )
    foreign = make_user(
        "Obcy",
        role=Role.CITY,
        organisation=next(
            c for c in cities if c.pk != offer.nomination.organisation_id
        ),
    )
    with pytest.raises(PermissionDenied):
        offers.give_back(offer=offer, reason="Ill.", actor=foreign, now=now)
    with pytest.raises(offers.CannotGiveBack):
        offers.give_back(offer=offer, reason="", actor=contact, now=now)
    offers.give_back(offer=offer, reason="Ill.", actor=contact, now=now)
    assert Offer.objects.get(replaces=offer).state == "open"
    assert lawful(announced)


def test_a_foreign_link_answers_nothing(announced, now):
    one, other = Offer.objects.all()[:2]
    with pytest.raises(PermissionDenied):
        offers.answer(offer=one, accept=True, actor=link_of(other), now=now)


def test_a_withdrawn_nominee_is_not_promoted(announced, now):
    first = announced.decisions.get(reserve_place=1).nomination
    Nomination.objects.filter(pk=first.pk).update(state="withdrawn", withdrawn_at=now)
    offer = Offer.objects.first()
    offers.answer(offer=offer, accept=False, actor=link_of(offer), now=now)
    assert Offer.objects.get(replaces=offer).nomination != first


def test_reminders_go_once_two_days_before_the_end(announced, now):
    soon = Offer.objects.first().expires_at - timedelta(days=2)
    assert offers.remind_due(actor=SYSTEM, now=soon - timedelta(seconds=1)) == 0
    assert offers.remind_due(actor=SYSTEM, now=soon) == 4
    assert offers.remind_due(actor=SYSTEM, now=soon) == 0
    assert Message.objects.filter(kind="selection.offer_reminder").count() == 4


def test_a_reminder_stands_in_the_ledger(announced, now):
    offer = Offer.objects.first()
    Offer.objects.exclude(pk=offer.pk).update(reminded_at=now)
    offers.remind_due(actor=SYSTEM, now=offer.expires_at - timedelta(days=1))
    entry = Entry.objects.get(verb="offer.reminded")
    assert (entry.target_key, entry.scope, entry.actor_key, entry.after) == (
        offer.code,
        announced.call.slug,
        "system",
        {"nomination": offer.nomination.code},
    )


@pytest.fixture
def solver_fails(monkeypatch):
    """Let the calculation of who comes in fail; return what mends it."""

    def fail(*_args):
        raise SolverFailed("HiGHS ended with an error")

    monkeypatch.setattr(coming_in, "replace", fail)
    return monkeypatch.undo


def test_a_decline_counts_even_where_nobody_can_be_found_for_the_seat(
    announced, solver_fails, secretariat, now
):
    offer = Offer.objects.first()
    offers.answer(offer=offer, accept=False, actor=link_of(offer), now=now)
    offer.refresh_from_db()
    assert (offer.state, offer.waits_since) == ("declined", now)
    assert Offer.objects.filter(replaces=offer).count() == 0
    entry = Entry.objects.get(verb="seat.not_passed_on")
    assert (entry.target_key, entry.scope) == (offer.code, announced.call.slug)

    with pytest.raises(offers.CannotPassOn) as refusal:
        offers.pass_on(offer=offer, actor=secretariat, now=now)
    assert "did not succeed again" in str(refusal.value)

    solver_fails()
    made = offers.pass_on(offer=offer, actor=secretariat, now=now)
    offer.refresh_from_db()
    assert (made.replaces, made.seat_id, offer.waits_since) == (
        offer,
        offer.seat_id,
        None,
    )
    with pytest.raises(offers.CannotPassOn) as refusal:
        offers.pass_on(offer=offer, actor=secretariat, now=now)
    assert str(refusal.value) == "This seat has been passed on already."


def test_a_sweep_goes_on_past_a_seat_that_cannot_be_passed_on(
    announced, solver_fails, now
):
    expiry = Offer.objects.first().expires_at
    assert offers.expire_due(actor=SYSTEM, now=expiry) == 4
    assert Counter(Offer.objects.values_list("state", flat=True)) == {"expired": 4}


def test_only_who_gathers_passes_a_seat_on(
    announced, solver_fails, partner, city, stranger, now
):
    offer = Offer.objects.first()
    offers.answer(offer=offer, accept=False, actor=link_of(offer), now=now)
    for user in (partner, city, stranger):
        with pytest.raises(PermissionDenied):
            offers.pass_on(offer=offer, actor=user, now=now)


def test_only_the_installation_itself_sweeps(announced, coordinator, now):
    for sweep in (
        offers.end_cancelled,
        offers.end_withdrawn,
        offers.expire_due,
        offers.remind_due,
    ):
        with pytest.raises(PermissionDenied):
            sweep(actor=coordinator, now=now)


def test_a_seat_cannot_be_offered_twice_at_once(announced, now):
    offer = Offer.objects.first()
    waiting = announced.decisions.get(reserve_place=1).nomination
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(
            seat=offer.seat,
            nomination=waiting,
            made_at=now,
            expires_at=now + timedelta(days=1),
        )
    assert Seat.objects.filter(call=announced.call).count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_declines_at_once_bring_in_two_different_people(announced, now):
    one, other = Offer.objects.order_by("id")[:2]
    links = {offer.pk: link_of(offer) for offer in (one, other)}
    start = Barrier(2)
    faults = []

    def decline(offer):
        start.wait()
        try:
            offers.answer(offer=offer, accept=False, actor=links[offer.pk], now=now)
        except Exception as fault:  # noqa: BLE001 - shown by the assertion below
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=decline, args=(offer,)) for offer in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    new = Offer.objects.filter(replaces__isnull=False)
    assert len({offer.nomination_id for offer in new}) == 2
    assert len({offer.seat_id for offer in new}) == 2
    assert lawful(announced)


@pytest.fixture
def withdraw(announced, secretariat, now):
    """Withdraw a nomination after closing, as the union may."""

    def act(nomination):
        return nominations.withdraw(
            nomination=nomination, reason="Left the office.", actor=secretariat, now=now
        )

    return act


def test_nobody_takes_a_seat_for_a_nomination_that_was_withdrawn(
    announced, withdraw, now
):
    offer = Offer.objects.first()
    withdraw(offer.nomination)
    with pytest.raises(offers.CannotAnswer, match="has been withdrawn"):
        offers.answer(offer=offer, accept=True, actor=link_of(offer), now=now)


@pytest.mark.parametrize("taken", (False, True))
def test_the_seat_of_a_withdrawn_nomination_goes_to_the_next(
    announced, withdraw, comes_in, now, taken
):
    offer = Offer.objects.first()
    first = comes_in(announced, offer.nomination)
    if taken:
        offers.answer(offer=offer, accept=True, actor=link_of(offer), now=now)
    withdraw(offer.nomination)
    for left in (1, 0):
        assert offers.end_withdrawn(actor=SYSTEM, now=now) == left
    offer.refresh_from_db()
    new = Offer.objects.get(replaces=offer)
    assert (offer.state, new.nomination, new.seat_id) == (
        "withdrawn",
        first,
        offer.seat_id,
    )
    assert lawful(announced)


@pytest.fixture
def cancelled(announced, coordinator, now):
    """Return the draw of a call that was cancelled: one seat is taken, three offered."""
    Message.objects.filter(kind="selection.offer").update(
        state="sent", released_at=now, sent_at=now
    )
    taken = Offer.objects.first()
    offers.answer(offer=taken, accept=True, actor=link_of(taken), now=now)
    calls.cancel(
        call=announced.call, reason="No money.", actor=coordinator, now=now + HOUR
    )
    return announced


HOUR = timedelta(hours=1)


def test_cancelling_a_call_ends_its_offers_and_seats_and_tells(cancelled, now):
    kept = {offer.pk: offer.state for offer in Offer.objects.all()}
    assert Counter(kept.values()) == {"accepted": 1, "open": 3}

    assert offers.end_cancelled(actor=SYSTEM, now=now + 2 * HOUR) == 4

    ended = Offer.objects.values_list("state", "reason").distinct()
    assert list(ended) == [("withdrawn", "No money.")]
    # Nobody comes in.
    assert Offer.objects.count() == 4
    told = Message.objects.filter(kind="selection.call_cancelled")
    assert Counter(told.values_list("state", "subject")) == {
        ("released", "Your seat is cancelled: Good practices"): 1,
        ("released", "The offer of a seat is cancelled: Good practices"): 3,
    }
    assert {"Reason: No money." in message.body for message in told} == {True}
    entries = Entry.objects.filter(verb="offer.cancelled")
    assert Counter(entries.values_list("scope", "reason")) == {
        (cancelled.call.slug, "No money."): 4
    }
    # The sweep again changes nothing.
    assert offers.end_cancelled(actor=SYSTEM, now=now + 2 * HOUR) == 0


def test_nobody_is_told_of_the_end_of_an_offer_that_never_left(
    announced, coordinator, now
):
    calls.cancel(call=announced.call, reason="No.", actor=coordinator, now=now)
    assert offers.end_cancelled(actor=SYSTEM, now=now) == 4
    written = Message.objects.filter(kind__startswith="selection.")
    assert Counter(written.values_list("state", flat=True)) == {"withdrawn": 12}


@pytest.mark.parametrize("accept", (True, False))
def test_nobody_answers_once_the_call_is_cancelled(cancelled, now, accept):
    offer = Offer.objects.filter(state="open").first()
    with pytest.raises(offers.CannotAnswer) as refusal:
        offers.answer(offer=offer, accept=accept, actor=link_of(offer), now=now)
    assert str(refusal.value) == "The call has been cancelled."


def test_a_cancelled_call_s_offers_neither_expire_nor_are_reminded_of(cancelled, now):
    expiry = Offer.objects.filter(state="open").first().expires_at
    assert offers.remind_due(actor=SYSTEM, now=expiry - timedelta(days=1)) == 0
    assert offers.expire_due(actor=SYSTEM, now=expiry) == 0


def test_a_seat_given_back_after_cancelling_goes_to_nobody(cancelled, secretariat, now):
    taken = Offer.objects.get(state="accepted")
    offers.give_back(offer=taken, reason="Ill.", actor=secretariat, now=now + HOUR)
    assert Offer.objects.count() == 4
    Offer.objects.filter(pk=taken.pk).update(waits_since=now)
    with pytest.raises(offers.CannotPassOn) as refusal:
        offers.pass_on(offer=taken, actor=secretariat, now=now + HOUR)
    assert str(refusal.value) == "The call has been cancelled."
