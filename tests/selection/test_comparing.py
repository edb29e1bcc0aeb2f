"""Two runs side by side: what differs in what they were made from, and why who changed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from mosty.directory.models import Department, Organisation
from mosty.nominations.models import Nomination
from mosty.nominations.rules import Balance, Coverage, Prefer, Quota
from mosty.selection.actions import runs
from mosty.selection.models import Decision, Run
from mosty.selection.queries import comparing_inputs
from mosty.selection.queries.comparing import compare
from mosty.selection.queries.comparing_causes import Inputs, cause
from mosty.selection.queries.comparing_inputs import Differing, Pools
from mosty.selection.words import in_brief
from tests.factories import RULES, make_nomination

ORDER = (
    Coverage("organisation"),
    Prefer((("experience", ("little",)),)),
    Balance("department"),
)


@pytest.fixture
def trial(closed, coordinator, now):
    """Return what makes a trial of the closed call with other rules."""

    def make(**changes):
        rules = {**closed.rules.as_json(), **changes}
        return runs.what_if(call=closed, rules=rules, actor=coordinator, now=now)

    return make


def said(differing):
    return [(one.what, one.before, one.after) for one in differing]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "expected"),
    (
        ({}, []),
        ({"seats": 26}, [("Seats", "25", "26")]),
        ({"reserve": 12}, [("Places on the reserve list", "10", "12")]),
        (
            {"least": 4},
            [
                (
                    "How many a city nominates",
                    "Up to 4 people from each city.",
                    "Exactly 4 people from each city.",
                )
            ],
        ),
        ({"must_confirm": False}, [("The nominated person must confirm", "yes", "no")]),
        (
            {"new_in_post_months": 6},
            [
                ("New in post: below so many months", "12", "6"),
            ],
        ),
        (
            {"quotas": (Quota("gender", "woman", 8, None),)},
            [("Limit (gender, woman)", "–", "at least 8 seats")],
        ),
        (
            {"priorities": (ORDER[0], ORDER[2], ORDER[1])},
            [
                (
                    (
                        "Place of a priority (as many as possible of these people: from "
                        "cities that until February 2022 had few migrants and refugees and so "
                        "less experience)"
                    ),
                    "2",
                    "3",
                ),
                (
                    "Place of a priority (a group as even as possible over kinds of units)",
                    "3",
                    "2",
                ),
            ],
        ),
        (
            {"priorities": ORDER[1:2]},
            [
                (
                    "Place of a priority (as many different cities as possible)",
                    "1",
                    "–",
                ),
                (
                    (
                        "Place of a priority (as many as possible of these people: from "
                        "cities that until February 2022 had few migrants and refugees and so "
                        "less experience)"
                    ),
                    "2",
                    "1",
                ),
                (
                    "Place of a priority (a group as even as possible over kinds of units)",
                    "3",
                    "–",
                ),
            ],
        ),
    ),
)
def test_what_differs_in_the_rules_is_said_by_rule(changes, expected):
    own = replace(RULES, priorities=ORDER)
    assert said(comparing_inputs.rules(own, replace(own, **changes))) == expected


SAME = Pools([], [], {})
SEATS = Differing("Seats", "4", "5", "seats")
UNIT = Differing("kind of unit", "education", "culture")
DEPARTMENTS = Differing("Units and posts", "a", "b", "departments")


def decision(outcome="selected", **reason):
    by_hand = reason.pop("by_hand", "")
    return Decision(
        outcome=outcome, reasons=[{"code": "drawn", **reason}], change_reason=by_hand
    )


def inputs(*rules, pools=SAME, others_eligible=False, same_seed=True):
    return Inputs(rules, pools, others_eligible, same_seed)


THIRD, SURE, NONE = decision(odds="1/3"), decision(odds="1"), decision(odds="0")
BARRED = decision("not_eligible", code="department", value="police", allowed=[])
DECLINED = decision("not_eligible", code="declined")
BOTH = Decision(outcome="not_eligible", reasons=BARRED.reasons + DECLINED.reasons)
CASES = (
    (None, SURE, inputs(), "This nomination counts in the second run only."),
    (SURE, None, inputs(), "This nomination counts in the first run only."),
    (
        SURE,
        decision(by_hand="Her office asked."),
        inputs(),
        "The result of a run was changed by hand.",
    ),
    (
        THIRD,
        decision("reserve", odds="1/3"),
        inputs(SEATS, pools=Pools(["A"], [], {})),
        "The chance was the same in both runs: only the draw differs.",
    ),
    (
        decision(),
        decision("reserve"),
        inputs(same_seed=False),
        "Rules and nominations are the same: only the draw differs.",
    ),
    (
        decision(),
        decision("reserve"),
        inputs(),
        "Rules, nominations and seed are the same; only the calculation differs.",
    ),
    (
        SURE,
        THIRD,
        inputs(SEATS),
        (
            "Only one rule differs. Seats: 4 → 5. The chance: 100% → 33.3%. The draw decided "
            "the rest."
        ),
    ),
    (
        NONE,
        decision("reserve", odds="0"),
        inputs(SEATS),
        "Only one rule differs. Seats: 4 → 5.",
    ),
    (
        SURE,
        NONE,
        inputs(SEATS, DEPARTMENTS),
        "Only the rules differ, in 2 points. The chance: 100% → 0%.",
    ),
    (
        SURE,
        NONE,
        inputs(pools=Pools([], [], {"HER": [UNIT]})),
        (
            "Only what is known of this person differs. Kind of unit: education → culture. "
            "The chance: 100% → 0%."
        ),
    ),
    (
        SURE,
        NONE,
        inputs(pools=Pools([], ["A"], {"HER": [UNIT]})),
        "Only the nominations differ, not the rules. The chance: 100% → 0%.",
    ),
    (
        SURE,
        NONE,
        inputs(pools=Pools([], [], {"HER": [UNIT]}), others_eligible=True),
        "Only the nominations differ, not the rules. The chance: 100% → 0%.",
    ),
    (
        SURE,
        NONE,
        inputs(SEATS, others_eligible=True),
        (
            "Rules and nominations both differ; the records alone do not tell which of them "
            "decided. The chance: 100% → 0%."
        ),
    ),
    (
        SURE,
        BARRED,
        inputs(DEPARTMENTS),
        "Not eligible by a rule of the second run, which the first has otherwise.",
    ),
    (
        BARRED,
        SURE,
        inputs(DEPARTMENTS),
        "Not eligible by a rule of the first run, which the second has otherwise.",
    ),
    (
        SURE,
        DECLINED,
        inputs(DEPARTMENTS, others_eligible=True),
        (
            "Not eligible in the second run only, by rules that both runs have: what is known "
            "of the nomination differs."
        ),
    ),
    (
        BARRED,
        SURE,
        inputs(SEATS),
        (
            "Not eligible in the first run only, by rules that both runs have: what is known "
            "of the nomination differs."
        ),
    ),
    (
        BOTH,
        SURE,
        inputs(DEPARTMENTS),
        "Rules and what is known of the nomination both decided about eligibility.",
    ),
)


@pytest.mark.parametrize(("before", "after", "given", "expected"), CASES)
def test_the_cause_is_said_where_the_records_tell(before, after, given, expected):
    assert cause("HER", before, after, given) == expected


def test_the_cause_is_said_in_polish():
    with translation.override("pl"):
        assert cause("HER", SURE, THIRD, inputs(replace(SEATS, what="Miejsca"))) == (
            "Różni się tylko jedna zasada. Miejsca: 4 → 5. Szansa: 100 % → 33,3 %. "
            "O reszcie zdecydowało losowanie."
        )


@pytest.mark.parametrize(
    ("outcome", "reason", "english", "polish"),
    (
        (
            "selected",
            {"code": "drawn", "odds": "1/3", "position": 2},
            ["Drawn, with a chance of 33.3%."],
            ["Miejsce wylosowane, szansa: 33,3 %."],
        ),
        (
            "reserve",
            {"code": "not_drawn", "odds": "1/3", "position": 2},
            ["Not drawn, with a chance of 33.3%."],
            ["Miejsce nie zostało wylosowane, szansa: 33,3 %."],
        ),
        (
            "reserve",
            {"code": "not_drawn", "odds": None, "position": 2},
            [
                (
                    "Between equals the drawn order decided: place 2 of 3, after the seats were "
                    "taken."
                )
            ],
            [
                (
                    "Między równymi zgłoszeniami zdecydowało losowanie: miejsce 2 z 3, gdy "
                    "miejsca były już zajęte."
                )
            ],
        ),
        (
            "selected",
            {
                "code": "would_harm_without",
                "params": {"priority": 1, "before": 4, "after": 3},
                "odds": "1",
            },
            [
                "The seat was certain before the draw.",
                (
                    "Without this person, priority 1 would be served less well: as many "
                    "different cities as possible."
                ),
                "It would reach 3 instead of 4.",
            ],
            [
                "Miejsce było pewne już przed losowaniem.",
                (
                    "Bez tego zgłoszenia gorzej wypadłoby pierwszeństwo 1: jak najwięcej "
                    "różnych miast."
                ),
                "Wynik: 3 zamiast 4.",
            ],
        ),
        (
            "not_eligible",
            {"code": "declined"},
            ["The nominated person has declined."],
            ["Osoba zgłoszona odmówiła."],
        ),
    ),
)
def test_reasons_stand_side_by_side_in_brief(outcome, reason, english, polish):
    run = Run(
        rules=replace(RULES, priorities=ORDER).as_json(),
        record={"drawn": ["A", "B", "C"]},
    )
    one = Decision(run=run, outcome=outcome, reasons=[reason])
    assert in_brief(one) == english
    with translation.override("pl"):
        assert in_brief(one) == polish


def test_a_result_changed_by_hand_is_said_with_its_reason():
    one = Decision(
        run=Run(rules=RULES.as_json(), record={"drawn": []}),
        outcome="selected",
        reasons=[{"code": "drawn", "odds": "1/3"}],
        change_reason="Her office asked.",
    )
    assert in_brief(one) == [
        "The result was changed by hand, for this reason: Her office asked."
    ]


def test_who_left_came_or_changed_is_told_from_the_records(trial, closed, now):
    before = trial(departments=[])
    gone, other = Nomination.objects.filter(call=closed).order_by("code")[:2]
    Nomination.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_at=now)
    Nomination.objects.filter(pk=other.pk).update(department="police")
    city = Organisation.objects.get(slug="leszno")
    come = make_nomination(closed, city, "Iga", "Nowa", checked_at=now)
    page = compare(before, trial(departments=[]))
    assert (page.pools.only_before, page.pools.only_after) == ([gone.code], [come.code])
    ((code, (differing,)),) = page.changed_people
    unit = str(Department(other.department).label)
    police = str(Department.POLICE.label)
    assert (code, said([differing])) == (other.code, [("kind of unit", unit, police)])
    assert (page.rules, page.seed, page.pools.is_same) == ([], None, False)
    causes = {change.code: change.cause for change in page.changes}
    assert causes[gone.code] == "This nomination counts in the first run only."
    assert causes[come.code] == "This nomination counts in the second run only."


def test_other_months_make_no_other_people(trial, closed, now):
    since = (now - timedelta(days=200)).date()
    Nomination.objects.filter(call=closed).update(in_post_since=since)
    page = compare(trial(new_in_post_months=1), trial(new_in_post_months=120))
    assert page.pools.is_same
    assert [one.field for one in page.rules] == ["new_in_post_months"]


def test_who_may_enter_neither_run_makes_no_difference(trial, closed):
    """Not by her own answer, and so alike in both runs."""
    gone = Nomination.objects.filter(call=closed).order_by("code")[0]
    Nomination.objects.filter(pk=gone.pk).update(answer="declined")
    page = compare(trial(), trial(seats=5))
    assert {change.cause.partition(". ")[0] for change in page.changes} <= {
        "Only one rule differs",
        "The chance was the same in both runs: only the draw differs.",
    }


def test_who_may_not_enter_by_another_rule_is_no_other_nomination(trial):
    page = compare(trial(), trial(departments=["education"]))
    causes = {change.after: change.cause for change in page.changes}
    assert causes["not eligible"] == (
        "Not eligible by a rule of the second run, which the first has otherwise."
    )
    assert {text.partition(".")[0] for text in causes.values()} == {
        "Not eligible by a rule of the second run, which the first has otherwise",
        "Only one rule differs",
    }


def test_the_page_asks_the_same_however_many_changed(signed_in, coordinator, trial):
    client, counts, first = signed_in(coordinator), [], trial()
    # The last of the list leaves it; eight of twelve may not enter any more.
    for other in (trial(reserve=5), trial(departments=["education"])):
        path = reverse("selection:compare", args=[first.pk, other.pk])
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path)
        counts.append((len(page.context["page"].changes), len(queries)))
    (few, asked), (many, asked_again) = counts
    assert (few, asked) == (1, asked_again)
    assert many >= 8


def test_the_seeds_are_said_with_their_sources(run, trial):
    seed = compare(run, trial()).seed
    assert said([seed]) == [
        (
            "Seed of the draw",
            f"17 4 22 31 8 45 ({run.seed_source})",
            "what if (a trial, not the draw)",
        )
    ]
