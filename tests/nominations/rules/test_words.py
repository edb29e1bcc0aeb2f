"""The rules in words, in Polish and English."""

from dataclasses import replace

import pytest
from django.utils import translation

from mosty.nominations.rules import Balance, Coverage, Memory, Prefer, Quota, Rules
from mosty.nominations.rules.words import how_many, listed, quota_words, sentences
from tests.nominations.rules.samples import NAMES, PART_THREE, PART_TWO

SEED = "the numbers of a public lottery on 1 June 2024"


def said(rules: Rules, language: str, seed_source: str = SEED) -> list[str]:
    with translation.override(language):
        return [
            f"{sentence.lead} {sentence.text}".strip()
            for sentence in sentences(rules, NAMES, seed_source)
        ]


ENGLISH = [
    "Up to 4 people from each city. The course has 25 seats.",
    (
        "Cities that take part: members of this union: Unia Metropolii Polskich; "
        "and besides: Częstochowa, Hrubieszów, Leszno."
    ),
    (
        "Level of the post: middle level. Units dealing with education, culture, social "
        "policy, co-operation with non-governmental organisations, information policy, "
        "equal treatment or other matters of integration; and also municipal police, "
        "intercultural assistants or social workers."
    ),
    "First of all: as many different cities as possible.",
    (
        "Second: as many as possible of these people: from cities that until February "
        "2022 had few migrants and refugees and so less experience."
    ),
    (
        "Third: as many as possible of these people: new employees (in this post for less "
        "than 12 months) of cities with more experience."
    ),
    "Fourth: a group as even as possible over kinds of units.",
    "Fifth: a group as even as possible over women and men.",
    (
        "A draw decides between equals. Anybody can repeat it and get the same list. Its "
        "seed will be: the numbers of a public lottery on 1 June 2024."
    ),
    (
        "The nominated person confirms. Everyone nominated gets a link, reads the privacy "
        "notice and confirms; without that the nomination does not enter the selection."
    ),
    (
        "Up to 10 people go on the reserve list. A seat that becomes free goes to the "
        "one of them who then fits these rules best; between equals, to the first on the "
        "list."
    ),
]
POLISH = [
    "Do 4 osób z każdego miasta. Na szkoleniu jest 25 miejsc.",
    (
        "Miasta, które biorą udział: członkowie związku: Unia Metropolii Polskich; "
        "a ponadto: Częstochowa, Hrubieszów, Leszno."
    ),
    (
        "Stanowiska: szczebel średni. Jednostki zajmujące się edukacją, kulturą, "
        "polityką społeczną, współpracą z organizacjami pozarządowymi, polityką "
        "informacyjną, równym traktowaniem lub innymi sprawami integracji; a także straż "
        "miejska, asystenci międzykulturowi lub pracownicy socjalni."
    ),
    "Po pierwsze: jak najwięcej różnych miast.",
    (
        "Po drugie: jak najwięcej takich osób: z miast, w których do lutego 2022 r. "
        "mieszkało niewielu migrantów i uchodźców, a więc o mniejszym doświadczeniu."
    ),
    (
        "Po trzecie: jak najwięcej takich osób: nowe na stanowisku (krócej niż 12 "
        "miesięcy) z miast o większym doświadczeniu."
    ),
    "Po czwarte: grupa jak najbardziej zrównoważona pod względem rodzajów jednostek.",
    (
        "Po piąte: grupa jak najbardziej zrównoważona pod względem liczby kobiet "
        "i mężczyzn."
    ),
    (
        "Między równymi zgłoszeniami decyduje losowanie. Każdy może je powtórzyć "
        "i otrzymać tę samą listę. Jego wartość startowa: the numbers of a public lottery "
        "on 1 June 2024."
    ),
    (
        "Osoba zgłoszona potwierdza udział. Każda osoba zgłoszona otrzymuje link, czyta "
        "informację o przetwarzaniu danych i potwierdza udział; bez tego zgłoszenie nie "
        "bierze udziału w wyborze."
    ),
    (
        "Do 10 osób trafia na listę rezerwową. Zwolnione miejsce otrzymuje osoba z tej "
        "listy, która najlepiej spełnia wtedy powyższe zasady; między równymi decyduje "
        "kolejność na liście."
    ),
]


def test_part_two_in_english():
    assert said(PART_TWO, "en") == ENGLISH


def test_part_two_in_polish():
    assert said(PART_TWO, "pl") == POLISH


def test_part_three_is_part_two_but_for_its_first_sentence():
    assert said(PART_THREE, "en") == [
        "2 or 3 people from each city. The course has 24 seats.",
        *ENGLISH[1:],
    ]
    assert said(PART_THREE, "pl") == [
        "2 lub 3 osoby z każdego miasta. Na szkoleniu są 24 miejsca.",
        *POLISH[1:],
    ]


