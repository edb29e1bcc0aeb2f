"""Rules, notice and costs of the calls for nominations."""

DEPARTMENTS = (
    "education",
    "culture",
    "social_policy",
    "ngo",
    "information",
    "equality",
    "police",
    "assistant",
    "social_work",
    "other",
)

# Part II as announced; priorities in the order in which the announcement names them,
# balance over units and women and men after them (illustrative).
RULES_PART_2 = {
    "seats": 25,
    "reserve": 12,
    "least": 1,
    "most": 4,
    "members_of": "ump",
    "exceptions": ["czestochowa", "hrubieszow", "leszno"],
    "departments": list(DEPARTMENTS),
    "levels": ["middle"],
    "new_in_post_months": 12,
    "must_confirm": True,
    "quotas": [],
    "priorities": [
        {"kind": "coverage", "attribute": "organisation"},
        {"kind": "prefer", "who": {"experience": ["little"]}},
        {"kind": "prefer", "who": {"experience": ["much"], "new_in_post": ["yes"]}},
        {"kind": "balance", "attribute": "department"},
        {"kind": "balance", "attribute": "gender"},
    ],
}
# Part III is part II with two numbers changed.
CHANGES_PART_3 = {"seats": 24, "least": 2, "most": 3}
TRIAL_RULES = {"seats": 12, "least": 1, "most": 2, "reserve": 6}

NOTICE = (
    (
        "Illustrative notice of the demo.\n\nThe organisers use the data of a nomination to "
        "choose participants and to run the course: name, e-mail address, unit, post, gender. "
        "Your city gives them; you can see and correct them. Needs (diet, access) are seen "
        "only by those who prepare the course and are deleted 30 days after it.\n\nYou can "
        "decline the nomination at any time. In the demo nothing leaves this computer."
    ),
    (
        "Przykładowa informacja na potrzeby demonstracji.\n\nOrganizatorzy wykorzystują dane "
        "ze zgłoszenia, aby wybrać uczestników i przeprowadzić szkolenie: imię i nazwisko, "
        "adres e-mail, jednostkę, stanowisko, płeć. Dane podaje miasto; można je zobaczyć "
        "i poprawić. Potrzeby (dieta, dostępność) widzą tylko osoby przygotowujące szkolenie, "
        "a 30 dni po nim są usuwane.\n\nZe zgłoszenia można w każdej chwili zrezygnować. "
        "W demonstracji nic nie opuszcza tego komputera."
    ),
)
COSTS_PART_2 = (
    "ODIHR pays for the materials and the networking dinner; UMP provides the venue.",
    "ODIHR opłaca materiały i kolację; salę zapewnia UMP.",
)
COSTS_PART_3 = (
    "ODIHR pays for the materials and the networking dinner and provides the venue.",
    "ODIHR opłaca materiały i kolację oraz zapewnia salę.",
)
SEED_SOURCE = (
    "the winning numbers of the first Lotto draw after the day of closing (illustrative)",
    "liczby wylosowane w pierwszym losowaniu Lotto po dniu zamknięcia naboru (przykład)",
)
