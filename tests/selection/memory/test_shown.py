"""What people read of the seats their city had."""

from datetime import timedelta
from unittest.mock import ANY

import pytest
from django.urls import reverse
from django.utils import translation

from mosty.accounts.models import Role
from mosty.engines.selection.explaining import explanation
from mosty.nominations.models import Call
from mosty.nominations.rules import parse
from mosty.selection import words
from mosty.selection.actions import runs
from mosty.selection.queries import earlier_seats
from mosty.selection.queries.costs import costs_page
from mosty.selection.queries.earlier_seats import Counted
from mosty.selection.queries.records import text_of
from mosty.selection.queries.repair import Meaning, repair_page
from mosty.ui import polish
from mosty.ui.dates import day
from tests.factories import (
    make_nomination,
    make_user,
)
from tests.selection.memory.given import MEMORY, WORDS_EN, address

WORDS_PL = (
    "osoby z miast, które miały dotąd najmniej miejsc na wcześniejszych szkoleniach "
    "tego programu"
)


def impossible(run):
    return run.decisions.filter(nomination__organisation__slug="leszno").first()


def test_who_has_no_seat_because_of_it_reads_so_in_both_languages(run):
    decision = impossible(run)
    assert words.why(decision)[:3] == [
        "There was no chance of a seat before the draw.",
        f"With this person, priority 1 would be served less well: {WORDS_EN}.",
        (
            "The seats that everybody's city has had before, added up, would be 2 "
            "instead of 1."
        ),
    ]
    with translation.override("pl"):
        assert words.why(decision)[:3] == [
            "Już przed losowaniem nie było szansy na miejsce.",
            (
                "Gdyby wybrano to zgłoszenie, gorzej wypadłoby pierwszeństwo 1: "
                f"{WORDS_PL}."
            ),
            (
                "Dotychczasowe miejsca miast, zsumowane dla wszystkich osób w grupie: "
                "2 zamiast 1."
            ),
        ]
    code = decision.nomination.code
    assert explanation(text_of(run), code, "en")[3] == words.why(decision)[2]


@pytest.mark.parametrize("language", ("en", "pl"))
def test_her_page_says_where_her_city_had_seats(run, coordinator, signed_in, language):
    page = signed_in(coordinator).get(
        address(impossible(run)).replace("/en/", f"/{language}/")
    )
    shown = page.context["page"]
    assert [(one.title, one.seats) for one in shown.city_seats] == [
        ("First", 1),
        ("Second", 1),
    ]
    heading = {
        "en": "Seats of the city in earlier courses",
        "pl": "Miejsca miasta na wcześniejszych szkoleniach",
    }[language]
    text = page.content.decode()
    assert text.count(f"<h3>{heading}</h3>") == 1
    assert {"en": WORDS_EN, "pl": polish.bind(WORDS_PL)}[language] in text


def test_a_city_without_earlier_seats_and_a_run_without_the_rule(run):
    def shown(**which):
        decision = run.decisions.filter(**which).first()
        slug = decision.nomination.organisation.slug
        return earlier_seats.remembered_of(run, slug)

    assert shown(nomination__organisation__slug="gdansk") == []
    run.earlier = None
    assert shown(nomination__organisation__slug="gdansk") is None


def test_who_may_not_come_in_reads_nothing_of_earlier_seats(
    remembering, cities, coordinator, signed_in, now
):
    late = make_nomination(
        remembering, cities[0], department="equality", level="senior", checked_at=now
    )
    rules = {**remembering.rules.as_json(), "levels": ["middle"]}
    run = runs.what_if(call=remembering, rules=rules, actor=coordinator, now=now)
    decision = run.decisions.get(nomination=late)
    assert decision.outcome == "not_eligible"
    page = signed_in(coordinator).get(address(decision)).context["page"]
    assert page.city_seats is None


def test_the_run_page_shows_the_seats_so_far(run, coordinator, signed_in):
    page = signed_in(coordinator).get(reverse("selection:run", args=[run.pk]))
    shown = page.context["page"].remembered
    start = run.call.course.starts_on
    assert shown.counted == [
        Counted("First", day(start - timedelta(days=60)), 2),
        Counted("Second", day(start - timedelta(days=30)), 2),
    ]
    assert [(city.name, city.before) for city in shown.cities] == [
        ("Gdańsk", 0),
        ("Lublin", 1),
        ("Rzeszów", 1),
        ("Leszno", 2),
    ]
    assert [city.now for city in shown.cities] == [3, ANY, ANY, 0]
    assert sum(city.now for city in shown.cities) == 4
    text = page.content.decode()
    assert text.count('id="remembered"') == 1
    [priority] = page.context["page"].priorities
    assert priority.reached == (
        "earlier seats of everybody's city, added up: 1, the fewest possible"
    )


def test_after_a_change_by_hand_the_draw_reached_fewer():
    memory = parse(
        {"seats": 1, "reserve": 0, "least": 1, "most": 1, "members_of": "u"}
        | {"priorities": [MEMORY]}
    ).priorities[0]
    assert words.reached_words(memory, 3, 1) == (
        "earlier seats of everybody's city, added up: 3; the draw reached 1"
    )


def test_a_partner_reads_it_and_a_city_only_of_itself(run, partner, cities, signed_in):
    path = reverse("selection:run", args=[run.pk])
    page = signed_in(partner).get(path)
    assert len(page.context["page"].remembered.cities) == 4
    gdansk = make_user("Gerda", role=Role.CITY, organisation=cities[2])
    assert signed_in(gdansk).get(path).status_code in {302, 403, 404}


def test_what_the_rule_costs_names_it(run, coordinator, signed_in):
    shown = costs_page(run)
    assert (shown.has_memory, shown.priorities) == (True, [WORDS_EN])
    text = (
        signed_in(coordinator)
        .get(reverse("selection:costs", args=[run.pk]))
        .content.decode()
    )
    assert text.count("Of a priority that goes by earlier seats") == 1


def test_a_repair_says_what_its_number_is(remembering, coordinator, now):
    limit = {"attribute": "department", "value": "police", "least": 1, "most": None}
    remembering.versions.create(
        number=3,
        stored={**remembering.rules.as_json(), "quotas": [limit]},
        reason="A quota.",
        made_by="Alice",
        made_at=now,
    )
    remembering.forget_rules()
    with pytest.raises(runs.NoCohort):
        runs.draw(call=remembering, actor=coordinator, now=now)
    page = repair_page(Call.objects.get(pk=remembering.pk))
    assert page.means[1] == Meaning(
        WORDS_EN.capitalize(), "earlier seats of everybody's city, added up: 1"
    )
