"""Rules that go by the seats cities had before: which seats count, and what is said."""

from datetime import timedelta
from unittest.mock import ANY

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.accounts.models import Role
from mosty.engines import selection as engine
from mosty.engines.selection.explaining import explanation
from mosty.nominations.models import Call, KnownCities
from mosty.nominations.queries import known
from mosty.nominations.rules import parse
from mosty.programmes.models import Course
from mosty.selection import words
from mosty.selection.actions import runs
from mosty.selection.models import Offer, Run, Seat
from mosty.selection.queries import earlier_seats, pool
from mosty.selection.queries.costs import costs_page
from mosty.selection.queries.earlier_seats import Counted
from mosty.selection.queries.records import text_of
from mosty.selection.queries.repair import Meaning, repair_page
from mosty.ui.dates import day
from tests.factories import (
    make_call,
    make_nomination,
    make_programme,
    make_user,
)
from tests.selection.test_after_seed import enter

MEMORY = {"kind": "memory", "attribute": "organisation"}
WORDS_EN = (
    "people from cities that have had fewest seats in earlier courses of this programme"
)
WORDS_PL = (
    "osoby z miast, które miały dotąd najmniej miejsc na wcześniejszych szkoleniach "
    "tego programu"
)


@pytest.fixture
def took(closed, ump, now):
    """Return what lets cities take seats in another course, by its days from this one."""

    def take(slug, days, cities, state="accepted", programme=None, **fields):
        course = Course.objects.create(
            programme=programme or closed.course.programme,
            slug=slug,
            title=slug.title(),
            languages=["pl"],
            starts_on=None
            if days is None
            else closed.course.starts_on + timedelta(days=days),
        )
        call = make_call(course, slug=slug, channel=ump)
        for number, city in enumerate(cities, 1):
            Offer.objects.create(
                seat=Seat.objects.create(call=call, number=number),
                nomination=make_nomination(call, city),
                state=state,
                made_at=now - timedelta(days=20),
                expires_at=now + timedelta(days=9),
                **{
                    "answered_at": None if state == "open" else now - timedelta(days=9),
                    "accepted_at": now - timedelta(days=9),
                    **fields,
                },
            )
        return call

    return take


@pytest.fixture
def remembering(closed, cities, took):
    """Return the call with the memory as its only aim, and what cities had before."""
    leszno, rzeszow, _gdansk, lublin = cities
    took("first", -60, [leszno, rzeszow])
    took("second", -30, [leszno, lublin])
    closed.versions.create(
        number=2,
        stored={**closed.rules.as_json(), "priorities": [MEMORY]},
        reason="Cities that had fewer seats come first.",
        made_by="Alice",
        made_at=closed.opens_at,
    )
    return Call.objects.select_related("course__programme").get(pk=closed.pk)


@pytest.fixture
def run(remembering, coordinator, now):
    """Return the draw of that call."""
    return runs.draw(call=remembering, actor=coordinator, now=now)


COUNTED = [
    {"call": "first", "seats": {"leszno": 1, "rzeszow": 1}},
    {"call": "second", "seats": {"leszno": 1, "lublin": 1}},
]


def had(call):
    """Return the earlier seats that the engine is given."""
    [memory] = pool.gather(call, call.rules).problem(call.rules).priorities
    return dict(memory.seats)


def test_seats_taken_in_earlier_courses_are_added_up_by_city(remembering):
    assert earlier_seats.taken(remembering) == COUNTED
    assert had(remembering) == {"leszno": 2, "rzeszow": 1, "lublin": 1}


def test_courses_stand_in_the_order_of_their_days_not_of_their_making(
    remembering, took, cities
):
    took("zero", -90, [cities[3]])
    found = [row["call"] for row in earlier_seats.taken(remembering)]
    assert found == ["zero", "first", "second"]


@pytest.mark.parametrize("days", (0, 1, None))
def test_a_course_of_the_same_day_a_later_one_and_one_without_a_day_count_not(
    remembering, took, cities, days
):
    took("other", days, cities)
    assert earlier_seats.taken(remembering) == COUNTED


def test_another_programme_counts_not(remembering, took, cities):
    took("other", -10, cities, programme=make_programme("other"))
    assert earlier_seats.taken(remembering) == COUNTED


