"""The board of seats: what it says, what may be done there, and what a city sees."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from mosty.accounts.models import Role
from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.nominations.models import Nomination
from mosty.nominations.rules import Balance, Coverage, Memory
from mosty.office.fields import name_of
from mosty.office.queries.ledger import changes
from mosty.office.queries.needs import needs_of
from mosty.outbox.models import Link
from mosty.selection.actions import offers
from mosty.selection.models import Decision, Offer
from mosty.selection.queries import records
from mosty.selection.queries.board import time_left
from mosty.selection.words import passed_over
from tests.factories import RULES, make_user


@pytest.fixture
def gdansk(announced):
    """Return the contact of Gdańsk."""
    organisation = Offer.objects.get(
        nomination__organisation__slug="gdansk"
    ).nomination.organisation
    return make_user("Gerda Gdańska", role=Role.CITY, organisation=organisation)


def board(client, run):
    path = reverse("selection:offers", args=[run.call.slug])
    return client.get(path).context["page"]


def offer_of(city):
    return Offer.objects.select_related("nomination").get(
        nomination__organisation__slug=city, replaces__isnull=True
    )


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


def test_who_was_passed_over_and_why_is_said_to_partners(
    announced, coordinator, gdansk, signed_in
):
    offer = offer_of("gdansk")
    Offer.objects.filter(pk=offer.pk).update(
        passed_over=[
            {
                "nomination": "K7PX-2M",
                "code": "limit",
                "limits": [{"code": "organisation_most", "params": {"most": 3}}],
            }
        ]
    )
    page = board(signed_in(coordinator), announced)
    seat = next(row for row in page.seats if row.now.code == offer.code)
    assert seat.now.passed_over == [
        (
            "K7PX-2M: with this person these limits could no longer be kept together: "
            "at most 3 from each city."
        )
    ]
    # The other city's code is not this city's business.
    (own,) = board(signed_in(gdansk), announced).seats
    assert own.now.passed_over == []


def test_who_would_leave_a_city_out_is_passed_over_on_the_board_and_in_the_ledger(
    announced, coordinator, signed_in, now
):
    """The only seat of a city falls free: its own people come in before others."""
    first = announced.decisions.get(reserve_place=1).nomination
    # Cities with little experience are preferred, so the list begins with these two.
    gone = offer_of({"leszno": "rzeszow", "rzeszow": "leszno"}[first.organisation.slug])
    waiting = list(
        announced.decisions.filter(outcome="reserve")
        .exclude(nomination__organisation=gone.nomination.organisation)
        .select_related("nomination")
        .order_by("reserve_place")
    )
    offers.answer(offer=gone, accept=False, actor=coordinator, now=now)
    new = Offer.objects.select_related("nomination__organisation").get(replaces=gone)
    assert new.nomination.organisation == gone.nomination.organisation
    place = announced.decisions.get(nomination=new.nomination).reserve_place
    before = [one.nomination.code for one in waiting if one.reserve_place < place]
    assert before
    page = board(signed_in(coordinator), announced)
    seat = next(row for row in page.seats if row.now.code == new.code)
    # Of her own city, the evenness of the group may have passed over somebody.
    others = [text for text in seat.now.passed_over if text.partition(":")[0] in before]
    assert others == [
        f"{code}: with this person priority 1 would be served less well: as many "
        "different cities as possible (3 instead of 4)."
        for code in before
    ]
    entry = Entry.objects.get(verb="offer.made", after__replaces=gone.nomination.code)
    (kept,) = (
        change
        for change in changes(entry.before, entry.after)
        if change.field == name_of("passed_over")
    )
    assert kept.after == " ".join(passed_over(new.passed_over))
    assert f"{before[0]}: with this person priority 1 would" in kept.after


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


def test_a_seat_that_nobody_can_take_says_why(
    signed_in, partner, gdansk, announced, coordinator, now, monkeypatch
):
    """With one seat for a city at most, only the own city's people could come in."""
    offer = offer_of("gdansk")
    Nomination.objects.filter(
        call=announced.call, organisation=offer.nomination.organisation
    ).exclude(pk=offer.nomination_id).update(state="withdrawn", withdrawn_at=now)
    problem = records.problem_of(announced)
    one_each = replace(problem.limits, per_organisation_most=1)
    problem = replace(problem, limits=one_each)
    monkeypatch.setattr(records, "problem_of", lambda run: problem)
    offers.answer(offer=offer, accept=False, actor=coordinator, now=now)
    assert not Offer.objects.filter(replaces=offer).exists()
    seat = next(
        row for row in board(signed_in(partner), announced).seats if row.now is None
    )
    waiting = announced.decisions.filter(
        outcome="reserve", nomination__state="submitted"
    ).order_by("reserve_place")
    assert seat.none_fits == [
        f"{decision.nomination.code}: with this person these limits could no longer be "
        "kept together: at most 1 from each city."
        for decision in waiting
    ]
    (own,) = board(signed_in(gdansk), announced).seats
    assert own.none_fits == []


