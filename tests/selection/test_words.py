"""Why somebody has her result, compared word for word, in both languages."""

import pytest
from django.utils import translation

from mosty.nominations.rules import parse
from mosty.selection import words
from mosty.selection.models import Decision, Run

RULES = {
    "seats": 4,
    "reserve": 2,
    "least": 1,
    "most": 3,
    "members_of": "ump",
    "departments": ["education", "culture"],
    "levels": ["middle"],
    "priorities": [
        {"kind": "coverage", "attribute": "organisation"},
        {"kind": "prefer", "who": {"experience": ["little"]}},
        {"kind": "balance", "attribute": "department"},
    ],
}
RESERVE_EN = (
    "Place 2 on the reserve list: a seat that becomes free is offered to the person on "
    "the list who then fits the rules best; between equals, in the order of the list."
)
RESERVE_PL = (
    "Miejsce 2 na liście rezerwowej: zwolnione miejsce proponuje się osobie z listy, która "
    "najlepiej spełnia wtedy zasady naboru; między równymi decyduje kolejność na liście."
)


def decision(outcome, *reasons, **fields):
    run = Run(rules=RULES, record={"drawn": ["A", "B", "C"]})
    return Decision(run=run, outcome=outcome, reasons=list(reasons), **fields)


CASES = (
    (
        decision("selected", {"code": "drawn", "position": 1, "odds": "2/21"}),
        [
            "The rules were kept and the priorities served as well as they can be.",
            (
                "Between equally good cohorts the lottery decided: this person had a chance "
                "of 9.5% and was drawn."
            ),
        ],
        [
            "Zasady zachowano, a pierwszeństwo uwzględniono najlepiej, jak to możliwe.",
            (
                "Między równie dobrymi składami grupy zdecydowało losowanie: szansa tej "
                "osoby na miejsce wynosiła 9,5 %; osoba została wylosowana."
            ),
        ],
    ),
    (
        decision("reserve", {"code": "not_drawn", "position": 3}, reserve_place=2),
        [
            "The rules were kept and the priorities served as well as they can be.",
            (
                "Between equals the drawn order decided: place 3 of 3, after the seats were "
                "taken."
            ),
            RESERVE_EN,
        ],
        [
            "Zasady zachowano, a pierwszeństwo uwzględniono najlepiej, jak to możliwe.",
            (
                "Między równymi zgłoszeniami zdecydowało losowanie: miejsce 3 z 3, gdy "
                "miejsca były już zajęte."
            ),
            RESERVE_PL,
        ],
    ),
    (
        decision(
            "not_selected",
            {
                "code": "would_harm",
                "params": {"priority": 1, "before": 4, "after": 3},
                "position": 2,
            },
        ),
        [
            "There was no chance of a seat before the draw.",
            (
                "With this person, priority 1 would be served less well: as many different "
                "cities as possible."
            ),
            "It would reach 3 instead of 4.",
        ],
        [
            "Już przed losowaniem nie było szansy na miejsce.",
            (
                "Gdyby wybrano to zgłoszenie, gorzej wypadłoby pierwszeństwo 1: jak "
                "najwięcej różnych miast."
            ),
            "Wynik: 3 zamiast 4.",
        ],
    ),
    (
        decision(
            "not_selected",
            {
                "code": "limit",
                "limits": [
                    {"code": "seats", "params": {"seats": 4}},
                    {"code": "organisation_most", "params": {"most": 3}},
                ],
                "position": 2,
            },
        ),
        [
            "There was no chance of a seat before the draw.",
            (
                "With this person, these limits cannot be kept together: 4 seats; at most 3 "
                "from each city."
            ),
        ],
        [
            "Już przed losowaniem nie było szansy na miejsce.",
            (
                "Gdyby wybrano to zgłoszenie, nie można by zachować jednocześnie tych "
                "limitów: 4 miejsca; najwyżej 3 z każdego miasta."
            ),
        ],
    ),
    (
        decision(
            "not_eligible",
            {"code": "unconfirmed"},
        ),
        ["The nominated person did not confirm before the selection."],
        ["Osoba zgłoszona nie potwierdziła udziału przed wyborem."],
    ),
    (
        decision(
            "reserve",
            {"code": "drawn", "position": 1},
            reserve_place=2,
            changed_by="Alice Adams",
            change_reason="Changed posts.",
        ),
        [
            "The result was changed by hand, for this reason: Changed posts.",
            RESERVE_EN,
        ],
        ["Wynik zmieniono ręcznie z tego powodu: Changed posts.", RESERVE_PL],
    ),
)


@pytest.mark.parametrize(
    ("made", "english", "polish"), CASES, ids=[case[0].outcome for case in CASES]
)
def test_why_in_both_languages(made, english, polish):
    assert words.why(made) == english
    with translation.override("pl"):
        assert words.why(made) == polish


@pytest.mark.parametrize(
    ("code", "count", "english", "polish"),
    (
        (
            "open",
            0,
            "The call has not closed yet.",
            "Nabór nie jest jeszcze zamknięty.",
        ),
        (
            "unchecked",
            2,
            "2 submitted nominations have not been checked.",
            "2 złożone zgłoszenia nie zostały sprawdzone.",
        ),
        (
            "unchecked",
            5,
            "5 submitted nominations have not been checked.",
            "5 złożonych zgłoszeń nie zostało sprawdzonych.",
        ),
        (
            "undecided",
            1,
            "1 pair may be one person: decide whether it is.",
            "1 para zgłoszeń może dotyczyć jednej osoby: rozstrzygnij, czy tak jest.",
        ),
    ),
)
def test_what_stands_in_the_way(code, count, english, polish):
    assert words.obstacle_words(code, count) == english
    with translation.override("pl"):
        assert words.obstacle_words(code, count) == polish


def test_what_a_priority_reaches():
    coverage, prefer, balance = parse(RULES).priorities
    assert [
        words.reached_words(coverage, 4, 4),
        words.reached_words(prefer, 2, 3),
        words.reached_words(balance, 6, 6),
        words.reached_words(balance, 8, 6),
        words.preferred_words(prefer, parse(RULES)),
    ] == [
        "4, the most possible",
        "2; the draw reached 3",
        "as even as possible",
        "less even than the draw",
        "from cities with little experience",
    ]
