"""Which rules make sense, and what is said of those that do not."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.nominations.rules import (
    BadRules,
    Balance,
    Coverage,
    Memory,
    Quota,
    parse,
)
from tests.nominations.rules.samples import PART_TWO

WOMEN = {"attribute": "gender", "value": "woman", "least": 8, "most": 14}
GOOD = {**PART_TWO.as_json(), "quotas": [WOMEN]}
NUMBER = "Enter a whole number from %s to 1000."


def mistakes(**changes: Any) -> list[tuple[str, str]]:
    """Return what is wrong with good rules after ``changes``."""
    with pytest.raises(BadRules) as bad:
        parse({**GOOD, **changes})
    return [(found.field, str(found.sentence)) for found in bad.value.mistakes]


def test_rules_are_read_as_they_were_stored():
    rules = parse(GOOD)
    assert parse(rules.as_json()) == rules
    assert rules.as_json() == GOOD
    assert rules.quotas == (Quota("gender", "woman", 8, 14),)


@pytest.mark.parametrize(
    ("changes", "expected"),
    (
        ({"seats": 0}, [("seats", NUMBER % 1)]),
        ({"seats": "25"}, [("seats", NUMBER % 1)]),
        ({"seats": True}, [("seats", NUMBER % 1)]),
        ({"seats": None}, [("seats", NUMBER % 1)]),
        ({"seats": 1001}, [("seats", NUMBER % 1)]),
        ({"reserve": -1}, [("reserve", NUMBER % 0)]),
        ({"most": 0}, [("most", NUMBER % 1)]),
        ({"least": 2.5}, [("least", NUMBER % 0)]),
        (
            {"least": 5},
            [("least", "The least a city nominates must not be above the most.")],
        ),
        (
            {"seats": 3, "quotas": []},
            [("most", "One city cannot nominate more people than there are seats.")],
        ),
        (
            {"members_of": "", "exceptions": []},
            [("members_of", "Say which cities take part: a union's, or named ones.")],
        ),
        ({"exceptions": "leszno"}, [("exceptions", "Enter a list.")]),
        ({"levels": ["boss"]}, [("levels", "“boss” is not known here.")]),
        ({"departments": ["tax"]}, [("departments", "“tax” is not known here.")]),
        ({"must_confirm": "no"}, [("must_confirm", "Say yes or no.")]),
        (
            {"new_in_post_months": 121},
            [("new_in_post_months", "Enter a whole number from 1 to 120.")],
        ),
        ({"luck": 7}, [("luck", "There is no such rule.")]),
        ({"quotas": "women"}, [("quotas", "Enter a list.")]),
        ({"priorities": ["women"]}, [("priorities", "Enter a list.")]),
    ),
)
def test_mistake_is_named_at_its_field(changes, expected):
    assert mistakes(**changes) == expected


def test_every_mistake_is_named_at_once():
    assert mistakes(seats=0, least=5, members_of="", exceptions=[]) == [
        ("seats", NUMBER % 1),
        ("least", "The least a city nominates must not be above the most."),
        ("members_of", "Say which cities take part: a union's, or named ones."),
    ]


def quota(**changes: Any) -> dict[str, Any]:
    return {**WOMEN, **changes}


@pytest.mark.parametrize(
    ("quotas", "expected"),
    (
        ([quota(attribute="shoes")], [("quotas.1", "“shoes” is not known here.")]),
        (
            [quota(attribute="organisation", value="leszno")],
            [("quotas.1", "“organisation” is not known here.")],
        ),
        ([WOMEN, quota(value="tall")], [("quotas.2", "“tall” is not known here.")]),
        (
            [quota(least=15)],
            [("quotas.1", "The least must not be above the most.")],
        ),
        (
            [quota(least=26, most=None)],
            [("quotas.1", "A quota cannot ask for more than all seats.")],
        ),
        (
            [quota(least=-1)],
            [("quotas.1", "A quota cannot be below zero.")],
        ),
        (
            [quota(least=0, most=None)],
            [("quotas.1", "Enter the least or the most.")],
        ),
        ([quota(least="8")], [("quotas.1", "Enter whole numbers.")]),
        ([quota(most=True)], [("quotas.1", "Enter whole numbers.")]),
        (
            [WOMEN, WOMEN],
            [("quotas.2", "There are two quotas for the same people.")],
        ),
        (
            [quota(least=14), quota(value="man", least=12, most=None)],
            [("quotas.2", "The quotas together ask for 26 of 25 seats.")],
        ),
        (
            [
                quota(attribute="new_in_post", value="yes", least=0, most=10),
                quota(attribute="new_in_post", value="no", least=0, most=14),
            ],
            [
                (
                    "quotas.2",
                    "The quotas together let only 24 of 25 seats be taken.",
                )
            ],
        ),
    ),
)
def test_quota_that_makes_no_sense_is_refused(quotas, expected):
    assert mistakes(quotas=quotas) == expected


def test_quotas_of_different_attributes_are_not_added_up():
    education = {
        "attribute": "department",
        "value": "education",
        "least": 20,
        "most": None,
    }
    assert len(parse({**GOOD, "quotas": [WOMEN, education]}).quotas) == 2


@pytest.mark.parametrize(
    ("priority", "sentence"),
    (
        ({"kind": "luck"}, "“luck” is not known here."),
        ({}, "“None” is not known here."),
        ({"kind": "coverage", "attribute": "gender"}, "“gender” is not known here."),
        (
            {"kind": "balance", "attribute": "returning"},
            "“returning” is not known here.",
        ),
        ({"kind": "memory", "attribute": "gender"}, "“gender” is not known here."),
        ({"kind": "memory"}, "“” is not known here."),
        ({"kind": "prefer"}, "Say who is preferred."),
        ({"kind": "prefer", "who": {"gender": []}}, "Say who is preferred."),
        ({"kind": "prefer", "who": {"gender": ["tall"]}}, "“tall” is not known here."),
        ({"kind": "prefer", "who": {"shoes": ["red"]}}, "“shoes” is not known here."),
    ),
)
def test_priority_that_makes_no_sense_is_refused(priority, sentence):
    assert mistakes(priorities=[priority]) == [("priorities.1", sentence)]


def test_priority_stands_once():
    even = {"kind": "balance", "attribute": "gender"}
    assert mistakes(priorities=[even, even]) == [
        ("priorities.2", "The same priority stands twice.")
    ]


def test_each_kind_of_priority_is_stored_and_read_again():
    stored = [
        {"kind": "memory", "attribute": "organisation"},
        {"kind": "coverage", "attribute": "organisation"},
        {"kind": "balance", "attribute": "organisation"},
    ]
    rules = parse({**GOOD, "priorities": stored})
    assert rules.priorities == (
        Memory("organisation"),
        Coverage("organisation"),
        Balance("organisation"),
    )
    assert rules.as_json()["priorities"] == stored


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=6,
)
ROWS = st.lists(
    st.dictionaries(
        st.sampled_from(["kind", "attribute", "value", "least", "most", "who"]),
        st.sampled_from(["prefer", "balance", "gender", "woman"]) | ANYTHING,
        max_size=4,
    ),
    max_size=3,
)


# On a busy machine making nested values is slow, which says nothing of the rules.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(GOOD)), ANYTHING | ROWS).map(
        lambda changes: {**GOOD, **changes}
    )
)
def test_whatever_is_stored_is_rules_or_a_list_of_mistakes(stored):
    try:
        rules = parse(stored)
    except BadRules as bad:
        # Each with its field; nothing else is ever raised.
        rules = None
        fields = [mistake.field for mistake in bad.mistakes]
    if rules is None:
        assert len(fields) > 0
    else:
        assert parse(rules.as_json()) == rules
