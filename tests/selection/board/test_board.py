"""The board of seats: what it says, what may be done there, and what a city sees."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mosty.accounts.models import Role
from mosty.audit.actors import SYSTEM
from mosty.engines.selection import SolverFailed
from mosty.office.queries.needs import needs_of
from mosty.outbox.models import Link
from mosty.selection.actions import offers
from mosty.selection.models import Decision, Offer
from mosty.selection.queries import coming_in
from mosty.selection.queries.board import time_left
from tests.factories import make_user
from tests.selection.board.given import board, offer_of


def test_the_board_counts_and_tells_the_history_of_a_seat(
    signed_in, secretariat, announced, coordinator, comes_in, now
):
    first, second = offer_of("leszno"), offer_of("gdansk")
    expected = comes_in(announced, second.nomination)
    offers.answer(offer=first, accept=True, actor=coordinator, now=now)
    offers.answer(offer=second, accept=False, actor=coordinator, now=now)
    page = board(signed_in(secretariat), announced)
    numbers = page.numbers
    assert (
        numbers.seats,
        numbers.accepted,
        numbers.open,
        numbers.free,
        numbers.waiting,
    ) == (4, 1, 3, 0, 5)
    seat = next(row for row in page.seats if row.before)
    assert [(o.nominee, o.state) for o in seat.before] == [
        (second.nomination.code, "declined")
    ]
    assert seat.now.nominee == expected.code
    assert seat.now.left == "4 days left"
    place = announced.decisions.get(nomination=expected).reserve_place
    assert [person.place for person in page.waiting] == [
        other for other in range(1, 7) if other != place
    ]


def test_a_city_sees_its_own_people_only(
    signed_in, gdansk, announced, coordinator, now
):
    page = board(signed_in(gdansk), announced)
    assert not page.sees_all
    assert {row.now.city for row in page.seats} == {"Gdańsk"}
    assert {person.city for person in page.waiting} <= {"Gdańsk"}
    assert [row.now.can_answer for row in page.seats] == [False]
    assert [row.now.can_give_back for row in page.seats] == [True]
    # Her seat passes to another city: its new holder is nobody she knows of.
    offers.answer(offer=offer_of("gdansk"), accept=False, actor=coordinator, now=now)
    page = board(signed_in(gdansk), announced)
    new = Offer.objects.get(replaces__isnull=False).nomination
    shown = [row.now for row in page.seats if row.now]
    assert [a.city for a in shown] == (
        ["Gdańsk"] if new.organisation.slug == "gdansk" else []
    )
    assert [a.state for row in page.seats for a in row.before] == ["declined"]


def test_answers_are_entered_for_somebody(signed_in, secretariat, announced):
    offer = offer_of("gdansk")
    path = reverse("selection:answer", args=[offer.code])
    client = signed_in(secretariat)
    assert client.get(path).status_code == 200
    assert client.post(path, {"answer": "perhaps"}).status_code == 200
    assert offer_of("gdansk").state == "open"
    client.post(path, {"answer": "accept"})
    assert offer_of("gdansk").state == "accepted"


def test_a_city_gives_a_seat_back_with_a_reason(signed_in, gdansk, announced):
    offer = offer_of("gdansk")
    path = reverse("selection:give_back", args=[offer.code])
    client = signed_in(gdansk)
    assert client.post(path, {"reason": ""}).context["form"].errors == {
        "reason": ["This field is required."]
    }
    assert client.post(path, {"reason": "Changed posts."}).status_code == 302
    assert offer_of("gdansk").state == "withdrawn"


def test_who_sees_all_is_told_who_is_next_before_and_after(
    signed_in, secretariat, announced, comes_in
):
    offer = offer_of("gdansk")
    expected = comes_in(announced, offer.nomination)
    path = reverse("selection:give_back", args=[offer.code])
    client = signed_in(secretariat)
    found = client.get(path).context["next"]
    place = announced.decisions.get(nomination=expected).reserve_place
    assert (found.nomination, found.place) == (expected, place)
    assert offer_of("gdansk").state == "open"
    board = client.post(path, {"reason": "Ill."}, follow=True)
    assert [str(one) for one in board.context["messages"]] == [
        "The seat is given back.",
        f"Now offered to: {expected}, {expected.organisation}. The message has left.",
    ]
    assert Offer.objects.get(replaces=offer).nomination == expected


def test_a_city_is_not_told_who_is_next(signed_in, gdansk, announced):
    path = reverse("selection:give_back", args=[offer_of("gdansk").code])
    client = signed_in(gdansk)
    assert client.get(path).context["next"] is None
    board = client.post(path, {"reason": "Ill."}, follow=True)
    assert [str(one) for one in board.context["messages"]] == [
        "The seat is given back."
    ]


def test_a_calculation_that_fails_does_not_stop_giving_back(
    signed_in, secretariat, announced, monkeypatch
):
    monkeypatch.setattr(coming_in, "replace", Mock(side_effect=SolverFailed("no")))
    path = reverse("selection:give_back", args=[offer_of("gdansk").code])
    client = signed_in(secretariat)
    assert client.get(path).context["next"].failed is True
    client.post(path, {"reason": "Ill."})
    assert offer_of("gdansk").waits_since is not None


def test_after_the_course_began_only_who_gathers_gives_back(
    signed_in, gdansk, announced, secretariat, now
):
    course = announced.call.course
    course.starts_on = course.programme.local(now).date()
    course.ends_on = None
    course.save()
    offer = offer_of("gdansk")
    path = reverse("selection:give_back", args=[offer.code])
    refused = signed_in(gdansk).post(path, {"reason": "Ill."})
    assert refused.context["form"].non_field_errors() == [
        "The course has begun. Write to the contact named in the call."
    ]
    assert signed_in(secretariat).post(path, {"reason": "Ill."}).status_code == 302
    assert Offer.objects.filter(replaces__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("left", "words"),
    (
        (timedelta(days=2, hours=5), "2 days left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(hours=23, minutes=59), "23 hours left"),
        (timedelta(minutes=59), "less than an hour left"),
    ),
)
def test_how_long_is_left(left, words):
    assert time_left(left) == words


def test_a_replacement_answers_before_the_course_begins(announced, coordinator, now):
    course = announced.call.course
    course.starts_on = course.programme.local(now).date() + timedelta(days=2)
    course.ends_on = None
    course.save()
    offer = offer_of("gdansk")
    offers.answer(offer=offer, accept=False, actor=coordinator, now=now)
    new = Offer.objects.get(replaces=offer)
    begins = course.programme.local(new.expires_at)
    assert (begins.date(), begins.hour, begins.minute) == (course.starts_on, 0, 0)


def test_the_sweep_takes_the_call_before_the_offers(announced, now):
    """Two who lock in different orders wait for each other for ever."""
    expiry = Offer.objects.first().expires_at
    with CaptureQueriesContext(connection) as asked:
        offers.expire_due(actor=SYSTEM, now=expiry)
    locked = [q["sql"] for q in asked if "FOR UPDATE" in q["sql"]]
    assert 'FROM "nominations_call"' in locked[0]


def test_the_link_of_an_ended_offer_still_says_how_it_ended(
    announced, coordinator, client, now
):
    offer = offer_of("gdansk")
    offers.answer(offer=offer, accept=False, actor=coordinator, now=now)
    assert Link.objects.get(subject=offer.code).revoked_at is None


def test_a_city_reads_who_of_hers_got_nothing_and_why(signed_in, announced, partner):
    left_out = Decision.objects.select_related("nomination").filter(
        run=announced, outcome="not_selected"
    )
    assert left_out.count() == 2
    city = left_out[0].nomination.organisation
    own = {d.nomination.code for d in left_out if d.nomination.organisation == city}
    contact = make_user("Celina Miejska", role=Role.CITY, organisation=city)
    client = signed_in(contact)
    page = board(client, announced)
    assert {one.code for one in page.others} == own
    for code in own:
        path = reverse("selection:decision", args=[announced.pk, code])
        assert client.get(path).status_code == 200
    # Whoever sees all reads them on the page of the run.
    assert board(signed_in(partner), announced).others == []


def test_a_city_is_told_the_result_on_its_own_page_for_two_weeks(announced, gdansk):
    def told(at):
        return [
            (need.count, need.detail)
            for need in needs_of(gdansk, at)
            if "/offers/" in need.url
        ]

    at = announced.announced_at
    # One of its three has a seat; where the others stand, the draw says.
    rows = Decision.objects.filter(
        run=announced, nomination__organisation__slug="gdansk"
    )
    reserve = rows.filter(outcome="reserve").count()
    detail = f"seats: 1 · reserve list: {reserve} · neither: {2 - reserve}"
    assert told(at + timedelta(days=13)) == [(3, detail)]
    assert told(at + timedelta(days=15)) == []


@pytest.mark.parametrize("count", (1, 3))
def test_the_board_costs_the_same_for_one_and_three(
    signed_in, partner, announced, count, django_assert_num_queries
):
    Offer.objects.filter(
        pk__in=Offer.objects.order_by("-id").values("pk")[: 4 - count]
    ).delete()
    client = signed_in(partner)
    with django_assert_num_queries(11):
        # session, user with roles, call; announced run, sees all; seats counted, seats,
        # their offers; the reserve list; seats counted, offers counted
        board(client, announced)


def test_a_seat_that_waits_for_a_person_is_shown_to_who_gathers(
    signed_in, secretariat, partner, gdansk, announced, coordinator, now
):
    offer = offer_of("gdansk")
    offers.answer(offer=offer, accept=False, actor=coordinator, now=now)
    Offer.objects.filter(replaces=offer).delete()
    Offer.objects.filter(pk=offer.pk).update(waits_since=now)

    shown = {
        user: [
            row.waits for row in board(signed_in(user), announced).seats if row.waits
        ]
        for user in (secretariat, partner, gdansk)
    }
    assert shown == {secretariat: [offer.code], partner: [], gdansk: []}

    path = reverse("selection:pass_on", args=[offer.code])
    answers = [
        signed_in(user).post(path).status_code
        for user in (partner, gdansk, secretariat)
    ]
    assert answers == [403, 403, 302]
    assert Offer.objects.get(replaces=offer).state == "open"
    assert signed_in(secretariat).get(path).status_code == 405
