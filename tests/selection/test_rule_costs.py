"""What each rule costs and what would have changed a chance: worked out once, and kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from mosty.accounts.models import Role
from mosty.engines import selection as engine
from mosty.engines.selection.explaining import explanation
from mosty.nominations.models import Nomination
from mosty.outbox.models import Message
from mosty.selection import words
from mosty.selection.actions import alternatives, deciding, runs
from mosty.selection.models import Decision, Run
from mosty.selection.queries.costs import Cell, costs_page
from mosty.selection.queries.records import text_of
from tests.factories import make_user
from tests.selection.test_access import everything, statuses

LIMIT = {"code": "organisation_most", "params": {"most": 3}}
EDUCATION = {"attribute": "department", "value": "education", "least": 2, "most": None}


@pytest.fixture
def trial(closed, coordinator, now):
    """Return a trial with a quota, one seat for a city, and cities weighed first."""
    rules = {
        **closed.rules.as_json(),
        "seats": 3,
        "least": 1,
        "most": 1,
        "quotas": [EDUCATION],
    }
    return runs.what_if(call=closed, rules=rules, actor=coordinator, now=now)


@pytest.fixture
def gdansk(closed):
    """Return the contact of a city with nominees in the call."""
    city = Nomination.objects.filter(call=closed, family_name="Education gdansk")
    return make_user("Gerda", role=Role.CITY, organisation=city.get().organisation)


def cells(row):
    return [(cell.text, cell.change) for cell in row.cells]


def page(client, run):
    return client.get(reverse("selection:costs", args=[run.pk])).context["page"]


def test_the_result_stands_beside_that_without_each_rule(signed_in, coordinator, trial):
    found = page(signed_in(coordinator), trial)
    assert found.heads == [
        "Seats filled",
        "Priority 1",
        "Priority 2",
        "Priority 3",
        "Smallest chance",
        "People without a chance",
        "Expected: kind of unit, education",
    ]
    assert [row.left_out for row in found.rows] == [
        "",
        "kind of unit, education: at least 2",
        "at most 1 from each city",
        "Priority 1",
        "Priority 2",
        "Priority 3",
    ]
    everything_kept, without_quota, _most, without_first, *_rest = found.rows
    assert cells(everything_kept) == [
        ("3", ""),
        ("3", ""),
        ("2", ""),
        ("6", ""),
        ("12.5%", ""),
        ("0", ""),
        ("2.0", ""),
    ]
    assert cells(without_quota) == [
        ("3", ""),
        ("3", ""),
        ("2", ""),
        ("0", "less"),
        ("16.7%", "more"),
        ("0", ""),
        ("1.0", "less"),
    ]
    assert without_first.cells[1] == Cell("–")


def test_marks_are_no_colours(signed_in, coordinator, trial):
    path = reverse("selection:costs", args=[trial.pk])
    text = signed_in(coordinator).get(path).content.decode()
    assert '<strong><span aria-hidden="true">▲</span> 16.7%</strong>' in text
    assert text.count('<span class="visually-hidden">more than with all rules') == (
        text.count('<span aria-hidden="true">▲')
    )


def test_numbers_are_read_in_the_reader_s_language(signed_in, coordinator, trial):
    with translation.override("pl"):
        row = costs_page(trial).rows[0]
    assert [cell.text for cell in row.cells][-3:] == ["12,5 %", "0", "2,0"]


def test_costs_are_the_engine_s_own(run):
    problem = engine.problem_in(text_of(run))
    assert run.costs == [alternatives.as_json(one) for one in engine.costs(problem)]
    assert run.costs[1]["limit"] == LIMIT


def test_pages_solve_nothing(signed_in, partner, run, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a page solved")

    for name in ("costs", "counterfactuals", "run", "measured"):
        monkeypatch.setattr(engine, name, refuse)
    client = signed_in(partner)
    assert client.get(reverse("selection:costs", args=[run.pk])).status_code == 200
    assert client.get(reverse("selection:run", args=[run.pk])).status_code == 200
    code = run.decisions.filter(outcome="not_selected").first().nomination.code
    path = reverse("selection:decision", args=[run.pk, code])
    assert client.get(path).status_code == 200


def test_who_reads_the_costs(request, signed_in, run):
    path = reverse("selection:costs", args=[run.pk])
    before = everything()
    assert statuses(request, signed_in, path) == (200, 200, 200, 404, 404)
    assert everything() == before
    assert signed_in(request.getfixturevalue("coordinator")).post(path).status_code == (
        405
    )


def test_the_costs_take_three_queries(signed_in, partner, run):
    client = signed_in(partner)
    with CaptureQueriesContext(connection) as asked:
        page(client, run)
    # session, user with roles, run
    assert len(asked) == 3, [query["sql"] for query in asked]
    assert '"selection_run"."record"' not in asked[-1]["sql"]


def test_costs_never_change(run):
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.filter(pk=run.pk).update(costs=[])


def test_too_much_is_not_worked_out_and_said_so(
    signed_in, closed, coordinator, now, monkeypatch
):
    monkeypatch.setattr(alternatives, "MOST_WORK", 10)
    run = runs.draw(call=closed, actor=coordinator, now=now)
    assert run.costs is None
    client = signed_in(coordinator)
    # The run still leads there, where it is said.
    costs = reverse("selection:costs", args=[run.pk])
    shown = client.get(reverse("selection:run", args=[run.pk])).content.decode()
    assert f'href="{costs}"' in shown
    assert "it was not worked out" in client.get(costs).content.decode()
    without = run.decisions.filter(outcome="not_selected").first()
    path = reverse("selection:decision", args=[run.pk, without.nomination.code])
    assert client.get(path).context["page"].otherwise is None
    seated = run.decisions.filter(outcome="selected").first()
    path = reverse("selection:decision", args=[run.pk, seated.nomination.code])
    assert client.get(path).context["page"].otherwise == []


def test_a_solver_that_fails_beside_the_draw_does_not_end_it(
    closed, coordinator, now, monkeypatch
):
    def fail(*args, **kwargs):
        raise engine.SolverFailed("no")

    monkeypatch.setattr(engine, "costs", fail)
    run = runs.draw(call=closed, actor=coordinator, now=now)
    assert (run.state, run.costs) == ("proposed", None)


def decision(**fields):
    rules = {
        "seats": 4,
        "reserve": 2,
        "least": 1,
        "most": 3,
        "members_of": "ump",
        "priorities": [
            {"kind": "coverage", "attribute": "organisation"},
            {"kind": "balance", "attribute": "department"},
        ],
    }
    reason = {
        "code": "not_drawn",
        "position": 3,
        "odds": "1/4",
        "otherwise": [
            {"code": "one_more_seat", "params": {"seats": 5}, "odds": "1/2"},
            {"code": "one_more_of_yours", "params": {"most": 4}, "odds": "1/3"},
            {
                "code": "other_order",
                "params": {"first": 1, "second": 2},
                "odds": "0/1",
            },
        ],
    }
    given = {"outcome": "not_selected", "reasons": [reason], **fields}
    return Decision(run=Run(rules=rules, record={"drawn": ["A"]}), **given)


def test_what_would_have_changed_the_chance_in_both_languages():
    assert words.otherwise(decision()) == [
        "With one seat more, 5, the chance would have been 50.0%.",
        "With at most 4 from the same city, the chance would have been 33.3%.",
        (
            "With priority 2 (a group as even as possible over kinds of units) before priority 1 "
            "(as many different cities as possible), the chance would have been 0%."
        ),
    ]
    with translation.override("pl"):
        assert words.otherwise(decision()) == [
            "Gdyby miejsc było o jedno więcej (5), szansa wynosiłaby 50,0 %.",
            (
                "Gdyby z tego samego miasta mogła być jedna osoba więcej (najwyżej 4), "
                "szansa wynosiłaby 33,3 %."
            ),
            (
                "Gdyby pierwszeństwo 2 (grupa jak najbardziej zrównoważona pod względem "
                "rodzajów jednostek) było ważniejsze niż pierwszeństwo 1 (jak najwięcej "
                "różnych miast), szansa wynosiłaby 0 %."
            ),
        ]


@pytest.mark.parametrize(
    "fields",
    (
        {"outcome": "selected"},
        {"change_reason": "Changed posts.", "changed_by": "Alice Adams"},
        {"outcome": "not_eligible", "reasons": [{"code": "unconfirmed"}]},
        {"reasons": [{"code": "not_drawn", "odds": "1/4"}]},
        {"reasons": [{"code": "not_drawn", "odds": None, "otherwise": []}]},
    ),
)
def test_nothing_is_said_of_others(fields):
    assert words.otherwise(decision(**fields)) == []


def test_what_would_have_changed_is_on_the_page_and_in_the_letter(
    signed_in, signed, coordinator, now
):
    deciding.announce(
        run=signed, answer_by=now + timedelta(days=7), actor=coordinator, now=now
    )
    # A seat more goes to a city with little experience: theirs would have more chance.
    without = signed.decisions.filter(
        outcome__in=("reserve", "not_selected"),
        nomination__organisation__slug__in=("leszno", "rzeszow"),
    ).first()
    sentences = words.otherwise(without)
    assert sentences[0].startswith("With one seat more, 5, ")
    organisation = without.nomination.organisation
    contact = make_user("Gerda", role=Role.CITY, organisation=organisation)
    path = reverse("selection:decision", args=[signed.pk, without.nomination.code])
    assert signed_in(contact).get(path).context["page"].otherwise == sentences
    letter = Message.objects.get(to_email=without.nomination.email)
    assert "What would have changed the chance before the draw:" in letter.body
    assert [one for one in sentences if f"\n- {one}" not in letter.body] == []


def test_the_command_and_the_page_tell_the_same(run):
    text = text_of(run)
    for one in run.decisions.exclude(outcome="selected").select_related("nomination"):
        said = words.otherwise(one)
        numbers = [sentence.rpartition(" ")[2] for sentence in said]
        told = explanation(text, one.nomination.code, "en")
        assert [
            line.rpartition(" ")[2] for line in told if "would have been" in line
        ] == (numbers)
