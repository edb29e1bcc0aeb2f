"""What holds when people act in the same moment: threads with their own connections."""

from uuid import uuid4

import pytest

from mosty.nominations.actions.duplicates import CannotDecide, decide
from mosty.nominations.actions.entries import CannotNominate
from mosty.nominations.actions.nominations import CannotWithdraw, nominate, withdraw
from mosty.nominations.models import Nomination, PossibleDuplicate
from mosty.outbox.models import Message
from tests.factories import make_nomination
from tests.fixtures.together import at_the_ledger
from tests.nominations.nominations.people import a_person

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6


@pytest.mark.parametrize("submit", (True, False))
def test_the_cap_is_never_exceeded(call, krakow, city, secretariat, now, submit):
    def act(number):
        return lambda: nominate(
            call=call,
            organisation=krakow,
            person=a_person(f"Person{number}"),
            submit=submit,
            actor=city if number % 2 else secretariat,
            now=now,
        )

    results = at_the_ledger([act(number) for number in range(THREADS)])

    assert Nomination.objects.count() == call.rules.most
    refusals = [one for one in results if isinstance(one, CannotNominate)]
    assert len(refusals) == THREADS - call.rules.most
    places = Nomination.objects.order_by("preference").values_list(
        "preference", flat=True
    )
    assert list(places) == [1, 2, 3]


def test_the_same_form_sent_many_times_at_once_nominates_once(call, krakow, city, now):
    key = uuid4()

    def act():
        return nominate(
            call=call,
            organisation=krakow,
            person=a_person(),
            submit=True,
            actor=city,
            now=now,
            key=key,
        ).pk

    assert len(set(at_the_ledger([act] * THREADS))) == 1
    assert (Nomination.objects.count(), Message.objects.count()) == (1, 1)


def test_two_cities_that_name_one_person_at_once_are_noticed(
    call, krakow, lodz, city, other_city, now
):
    def act(organisation, actor):
        return lambda: nominate(
            call=call,
            organisation=organisation,
            person=a_person(email="Same@example.org"),
            submit=True,
            actor=actor,
            now=now,
        )

    at_the_ledger([act(krakow, city), act(lodz, other_city)])

    assert PossibleDuplicate.objects.get().why == PossibleDuplicate.Why.EMAIL


def test_two_who_withdraw_at_once_write_one_message(own, city, secretariat, now):
    results = at_the_ledger(
        [
            lambda actor=actor: withdraw(
                nomination=own, reason="Leaving.", actor=actor, now=now
            )
            for actor in (city, secretariat)
        ]
    )

    assert sum(isinstance(one, CannotWithdraw) for one in results) == 1
    assert Message.objects.count() == 1


def test_of_two_who_decide_at_once_the_second_learns_of_the_first(
    call, krakow, secretariat, coordinator, now
):
    first, second = (make_nomination(call, krakow) for _number in range(2))
    pair = PossibleDuplicate.objects.create(first=first, second=second, why="name")
    results = at_the_ledger(
        [
            lambda actor=actor, decision=decision: decide(
                pair=PossibleDuplicate.objects.select_related(
                    "first__call__course"
                ).get(pk=pair.pk),
                decision=decision,
                reason="I asked.",
                actor=actor,
                now=now,
            )
            for actor, decision in (
                (secretariat, PossibleDuplicate.Decision.SAME),
                (coordinator, PossibleDuplicate.Decision.DIFFERENT),
            )
        ]
    )

    refusals = [one for one in results if isinstance(one, CannotDecide)]
    assert len(refusals) == 1
    pair.refresh_from_db()
    assert str(refusals[0]) == (
        f"Somebody else has decided meanwhile: {pair.get_decision_display()}. Look again."
    )