TWO_PRIORITIES = replace(
    RULES,
    priorities=(
        Coverage("organisation"),
        Balance("department"),
        Memory("organisation"),
    ),
)


def harm(priority):
    params = {"priority": priority, "before": 4, "after": 3}
    return {"code": "would_harm", "params": params, "limits": []}


@pytest.mark.parametrize(
    ("item", "english", "polish"),
    (
        (
            harm(1),
            (
                "K7PX-2M: with this person priority 1 would be served less well: as many "
                "different cities as possible (3 instead of 4)."
            ),
            (
                "K7PX-2M: z tą osobą gorzej wypadłoby pierwszeństwo 1: jak najwięcej różnych "
                "miast (3 zamiast 4)."
            ),
        ),
        (
            harm(2),
            (
                "K7PX-2M: with this person priority 2 would be served less well: a group as "
                "even as possible over kinds of units (distance from an even group: 3 "
                "instead of 4)."
            ),
            (
                "K7PX-2M: z tą osobą gorzej wypadłoby pierwszeństwo 2: grupa jak najbardziej "
                "zrównoważona pod względem rodzajów jednostek (odchylenie od równego podziału: "
                "3 zamiast 4)."
            ),
        ),
        (
            harm(3),
            (
                "K7PX-2M: with this person priority 3 would be served less well: people from "
                "cities that have had fewest seats in earlier courses of this programme "
                "(earlier seats of everybody's city, added up: 3 instead of 4)."
            ),
            (
                "K7PX-2M: z tą osobą gorzej wypadłoby pierwszeństwo 3: osoby z miast, które "
                "miały dotąd najmniej miejsc na wcześniejszych szkoleniach tego programu "
                "(dotychczasowe miejsca miast, zsumowane dla wszystkich osób w grupie: 3 "
                "zamiast 4)."
            ),
        ),
        (
            {"code": "fewer_seats", "params": {"before": 4, "after": 3}, "limits": []},
            "K7PX-2M: with this person fewer seats could be filled: 3 instead of 4.",
            "K7PX-2M: z tą osobą obsadzono by mniej miejsc: 3 zamiast 4.",
        ),
        (
            {"code": "already_seated"},
            "K7PX-2M: has a seat already.",
            "K7PX-2M: ma już miejsce.",
        ),
        (
            {"code": "excluded"},
            "K7PX-2M: was no longer available.",
            "K7PX-2M: nie wchodzi już w grę.",
        ),
        (
            {
                "code": "limit",
                "limits": [
                    {"code": "organisation_most", "params": {"most": 1}},
                    {"code": "seats", "params": {"seats": 4}},
                ],
            },
            (
                "K7PX-2M: with this person these limits could no longer be kept together: "
                "at most 1 from each city; 4 seats."
            ),
            (
                "K7PX-2M: z tą osobą nie można by już zachować jednocześnie tych limitów: "
                "najwyżej 1 z każdego miasta; 4 miejsca."
            ),
        ),
    ),
)
def test_why_somebody_was_passed_over_in_both_languages(item, english, polish):
    items = [{"nomination": "K7PX-2M", **item}]
    assert passed_over(items, TWO_PRIORITIES) == [english]
    with translation.override("pl"):
        assert passed_over(items, TWO_PRIORITIES) == [polish]


def test_a_priority_is_said_by_its_number_where_the_rules_are_not_at_hand():
    items = [{"nomination": "K7PX-2M", **harm(1)}]
    english = "K7PX-2M: with this person priority 1 would be served less well: 3 instead of 4."
    polish = "K7PX-2M: z tą osobą gorzej wypadłoby pierwszeństwo 1: 3 zamiast 4."
    assert passed_over(items) == [english]
    with translation.override("pl"):
        assert passed_over(items) == [polish]
