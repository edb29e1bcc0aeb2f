"""One nomination held against the rules."""

from dataclasses import replace

import pytest
from django.utils import translation

from mosty.nominations.rules.check import (
    Breach,
    Entry,
    breaches,
    over_the_most,
    say,
    words,
)
from tests.nominations.rules.samples import PART_THREE, PART_TWO

GOOD = Entry("krakow", takes_part=True, department="education", level="middle")
RULES = replace(PART_TWO, departments=("education", "culture"))


def test_nomination_that_keeps_the_rules_has_no_breach():
    assert breaches(RULES, GOOD) == []
    everybody = replace(RULES, departments=(), levels=())
    assert breaches(everybody, replace(GOOD, department="x", level="y")) == []


@pytest.mark.parametrize(
    ("changes", "codes", "sentence"),
    (
        (
            {"takes_part": False},
            ["city"],
            "This city is not among those that the call is for.",
        ),
        (
            {"department": "police"},
            ["department"],
            (
                "This unit is not among those that the call is for: municipal police. "
                "It is for: education, culture."
            ),
        ),
        (
            {"level": "junior"},
            ["level"],
            (
                "The level of the post is not the one the call is for: junior level. "
                "It is for: middle level."
            ),
        ),
        (
            {"takes_part": False, "department": "other", "level": "senior"},
            ["city", "department", "level"],
            "This city is not among those that the call is for.",
        ),
    ),
)
def test_every_breach_is_found_and_said(changes, codes, sentence):
    found = breaches(RULES, replace(GOOD, **changes))
    assert [breach.code for breach in found] == codes
    assert say(found[0], RULES) == sentence


@pytest.mark.parametrize(
    ("rules", "standing", "sentence"),
    (
        (PART_TWO, 3, None),
        (
            PART_TWO,
            4,
            (
                "The rule: Up to 4 people from each city. Your city has already nominated "
                "4 people. Withdraw one of them first."
            ),
        ),
        (
            PART_THREE,
            3,
            (
                "The rule: 2 or 3 people from each city. Your city has already nominated "
                "3 people. Withdraw one of them first."
            ),
        ),
    ),
)
def test_one_too_many_names_the_rule(rules, standing, sentence):
    breach = over_the_most(rules, standing)
    assert (say(breach, rules) if breach else None) == sentence


def test_stored_breach_is_said_later_in_another_language():
    stored = over_the_most(PART_THREE, 3).as_json()
    assert stored == {"code": "most", "least": 2, "most": 3, "standing": 3}
    with translation.override("pl"):
        assert words(stored, PART_THREE) == (
            "Zasada: 2 lub 3 osoby z każdego miasta. Miasto zgłosiło już 3 osoby. "
            "Najpierw wycofaj jedno z tych zgłoszeń."
        )


def test_every_code_that_selection_stores_has_its_sentence():
    codes = ("least", "withdrawn", "declined", "unconfirmed", "same_person", "strange")
    assert [words(Breach(code, "").as_json(), PART_THREE) for code in codes] == [
        "The rule: 2 or 3 people from each city. The city has nominated fewer people.",
        "The city has withdrawn the nomination.",
        "The nominated person has declined.",
        "The nominated person did not confirm before the selection.",
        "The person is nominated twice; the other nomination counts.",
        "A rule of the call is not kept.",
    ]
