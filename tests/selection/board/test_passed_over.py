"""Why somebody was passed over: who reads it, in which words, in both languages."""

from dataclasses import replace

import pytest
from django.utils import translation

from mosty.audit.models import Entry
from mosty.nominations.models import Nomination
from mosty.nominations.rules import Balance, Coverage, Memory
from mosty.office.fields import name_of
from mosty.office.queries.ledger import changes
from mosty.selection.actions import offers
from mosty.selection.models import Offer
from mosty.selection.queries import records
from mosty.selection.words import passed_over
from tests.factories import RULES
from tests.selection.board.given import board, offer_of


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