@pytest.mark.parametrize("state", ("open", "declined", "expired", "withdrawn"))
def test_an_offer_that_was_not_taken_counts_not(remembering, took, cities, state):
    took("other", -10, cities, state=state)
    assert earlier_seats.taken(remembering) == COUNTED
    without_seed(remembering)
    assert earlier_seats.taken(remembering) == COUNTED


def without_seed(call):
    Call.objects.filter(pk=call.pk).update(seed="", seed_entered_at=None)
    call.refresh_from_db()


def test_a_course_without_a_day_has_no_earlier_ones(remembering):
    remembering.course.starts_on = None
    assert earlier_seats.taken(remembering) == []


@pytest.mark.parametrize(
    ("accepted", "ended", "expected"),
    ((-1, None, 1), (1, None, 0), (-2, -1, 0), (-1, 1, 1)),
)
def test_a_seat_counts_as_it_stood_when_the_seed_was_entered(
    remembering, took, cities, accepted, ended, expected
):
    moment = remembering.seed_entered_at
    took(
        "other",
        -10,
        [cities[2]],
        state="accepted" if ended is None else "withdrawn",
        accepted_at=moment + timedelta(hours=accepted),
        answered_at=moment + timedelta(hours=ended or accepted),
    )
    assert had(remembering).get("gdansk", 0) == expected


@pytest.mark.parametrize(("cancelled", "expected"), ((-1, 0), (1, 1), (None, 0)))
def test_seats_of_a_cancelled_call_count_until_it_was_cancelled(
    remembering, took, cities, cancelled, expected
):
    other = took("other", -10, [cities[2]])
    Call.objects.filter(pk=other.pk).update(
        state="cancelled",
        cancelled_at=None
        if cancelled is None
        else remembering.seed_entered_at + timedelta(hours=cancelled),
    )
    assert had(remembering).get("gdansk", 0) == expected
    without_seed(remembering)
    assert had(remembering).get("gdansk", 0) == 0


