"""What a problem refuses, and its way through JSON."""

import json

import pytest
from hypothesis import given

from mosty.engines.reading import canonical, parse
from mosty.engines.selection import (
    SENTENCES,
    BadProblem,
    Balance,
    Candidate,
    Condition,
    Coverage,
    Limits,
    Memory,
    Prefer,
    Problem,
    Quota,
)
from mosty.engines.selection.model import LOTTERIES
from mosty.engines.selection.problem_json import problem_from_json, problem_to_json
from tests.engines.selection import oracle

A = Candidate("A", {"organisation": "krakow"})
B = Candidate("B", {"organisation": "lublin"})


@pytest.mark.parametrize(
    ("make", "code", "params"),
    (
        (lambda: Problem((A, B, A), Limits(1)), "duplicate_code", {"code": "A"}),
        (lambda: Candidate("", {}), "empty_code", {}),
        (lambda: Limits(-1), "negative", {"field": "seats", "value": -1}),
        (
            lambda: Problem((A,), Limits(1), reserve=-2),
            "negative",
            {"field": "reserve", "value": -2},
        ),
        (
            lambda: Quota("gender", "f", -1),
            "negative",
            {"field": "gender = f", "value": -1},
        ),
        (
            lambda: Quota("gender", "f", 2, 1),
            "least_over_most",
            {"field": "gender = f", "least": 2, "most": 1},
        ),
        (
            lambda: Limits(9, 2, 1),
            "least_over_most",
            {"field": "per organisation", "least": 2, "most": 1},
        ),
        (
            lambda: Limits(1, 2),
            "organisation_least_over_seats",
            {"least": 2, "seats": 1},
        ),
        (
            lambda: Limits(1, quotas=(Quota("gender", "f", 2),)),
            "quota_over_seats",
            {"attribute": "gender", "value": "f", "least": 2, "seats": 1},
        ),
        (
            lambda: Limits(3, quotas=(Quota("gender", "f", 1), Quota("gender", "f"))),
            "duplicate_quota",
            {"attribute": "gender", "value": "f"},
        ),
        (
            lambda: Problem((A, B), Limits(1), (Coverage("level"),)),
            "unknown_attribute",
            {"attribute": "level"},
        ),
        (
            lambda: Problem((A, Candidate("C", {"organisation": ""})), Limits(1, 0, 1)),
            "missing_attribute",
            {"code": "C", "attribute": "organisation"},
        ),
        (
            lambda: Prefer(Condition.of({}), "all"),
            "empty_condition",
            {"label": "all"},
        ),
        (
            lambda: Prefer(Condition.of({"level": []}), "none"),
            "empty_condition",
            {"label": "none"},
        ),
        (
            lambda: Problem((A,), Limits(1), must_in=frozenset("Z")),
            "unknown_must_in",
            {"code": "Z"},
        ),
        (
            lambda: Problem((A,), Limits(1), must_out=frozenset("Z")),
            "unknown_must_out",
            {"code": "Z"},
        ),
        (
            lambda: Problem(
                (A,), Limits(1), must_in=frozenset("A"), must_out=frozenset("A")
            ),
            "in_and_out",
            {"code": "A"},
        ),
        (lambda: Candidate("\ud800", {}), "bad_text", {"path": "'code'"}),
        (
            lambda: Limits(2, seats_least=3),
            "least_over_most",
            {"field": "seats", "least": 3, "most": 2},
        ),
        (
            lambda: Limits(2, seats_least=-1),
            "negative",
            {"field": "seats", "value": -1},
        ),
        (
            lambda: Limits(2, organisation_more=(("krakow", -1),)),
            "negative",
            {"field": "krakow", "value": -1},
        ),
        (
            lambda: Quota("gender", "f", 1, 2, least_flex=2),
            "least_over_most",
            {"field": "gender = f (least_flex)", "least": 2, "most": 1},
        ),
        (
            lambda: Quota("gender", "f", 1, 2, least_flex=-1),
            "negative",
            {"field": "gender = f (least_flex)", "value": -1},
        ),
        (
            lambda: Quota("gender", "f", 1, 2, most_flex=1),
            "least_over_most",
            {"field": "gender = f (most_flex)", "least": 2, "most": 1},
        ),
        (
            lambda: Memory("organisation", (("krakow", -1),)),
            "negative",
            {"field": "krakow", "value": -1},
        ),
        (
            lambda: Problem((A,), Limits(1), (Memory("level", ()),)),
            "unknown_attribute",
            {"attribute": "level"},
        ),
        (
            lambda: Problem((A,), Limits(1), lottery="fair"),
            "unknown_lottery",
            {"name": "fair"},
        ),
    ),
)
def test_what_cannot_be_is_refused(make, code, params):
    with pytest.raises(BadProblem) as refusal:
        make()

    assert (refusal.value.code, refusal.value.params) == (code, params)
    assert str(refusal.value) == SENTENCES[code].format(**params)


