"""What a row says, in whatever words, and what is told where it cannot be understood."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from mosty.importing.queries.tables import table_of
from mosty.infopoint.actions import periods
from mosty.infopoint.actions.codes import CODE
from mosty.infopoint.models import Code, Operation
from mosty.infopoint.queries.imports import pages, plan
from mosty.infopoint.queries.imports.columns import COLUMNS, guess, is_personal
from mosty.infopoint.queries.imports.table import HIDDEN
from tests.factories import make_organisation
from tests.infopoint.imports.conftest import csv, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(upload, point, now):
    """Return what reads one row: what its record would say, or the sentences."""

    def read(**changes):
        imported = upload(csv(row(**changes)))
        made = plan.make(point=point, table=table_of(imported), now=now)
        (one,) = made.rows
        faults = [
            (trouble.column, trouble.sentence) for trouble in pages._troubles(made)
        ]
        return faults or {"day": one.said.day, **one.said.values}

    return read


def key(kind, code):
    return Code.objects.get(kind=kind, code=code, owner=None).pk


@pytest.mark.parametrize(
    ("column", "cell", "field", "kind", "code"),
    (
        ("Kanał", "phone", "channel_id", "channel", "phone"),
        ("Kanał", "Osobiście", "channel_id", "channel", "in-person"),
        ("Kanał", "в библиотеке", None, None, None),
        ("Język", "белорусский", "language_id", "language", "be"),
        ("Język", "UK", "language_id", "language", "uk"),
        ("Obywatelstwo", "Беларусь", "nationality_id", "nationality", "blr"),
        ("Obywatelstwo", "UKR", "nationality_id", "nationality", "ukr"),
        ("Płeć", "K", "sex_id", "sex", "female"),
        ("Wiek", "18–29 lat", "age_band_id", "age_band", "18-29"),
        ("Status prawny", "ochrona czasowa", "legal_status_id", "legal_status", "temporary-protection"),
        ("Czas trwania", "up to 15 minutes", "duration_id", "duration", "up-to-15"),
        ("Wynik", "надано інформацію", "outcome_id", "outcome", "informed"),
        ("Skierowano do", "ZUS", "referral_id", "referral", "social-insurance"),
        ("Finansowanie", "fundusze UE", "funder_id", "funder", "eu"),
        ("Płeć", "–", "sex_id", "sex", None),
    ),
)  # fmt: skip
def test_a_cell_may_be_a_code_or_a_name_in_five_languages(
    said, column, cell, field, kind, code
):
    found = said(**{column: cell})
    if field is None:
        assert found == [
            (
                "Channel",
                "“в библиотеке” is not on the list: Channel. Perhaps: outpost in a library.",
            )
        ]
    else:
        assert found[field] == (key(kind, code) if code else None)


@pytest.mark.parametrize(
    ("cells", "codes"),
    (
        ({"Temat": "prawo jazdy, PESEL, stan cywilny"}, ["documents"]),
        ({"Temat": "housing; work"}, ["housing", "work"]),
        ({"Temat": "housing work"}, ["housing", "work"]),
        (
            {"Temat": "mieszkanie, prawo jazdy, PESEL, stan cywilny, kursy"},
            ["housing", "documents", "courses"],
        ),
        ({"Temat": "kursy", "Inne tematy": "zdrowie|kursy"}, ["courses", "health"]),
    ),
)
def test_topics_are_parted_and_the_main_one_stands_first(said, cells, codes):
    assert said(**cells)["topics"] == tuple(key("topic", code) for code in codes)


@pytest.mark.parametrize(
    ("cell", "day"),
    (
        ("04.03.2024", date(2024, 3, 4)),
        ("2024-03-04T10:15:00.000+01:00", date(2024, 3, 4)),
        ("4 marca 2024 r.", date(2024, 3, 4)),
    ),
)
def test_days_as_offices_and_programs_write_them(said, cell, day):
    assert said(Data=cell)["day"] == day


def test_every_day_that_is_not_possible_is_told_as_what_it_is(
    said, point, lead, now, today
):
    point.operations.update(until=date(2024, 6, 30))
    Operation.objects.create(
        point=point, operator=make_organisation("Next", kind="ngo"), since="2024-08-01"
    )
    periods.close(point=point, year=2023, month=None, actor=lead, now=now)
    periods.close(point=point, year=2024, month=2, actor=lead, now=now)
    tomorrow = (today + timedelta(days=1)).isoformat()
    cells = {
        "": "The cell is empty. It is needed: Day.",
        "31.02.2024": "“31.02.2024” is not in the calendar. Correct the date.",
        "soon": "“soon” is not a date. Write day, month and year: 01.03.2024.",
        "03.2024": "“03.2024” is no single day. Each consultation needs the day on which it was.",
        "31.12.2019": "The point was not open yet on this day: 31 December 2019. Correct the date, or the day on which the point was opened.",
        "01.07.2024": "Nobody ran the point on this day: 1 July 2024. Say first who did, in “The point and its operator”.",
        "05.05.2023": "The month of this day is closed: 5 May 2023. Nothing can be brought into a closed month. Leave the row out.",
        "29.02.2024": "The month of this day is closed: 29 February 2024. Nothing can be brought into a closed month. Leave the row out.",
    }
    assert {cell: said(Data=cell) for cell in cells} == {
        cell: [("Day", sentence)] for cell, sentence in cells.items()
    }
    assert said(Data=tomorrow)[0][1].startswith("This day is still to come: ")
    point.closed_on = date(2024, 12, 31)
    point.save()
    assert said(Data="2025-01-01") == [
        ("Day", "The point was closed already on this day: 1 January 2025.")
    ]


def test_a_code_is_good_only_on_its_days(said):
    act = {"Status prawny": "ustawa o pomocy obywatelom Ukrainy (UKR)"}
    assert said(**act)["legal_status_id"] == key("legal_status", "ukraine-act")
    assert said(**act, Data="04.03.2021") == [
        (
            "Legal status",
            "“ustawa o pomocy obywatelom Ukrainy (UKR)” is not on the list of this day: 4 March 2021. It holds from 24 February 2022 until 4 March 2026.",
        )
    ]


def test_a_citys_own_code_stands_before_a_common_one(said, point):
    own = Code.objects.create(
        owner=point.city, kind="funder", code="city", label="Urząd Miasta"
    )
    assert said(Finansowanie="city")["funder_id"] == own.pk
    assert said(Finansowanie="miasto")["funder_id"] == key("funder", "city")
    for code in ("a", "b"):
        Code.objects.create(
            owner=point.city, kind="district", code=code, label="Krzyki"
        )
    assert said(Dzielnica="Krzyki") == [
        (
            "District",
            "“Krzyki” can be several things: a, b. Write the code that is meant.",
        )
    ]


@pytest.mark.parametrize(
    ("header", "cell", "value"),
    (
        ("Po raz pierwszy?", "tak", "new"),
        ("Po raz pierwszy?", "nie", "returning"),
        ("Been here before", "yes", "returning"),
        ("New or returning", "powracający", "returning"),
        ("New or returning", "", "unknown"),
        ("New or returning", "yes", None),
    ),
)
def test_new_or_returning(said, header, cell, value):
    found = said(**{header: cell})
    if value is None:
        assert [column for column, _sentence in found] == ["Been here before"]
    else:
        assert found["returning"] == value


def test_an_interpreter_was_there_or_was_not(said):
    assert said(Tłumacz="Tak")["interpreter"] is True
    assert said(Tłumacz="")["interpreter"] is False
    assert said(Tłumacz="maybe") == [("Interpreter", "“maybe” is neither yes nor no.")]


def test_what_is_wrong_is_said_in_the_readers_language(said):
    with translation.override("pl"):
        assert said(Wynik="poinformowano") == [
            (
                "Wynik",
                "„poinformowano” nie figuruje na liście: Wynik. Do wyboru: udzielono informacji, skierowano dalej, ciąg dalszy nastąpi.",
            )
        ]
        assert said(Wynik="informed")["outcome_id"] == key("outcome", "informed")


@pytest.mark.parametrize(
    "name",
    ("Imię i nazwisko", "Telefon klienta", "E-mail", "PESEL", "Uwagi", "Name", "Adres"),
)
def test_columns_of_persons_are_never_read(upload, name):
    assert is_personal(name)
    imported = upload(csv(row(**{name: "Anna Żółć"})))
    assert imported.header[-1] == name
    assert "Anna" not in str(imported.rows) + str(imported.mapping)
    assert len(imported.rows[0][1]) == 5


def test_unknown_columns_are_not_kept_and_named(upload, now):
    imported = upload(csv(row(Sygnatura="A-17")))
    assert "A-17" not in str(imported.rows)
    shown = pages.trial(imported, now)
    assert (shown.unread, shown.personal) == (("Sygnatura",), ())
    shown = pages.trial(upload(csv(row(Sygnatura="A-17", Telefon="1"))), now)
    assert (shown.unread, shown.personal) == (("Sygnatura", "Telefon"), ("Telefon",))


def test_contact_data_in_a_column_that_is_read_is_not_kept(upload, said):
    cells = {"Temat": "praca, 600 700 800"}
    assert upload(csv(row(**cells))).rows[0][1][1] == HIDDEN
    assert said(**cells) == [
        (
            "Main topic",
            "The cell holds what looks like a phone number, an e-mail address or a PESEL number. It was not read. Remove it from the file.",
        )
    ]


def test_what_mosty_hands_out_it_takes_back():
    with translation.override("pl"):
        header = [str(column.label) for column in COLUMNS]
    assert guess(header) == {column.key: at for at, column in enumerate(COLUMNS)}
    assert guess([str(column.label) for column in COLUMNS]) == {
        column.key: at for at, column in enumerate(COLUMNS)
    }
    assert not [column.key for column in COLUMNS if is_personal(str(column.label))]
    assert CODE.fullmatch("in-person")