def test_the_earlier_seats_are_kept_with_the_seed(
    remembering, took, cities, coordinator, now
):
    call = enter(remembering, coordinator, now)
    assert KnownCities.objects.get(call=call).seats == COUNTED
    # Whoever knows the seed can no longer move a course before this one.
    Course.objects.filter(slug="second").update(starts_on=call.course.starts_on)
    assert [row["call"] for row in earlier_seats.taken(call)] == ["first"]
    assert had(call) == {"leszno": 2, "rzeszow": 1, "lublin": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        KnownCities.objects.update(seats=[])


def test_a_call_whose_seed_was_entered_before_they_were_kept_counts_them_anew(
    remembering, coordinator, now, monkeypatch
):
    monkeypatch.setattr(known, "seats_now_of", lambda _call: None)
    call = enter(remembering, coordinator, now)
    assert KnownCities.objects.get(call=call).seats is None
    assert had(call) == {"leszno": 2, "rzeszow": 1, "lublin": 1}


def test_only_cities_with_eligible_people_are_given_to_the_engine(
    remembering, took, krakow
):
    took("other", -10, [krakow])
    assert had(remembering) == {"leszno": 2, "rzeszow": 1, "lublin": 1}


def test_cities_that_had_fewest_seats_come_first(run):
    seated = [
        decision.nomination.organisation.slug
        for decision in run.decisions.filter(outcome="selected")
    ]
    # Three of Gdańsk, which had none, and one of a city that had one.
    assert sorted(seated)[:3] == ["gdansk"] * 3
    assert sorted(seated)[3] in {"lublin", "rzeszow"}
    assert run.record["priorities"] == {"memory organisation": 1}


def test_the_calls_that_count_are_kept_with_the_run_and_never_change(run):
    assert run.earlier == COUNTED
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.update(earlier=[])
    assert engine.verify(text_of(run)) == []


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


def address(decision):
    return reverse(
        "selection:decision", args=[decision.run_id, decision.nomination.code]
    )


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
    assert {"en": WORDS_EN, "pl": WORDS_PL}[language] in text


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


def test_a_trial_can_forget_and_a_comparison_says_so(
    run, remembering, coordinator, signed_in, now
):
    trial = runs.what_if(
        call=remembering,
        rules={**remembering.rules.as_json(), "priorities": []},
        actor=coordinator,
        now=now,
    )
    assert trial.earlier is None
    page = (
        signed_in(coordinator)
        .get(reverse("selection:compare", args=[run.pk, trial.pk]))
        .context["page"]
    )
    assert [(row.what, row.before, row.after) for row in page.rules] == [
        (f"Place of a priority ({WORDS_EN})", "1", "—")
    ]
    assert page.priorities[0].before == (
        "earlier seats of everybody's city, added up: 1"
    )


def test_seats_counted_otherwise_are_said_where_two_runs_are_compared(
    run, remembering, coordinator, signed_in, cities, took, now
):
    took("third", -20, [cities[1]])
    rules = remembering.rules.as_json()
    trial = runs.what_if(call=remembering, rules=rules, actor=coordinator, now=now)
    path = reverse("selection:compare", args=[run.pk, trial.pk])
    page = signed_in(coordinator).get(path).context["page"]
    assert [row.in_words() for row in page.rules] == ["Earlier seats (Rzeszów): 1 → 2"]
    assert page.pools.is_same


def test_a_draw_that_was_asked_for_with_other_seats_is_another_input(
    remembering, took, cities, coordinator, now
):
    first = runs.what_if(
        call=remembering,
        rules=remembering.rules.as_json(),
        actor=coordinator,
        now=now,
    )
    took("third", -10, [cities[2]])
    second = runs.what_if(
        call=remembering,
        rules=remembering.rules.as_json(),
        actor=coordinator,
        now=now,
    )
    assert first.input_digest != second.input_digest
    assert [row["call"] for row in second.earlier] == ["first", "second", "third"]


OTHERS = [
    {"kind": "coverage", "attribute": "organisation"},
    {"kind": "prefer", "who": {"experience": ["little"]}},
    {"kind": "balance", "attribute": "department"},
    {"kind": "balance", "attribute": "organisation"},
]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=25,
)
@given(
    priorities=st.lists(st.sampled_from(OTHERS), unique_by=str),
    seats=st.integers(1, 8),
)
def test_rules_without_it_give_the_engine_what_they_always_gave(
    remembering, priorities, seats
):
    rules = parse(
        {
            **remembering.rules.as_json(),
            "priorities": priorities,
            "seats": seats,
            "most": 1,
        }
    )
    gathered = pool.gather(remembering, rules)
    assert gathered.earlier is None
    # As it would be if nobody had ever had a seat.
    with transaction.atomic():
        Offer.objects.all().delete()
        assert pool.gather(remembering, rules) == gathered
        transaction.set_rollback(True)
    problem = gathered.problem(rules)
    assert [type(one).__name__.lower() for one in problem.priorities] == [
        one["kind"] for one in priorities
    ]


def test_a_run_without_it_shows_nothing_of_it(
    closed, took, cities, coordinator, signed_in, now
):
    took("first", -60, cities)
    run = runs.draw(call=closed, actor=coordinator, now=now)
    assert run.earlier is None
    page = signed_in(coordinator).get(reverse("selection:run", args=[run.pk]))
    assert page.context["page"].remembered is None
    assert 'id="remembered"' not in page.content.decode()
    decision = run.decisions.first()
    page = signed_in(coordinator).get(address(decision))
    assert page.context["page"].city_seats is None


@pytest.mark.parametrize("count", (1, 3))
def test_the_run_page_takes_constant_queries_however_many_courses_count(
    remembering, took, cities, coordinator, signed_in, now, count
):
    def asked(run):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("selection:run", args=[run.pk]))
        return len(queries)

    for number in range(count):
        took(f"other{number}", -10, cities)
    rules = remembering.rules.as_json()
    with_it, without = (
        runs.what_if(
            call=remembering,
            rules={**rules, "priorities": priorities},
            actor=coordinator,
            now=now,
        )
        for priorities in ([MEMORY], [])
    )
    client = signed_in(coordinator)
    asked(without)
    # Seats of this run by city, the cities, and the calls that count.
    assert asked(with_it) - asked(without) == 3
