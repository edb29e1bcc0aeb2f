from datetime import date

import pytest

from mosty.kernel.sheets.values import (
    BadValue,
    Dated,
    parse_choice,
    parse_date,
    parse_dated,
    parse_email,
)

DAY = Dated(date(2024, 3, 1), "day")
MONTH = Dated(date(2024, 3, 1), "month")


@pytest.mark.parametrize(
    ("cell", "dated"),
    (
        ("01.03.2024", DAY),
        ("1.3.2024", DAY),
        ("1. 3. 2024 r.", DAY),
        ("01.03.2024r.", DAY),
        ("2024-03-01", DAY),
        ("2024.03.01", DAY),
        ("2024-03-01 10:05", DAY),
        ("2024-03-01T10:05:00", DAY),
        ("01/03/2024", DAY),
        ("1 marca 2024", DAY),
        ("1 MARCA 2024 roku", DAY),
        ("1 III 2024", DAY),
        ("1.III.2024 r.", DAY),
        ("1 March 2024", DAY),
        ("od 1 marca 2024", DAY),
        (date(2024, 3, 1), DAY),
        ("03.2024", MONTH),
        ("3/2024", MONTH),
        ("2024-03", MONTH),
        ("marzec 2024", MONTH),
        ("od marca 2024 r.", MONTH),
        ("2024", Dated(date(2024, 1, 1), "year")),
        ("od 2024 roku", Dated(date(2024, 1, 1), "year")),
        ("29.02.2024", Dated(date(2024, 2, 29), "day")),
        ("5 października 2023", Dated(date(2023, 10, 5), "day")),
        ("2 maja 2023", Dated(date(2023, 5, 2), "day")),
    ),
)
def test_dates_are_read_as_offices_write_them(cell, dated):
    assert parse_dated(cell) == dated
    assert parse_date(cell) == dated.first


def sentence(parse, *args, **kwargs):
    with pytest.raises(BadValue) as refusal:
        parse(*args, **kwargs)
    return str(refusal.value)


@pytest.mark.parametrize(
    "cell",
    ("29.02.2023", "31.04.2024", "12/31/2024", "01.00.2024", "00.2024", "31 IV 2024"),
)
def test_days_that_no_calendar_has_are_refused(cell):
    assert (
        sentence(parse_date, cell)
        == f"“{cell}” is not in the calendar. Correct the date."
    )


@pytest.mark.parametrize(
    "cell",
    ("01.03.24", "wkrótce", "1 maja", "maja", "luty", "1", "20240301", "1.2.3.2024",
     "r.", "od", "marca 1 2024", "1 2024 marca", "2024 2024"),
)  # fmt: skip
def test_what_is_no_date_is_refused(cell):
    assert (
        sentence(parse_date, cell)
        == f"“{cell}” is not a date. Write day, month and year: 01.03.2024."
    )


@pytest.mark.parametrize(
    "cell", ("01.03.0224", "1899-12-30", "9999", date(1899, 12, 30))
)
def test_years_far_off_are_refused(cell):
    assert sentence(parse_date, cell) == f"Check the year of the date “{cell}”."


@pytest.mark.parametrize("parse", (parse_date, parse_email))
@pytest.mark.parametrize("cell", ("", " \u200b\n"))
def test_empty_cells_are_refused(parse, cell):
    assert sentence(parse, cell) == "This cell is empty."


CHOICES = {"city": ("Urząd miasta", "UM"), "commune": ("Urząd gminy", "gmina")}


@pytest.mark.parametrize(
    ("cell", "choice"),
    (("urzad miasta", "city"), ("xyz", None), ("um", "city"), ("GMINA ", "commune")),
)
def test_choices_go_by_any_alias(cell, choice):
    if choice is None:
        assert sentence(parse_choice, cell, CHOICES) == (
            f"“{cell}” is not one of the answers. Choose from: Urząd miasta, Urząd gminy."
        )
    else:
        assert parse_choice(cell, CHOICES) == choice


def test_the_nearest_choice_is_offered():
    assert (
        sentence(parse_choice, "Urzad miastaa", CHOICES)
        == "“Urzad miastaa” is not one of the answers. Perhaps: Urząd miasta."
    )


@pytest.mark.parametrize(
    ("cell", "address"),
    (
        (" Zofia.Swiecka@Gmina.Example ", "Zofia.Swiecka@gmina.example"),
        ("Zofia Święcka <zofia@gmina.example>", "zofia@gmina.example"),
        ("mailto:zofia@gmina.example", "zofia@gmina.example"),
        ("zofia@gmina.example;", "zofia@gmina.example"),
    ),
)
def test_addresses_are_taken_out_of_what_surrounds_them(cell, address):
    assert parse_email(cell) == address


@pytest.mark.parametrize(
    "cell",
    ("zofia", "zofia@", "@gmina.example", "zofia święcka@gmina.example", "a@b", "<>"),
)
def test_what_is_no_address_is_refused(cell):
    assert (
        sentence(parse_email, cell) == f"“{cell}” is not an e-mail address. Correct it."
    )


@pytest.mark.parametrize("separator", ("; ", ", ", " ", "/"))
def test_several_addresses_are_refused(separator):
    cell = f"a@gmina.example{separator}b@gmina.example"
    assert sentence(parse_email, cell) == (
        f"“{cell}” is more than one e-mail address. Give one."
    )
