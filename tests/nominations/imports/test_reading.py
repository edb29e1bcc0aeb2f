"""Files as real offices write them all say the same."""

from datetime import date, datetime

import pytest

from tests.nominations.imports.files import (
    ANNA,
    HEADER,
    PEOPLE,
    csv,
    csv_of,
    person,
    xlsx,
)

pytestmark = pytest.mark.django_db

ENGLISH = ("City", "First name", "Surname", "Email", "Department", "Level", "Position")
SHUFFLED = (4, 6, 0, 3, 5, 2, 1)


def shuffled(row):
    return [row[at] for at in SHUFFLED]


FILES = {
    "semicolons": csv(),
    "commas": csv(delimiter=","),
    "tabs": csv(delimiter="\t"),
    "byte order mark": csv(encoding="utf-8-sig"),
    "Windows-1250": csv(encoding="cp1250"),
    "UTF-16": csv(encoding="utf-16", delimiter="\t"),
    "English": csv(header=ENGLISH),
    "another order": csv([shuffled(row) for row in PEOPLE], shuffled(HEADER)),
    "a title above": csv(above="Zgłoszenia do Akademii 2024;;;;;;\r\n\r\n"),
    "empty rows": csv([ANNA, ("",) * 7, PEOPLE[1], ("",) * 7]),
    "workbook": xlsx(),
    "workbook with a title": xlsx(above=[["Lista osób"], []]),
    "columns of no use": csv(
        [("1", *ANNA, "12 616 10 00"), ("2", *PEOPLE[1], "")],
        ("Lp.", *HEADER, "Telefon"),
    ),
    "capitals": csv(header=[name.upper() for name in HEADER]),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_every_way_of_writing_a_list_says_the_same(attempt, content):
    plan = attempt(content)
    assert [(row.city.slug, row.kind, row.values) for row in plan.rows] == [
        (
            "krakow",
            "new",
            {
                "given_name": "Anna",
                "family_name": "Żółć",
                "email": "anna@example.org",
                "department": "education",
                "level": "middle",
                "position": "inspektorka",
            },
        ),
        (
            "lodz",
            "new",
            {
                "given_name": "Jan",
                "family_name": "Świerk",
                "email": "jan@example.org",
                "department": "social_work",
                "level": "junior",
                "position": "referent",
            },
        ),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    (
        ("01.03.2024", date(2024, 3, 1)),
        ("1.3.2024 r.", date(2024, 3, 1)),
        ("2024-03-01", date(2024, 3, 1)),
        ("od 1 marca 2024", date(2024, 3, 1)),
        ("03.2024", date(2024, 3, 1)),
        ("2019", date(2019, 1, 1)),
        ("-", None),
        ("", None),
    ),
)
def test_dates(attempt, text, day):
    plan = attempt(csv_of(person(**{"Na stanowisku od": text})))
    assert plan.rows[0].values.get("in_post_since") == day
    assert plan.rows[0].kind == "new"


def test_dates_of_a_workbook(attempt):
    names = ("Miasto", "Imię", "Nazwisko", "E-mail", "Wydział", "Szczebel", "Od kiedy")
    row = (
        "Kraków",
        "Anna",
        "Żółć",
        "a@example.org",
        "edukacja",
        "średni",
        datetime(2024, 3, 1),  # noqa: DTZ001 - a workbook's cells have no zone
    )
    plan = attempt(xlsx([row], names))
    assert plan.rows[0].values["in_post_since"] == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("header", "text", "given", "family"),
    (
        ("Imię i nazwisko", "Anna Maria Żółć", "Anna Maria", "Żółć"),
        ("Nazwisko i imię", "Żółć Anna Maria", "Anna Maria", "Żółć"),
        ("Imię i nazwisko uczestnika", "mgr inż. Anna Żółć", "Anna", "Żółć"),
        ("Nazwisko i imię", "ŻÓŁĆ Anna", "Anna", "ŻÓŁĆ"),
        ("Imię i nazwisko", "ŻÓŁĆ Anna", "Anna", "ŻÓŁĆ"),
        ("Imię i nazwisko", "Żółć, Anna", "Anna", "Żółć"),
        ("Imię i nazwisko", "Anna Żółć - Nowak", "Anna", "Żółć-Nowak"),
        ("Full name", "Ludwig van der Berg", "Ludwig", "van der Berg"),
        ("Nazwisko i imię", "van der Berg Ludwig", "Ludwig", "van der Berg"),
        ("Imię i nazwisko", "ANNA ŻÓŁĆ", "ANNA", "ŻÓŁĆ"),
    ),
)
def test_one_column_with_the_whole_name(attempt, header, text, given, family):
    row = {header: text, **person()}
    del row["Imię"], row["Nazwisko"]
    values = attempt(csv_of(row).replace(b";", b"\t")).rows[0].values
    assert (values["given_name"], values["family_name"]) == (given, family)


@pytest.mark.parametrize(
    ("text", "gender"),
    (
        ("K", "woman"),
        ("kobieta", "woman"),
        ("M", "man"),
        ("Mężczyzna", "man"),
        ("inna", "other"),
        ("nie podano", "unstated"),
    ),
)
def test_gender(attempt, text, gender):
    assert attempt(csv_of(person(Płeć=text))).rows[0].values["gender"] == gender


@pytest.mark.parametrize(
    ("text", "language"), (("polski", "pl"), ("EN", "en"), ("angielski", "en"))
)
def test_language(attempt, text, language):
    plan = attempt(csv_of(person(Język=text)))
    assert plan.rows[0].values["language"] == language


def test_one_answer_for_all_rows(attempt):
    row = person()
    del row["Szczebel"]
    plan = attempt(csv_of(row), level="senior")
    assert [row.values["level"] for row in plan.rows] == ["senior"]


@pytest.mark.parametrize(
    ("gone", "missing"),
    (
        (("Miasto",), ["city"]),
        (("E-mail",), ["email"]),
        (("Wydział", "Szczebel"), ["department", "level"]),
        (("Imię", "Nazwisko"), ["given_name", "family_name"]),
        (("Imię",), ["given_name"]),
    ),
)
def test_columns_that_cannot_be_missing(attempt, gone, missing):
    row = {name: text for name, text in person().items() if name not in gone}
    plan = attempt(csv_of(row))
    assert (plan.missing, list(plan.rows), plan.can_be_taken) == (missing, [], False)


def test_a_citys_own_list_needs_no_city(attempt, krakow):
    row = person()
    del row["Miasto"]
    plan = attempt(csv_of(row), krakow)
    assert [(row.kind, row.city.slug) for row in plan.rows] == [("new", "krakow")]