@pytest.mark.parametrize(
    ("least", "most", "english", "polish"),
    (
        (1, 1, "Exactly 1 person", "Dokładnie 1 osoba"),
        (0, 1, "Up to 1 person", "Do 1 osoby"),
        (1, 5, "Up to 5 people", "Do 5 osób"),
        (3, 3, "Exactly 3 people", "Dokładnie 3 osoby"),
        (5, 5, "Exactly 5 people", "Dokładnie 5 osób"),
        (2, 3, "2 or 3 people", "2 lub 3 osoby"),
        (4, 5, "4 or 5 people", "4 lub 5 osób"),
        (2, 4, "2 to 4 people", "Od 2 do 4 osób"),
        (2, 22, "2 to 22 people", "Od 2 do 22 osób"),
    ),
)
def test_number_from_each_city(least, most, english, polish):
    rules = replace(PART_TWO, least=least, most=most)
    assert how_many(rules) == f"{english} from each city."
    with translation.override("pl"):
        assert how_many(rules) == f"{polish} z każdego miasta."


@pytest.mark.parametrize(
    ("quota", "english", "polish"),
    (
        (Quota("gender", "woman", 8, 14), "from 8 to 14 seats", "od 8 do 14 miejsc"),
        (Quota("gender", "woman", 1), "at least 1 seat", "co najmniej 1 miejsce"),
        (Quota("gender", "woman", 3), "at least 3 seats", "co najmniej 3 miejsca"),
        (Quota("gender", "woman", 0, 5), "at most 5 seats", "najwyżej 5 miejsc"),
    ),
)
def test_limit(quota, english, polish):
    assert quota_words(quota) == f"gender, woman: {english}."
    with translation.override("pl"):
        assert quota_words(quota) == f"płeć, kobieta: {polish}."


@pytest.mark.parametrize(
    ("changes", "sentence"),
    (
        (
            {"exceptions": ()},
            "Cities that take part: members of this union: Unia Metropolii Polskich.",
        ),
        ({"members_of": ""}, "Cities that take part: Częstochowa, Hrubieszów, Leszno."),
        (
            {"levels": (), "departments": ("education", "other")},
            (
                "Employees of these units: Units dealing with education or other matters "
                "of integration."
            ),
        ),
        ({"departments": ()}, "Level of the post: middle level."),
        (
            {"levels": (), "departments": ("police",)},
            "Employees of these units: These groups: municipal police.",
        ),
        (
            {"priorities": (Coverage("department"),)},
            "First of all: as many different units as possible.",
        ),
        (
            {"priorities": (Memory("organisation"),)},
            (
                "First of all: people from cities that have had fewest seats in earlier "
                "courses of this programme."
            ),
        ),
        (
            {"priorities": (Balance("experience"),)},
            (
                "First of all: a group as even as possible over cities with less and more "
                "experience."
            ),
        ),
        (
            {
                "priorities": (Prefer((("new_in_post", ("yes",)),)),),
                "new_in_post_months": 1,
            },
            (
                "First of all: as many as possible of these people: new employees (in this "
                "post for less than 1 month)."
            ),
        ),
        (
            {
                "priorities": (
                    Prefer((("gender", ("man", "woman")), ("level", ("junior",)))),
                )
            },
            (
                "First of all: as many as possible of these people: gender: man or woman; "
                "level of the post: junior level."
            ),
        ),
        (
            {"quotas": (Quota("level", "middle", 2),)},
            "Limit: level of the post, middle level: at least 2 seats.",
        ),
        ({"reserve": 1}, None),
    ),
)
def test_other_rules_in_words(changes, sentence):
    found = said(replace(PART_TWO, **changes), "en")
    if sentence is None:
        assert found[-1].startswith("1 person goes on the reserve list.")
    else:
        assert [line for line in found if line == sentence] == [sentence]


def test_what_is_no_rule_is_not_said():
    rules = Rules(
        seats=1, reserve=0, least=1, most=1, members_of="ump", must_confirm=False
    )
    assert said(rules, "en", "") == [
        "Exactly 1 person from each city. The course has 1 seat.",
        "Cities that take part: members of this union: Unia Metropolii Polskich.",
        "A draw decides between equals. Anybody can repeat it and get the same list.",
    ]


def test_list_in_words():
    assert [listed([], "or"), listed(["a"], "or"), listed(["a", "b", "c"], "or")] == [
        "",
        "a",
        "a, b or c",
    ]


@pytest.mark.parametrize(
    ("casting", "text"),
    (
        (
            "seed",
            "Anybody can repeat it and get the same list. Its seed will be: three dice.",
        ),
        (
            "public",
            (
                "1,000 numbered groups are published, and a number drawn in public decides. "
                "Source of the number: three dice."
            ),
        ),
    ),
)
def test_how_the_lot_is_cast_is_said(casting, text):
    with translation.override("en"):
        found = sentences(PART_TWO, NAMES, "three dice", casting)
    assert [one.text for one in found if one.field == "draw"] == [text]