@given(oracle.problems(lotteries=LOTTERIES))
def test_problem_survives_json(problem):
    text = canonical(problem_to_json(problem))

    again = problem_from_json(parse(text, "problem"))

    assert again == problem
    assert canonical(problem_to_json(again)) == text


FULL = {
    "candidates": [{"code": "A", "attributes": {"organisation": "łódź"}}],
    "limits": {
        "seats": 2,
        "seats_least": 1,
        "per_organisation_least": 0,
        "per_organisation_most": 1,
        "organisation_more": {"łódź": 1},
        "quotas": [
            {
                "attribute": "organisation",
                "value": "łódź",
                "least": 1,
                "most": None,
                "least_flex": 0,
                "most_flex": None,
            }
        ],
    },
    "priorities": [
        {"kind": "coverage", "attribute": "organisation"},
        {"kind": "prefer", "condition": {"organisation": ["łódź"]}, "label": "Łódź"},
        {"kind": "balance", "attribute": "organisation"},
        {"kind": "memory", "attribute": "organisation", "seats": {"łódź": 3}},
    ],
    "reserve": 2,
    "lottery": "maximin",
    "must_in": ["A"],
    "must_out": [],
}


def test_json_of_a_problem_is_as_documented():
    problem = Problem(
        (Candidate("A", {"organisation": "łódź"}),),
        Limits(
            2,
            per_organisation_most=1,
            quotas=(Quota("organisation", "łódź", 1, least_flex=0),),
            seats_least=1,
            organisation_more=(("łódź", 1),),
        ),
        (
            Coverage("organisation"),
            Prefer(Condition.of({"organisation": ["łódź"]}), "Łódź"),
            Balance("organisation"),
            Memory("organisation", (("łódź", 3),)),
        ),
        reserve=2,
        must_in=frozenset("A"),
        lottery="maximin",
    )

    assert problem_to_json(problem) == FULL
    assert problem_from_json(parse(json.dumps(FULL), "problem")) == problem


def test_json_of_a_problem_needs_people_and_seats_only():
    text = '{"candidates": [], "limits": {"seats": 3}}'

    assert problem_from_json(parse(text, "problem")) == Problem((), Limits(3))


def test_canonical_order_makes_equal_problems_equal():
    one = Memory("city", (("b", 1), ("a", 2)))

    assert one == Memory("city", (("a", 2), ("b", 1)))
    assert one.had({"city": "a"}) == 2
    assert one.had({"city": "c"}) == 0
    assert Limits(3, organisation_more=(("b", 1), ("a", 2))) == Limits(
        3, organisation_more=(("a", 2), ("b", 1))
    )


def test_an_organisation_may_have_more_than_the_others():
    limits = Limits(9, per_organisation_most=2, organisation_more=(("a", 1),))

    assert (limits.most_of("a"), limits.most_of("b")) == (3, 2)
    assert Limits(9, organisation_more=(("a", 1),)).most_of("a") is None


@pytest.mark.parametrize(
    ("text", "code", "params"),
    (
        (
            "{",
            "not_json",
            {
                "problem": "Expecting property name enclosed in double quotes",
                "line": 1,
                "column": 2,
            },
        ),
        ('{"a": 1, "a": 2}', "duplicate_key", {"key": "a"}),
        ("[]", "wrong_kind", {"path": "problem", "expected": "an object"}),
        ("{}", "missing_key", {"path": "problem", "key": "candidates"}),
        (
            '{"candidates": [], "limits": {"seats": 1, "quota": []}}',
            "unknown_key",
            {"path": "problem.limits", "key": "quota"},
        ),
        (
            '{"candidates": [], "limits": {"seats": 1.0}}',
            "wrong_kind",
            {"path": "problem.limits.seats", "expected": "a whole number"},
        ),
        (
            '{"candidates": [], "limits": {"seats": true}}',
            "wrong_kind",
            {"path": "problem.limits.seats", "expected": "a whole number"},
        ),
        (
            '{"candidates": [{"code": 7, "attributes": {}}], "limits": {"seats": 1}}',
            "wrong_kind",
            {"path": "problem.candidates[0].code", "expected": "text"},
        ),
        (
            '{"candidates": [], "limits": {"seats": 1}, "priorities": [{"kind": "x"}]}',
            "wrong_kind",
            {
                "path": "problem.priorities[0]",
                "expected": 'an object whose "kind" is coverage, prefer, balance or memory',
            },
        ),
        ("[" * 100_000, "wrong_kind", {"path": "problem", "expected": "less nested"}),
    ),
)
def test_json_that_is_no_problem_is_refused(text, code, params):
    with pytest.raises(BadProblem) as refusal:
        problem_from_json(parse(text, "problem"))

    assert (refusal.value.code, refusal.value.params) == (code, params)
