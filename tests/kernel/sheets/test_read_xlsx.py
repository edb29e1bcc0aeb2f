from datetime import date, datetime, time, timedelta

import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from mosty.kernel.sheets import refusals
from mosty.kernel.sheets.read import read
from mosty.kernel.sheets.refusals import CannotRead
from mosty.kernel.sheets.table import Row

from .files import HEADER, KNOWN, ROWS, altered, sheet, workbook


def cells(found):
    return [row.cells for row in found.rows]


@pytest.mark.parametrize("known", (frozenset(), KNOWN))
def test_a_form_of_an_office_is_read(known):
    """Title over merged cells, drop-downs, an offset, and styled empty rows to the end."""

    def fill(book):
        page = book.active
        page.title = "Zgłoszenia"
        page["B2"] = "Lista osób zgłoszonych"
        page.merge_cells("B2:D2")
        for at, name in enumerate(HEADER, 2):
            page.cell(4, at, name)
        for line, row in enumerate(ROWS, 6):
            for at, value in enumerate(row, 2):
                page.cell(line, at, value)
        page.cell(60_000, 2).number_format = "@"
        answers = DataValidation(type="list", formula1='"tak,nie"')
        answers.add("C5:C500")
        page.add_data_validation(answers)

    found = read(workbook(fill), "zgloszenia.xlsx", known)

    assert (found.kind, found.worksheet) == ("xlsx", "Zgłoszenia")
    assert (found.header, found.header_line) == (tuple(HEADER), 4)
    assert found.rows == (Row(6, tuple(ROWS[0])), Row(7, tuple(ROWS[1])))
    assert found.notes == ()


@pytest.mark.parametrize(
    ("value", "cell"),
    (
        (date(2024, 3, 1), date(2024, 3, 1)),
        (datetime(2024, 3, 1, 10, 5), "2024-03-01 10:05"),  # noqa: DTZ001 - a cell has no zone
        (time(10, 5), "10:05"),
        (timedelta(hours=30), "30:00"),
        (7, "7"),
        (7.0, "7"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (85010112345, "85010112345"),
        (-5, "-5"),
        (True, "TRUE"),
        ("'=1+1", "'=1+1"),
        ("  a \n b ", "a b"),
        ("007", "007"),
    ),
)
def test_typed_cells_become_dates_or_text(value, cell):
    def fill(book):
        book.active.append(["Imię", "Wartość"])
        book.active.append(["Zofia", value])

    assert cells(read(workbook(fill), "a.xlsx")) == [("Zofia", cell)]


def test_a_formula_stands_for_its_last_result():
    content = altered(
        sheet([["Imię", "Suma"], ["Zofia", 7]]),
        "xl/worksheets/sheet1.xml",
        b"<v>7</v>",
        b"<f>3+4</f><v>7</v>",
    )
    assert cells(read(content, "a.xlsx")) == [("Zofia", "7")]


def test_dates_written_as_text_are_dates():
    content = altered(
        sheet([["Imię", "Data", "Czas"], ["Zofia", 7, 8]]),
        "xl/worksheets/sheet1.xml",
        b'<c r="B2"><v>7</v></c><c r="C2"><v>8</v>',
        b'<c r="B2" t="d"><v>2024-03-01</v></c><c r="C2" t="d"><v>2024-03-01T10:05:00</v>',
    )
    assert cells(read(content, "a.xlsx")) == [
        ("Zofia", date(2024, 3, 1), "2024-03-01 10:05")
    ]


def test_a_failed_formula_shows_its_error():
    content = altered(
        sheet([["Imię", "Suma"], ["Zofia", 7]]),
        "xl/worksheets/sheet1.xml",
        b'r="B2"><v>7</v>',
        b'r="B2" t="e"><f>1/0</f><v>#DIV/0!</v>',
    )
    assert cells(read(content, "a.xlsx")) == [("Zofia", "#DIV/0!")]


def test_rich_and_escaped_texts_are_joined_without_guides_to_pronunciation():
    content = altered(
        sheet([["Imię", "Uwagi"], ["Zofia", "tekst"]]),
        "xl/sharedStrings.xml",
        b"<t>tekst</t>",
        b"<r><t>a_x000D_</t></r><r><rPr><b/></rPr><t> b</t></r><rPh><t>zzz</t></rPh>",
    )
    assert cells(read(content, "a.xlsx")) == [("Zofia", "a b")]


def test_dates_of_old_macintosh_workbooks_are_right():
    def fill(book):
        book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - as openpyxl names that calendar
        book.active.append(["Imię", "Data"])
        book.active.append(["Zofia", date(2024, 3, 1)])

    assert cells(read(workbook(fill), "a.xlsx")) == [("Zofia", date(2024, 3, 1))]


def test_a_value_merged_over_rows_stands_in_each():
    def fill(book):
        page = book.active
        for row in [
            ["Miasto", "Imię"],
            ["Kraków", "Zofia"],
            [None, "Jan"],
            ["Łódź", "Ewa"],
        ]:
            page.append(row)
        page.merge_cells("A2:A3")

    found = read(workbook(fill), "a.xlsx")
    assert cells(found) == [("Kraków", "Zofia"), ("Kraków", "Jan"), ("Łódź", "Ewa")]
    assert len(found.notes) == 1


def test_the_first_visible_sheet_with_content_is_read_and_the_others_named():
    def fill(book):
        book.active.title = "Pusty"
        hidden = book.create_sheet("Ukryty")
        hidden.append(["x", "y"])
        hidden.sheet_state = "hidden"
        for name in ("Osoby", "Słownik", "Arkusz3"):
            book.create_sheet(name)
        for row in [HEADER, *ROWS]:
            book["Osoby"].append(row)
        for _ in range(100):
            book["Słownik"].append(["x"] * 100)

    found = read(workbook(fill), "a.xlsx")
    assert found.worksheet == "Osoby"
    assert cells(found) == [tuple(row) for row in ROWS]
    assert [str(note) for note in found.notes] == [
        "Only the sheet “Osoby” was read. Sheets passed over: Słownik."
    ]


def test_an_empty_workbook_is_refused():
    with pytest.raises(CannotRead) as refusal:
        read(workbook(lambda book: None), "a.xlsx")
    assert refusal.value.sentence == refusals.NO_SHEET


def test_a_stray_cell_is_named():
    def fill(book):
        book.active.append(["Imię", "Nazwisko"])
        book.active.append(["Zofia", "Święcka"])
        book.active["XFD2"] = "x"

    with pytest.raises(CannotRead) as refusal:
        read(workbook(fill), "a.xlsx")
    assert str(refusal.value) == str(refusals.too_many_columns("XFD"))


def test_too_long_a_text_is_named():
    with pytest.raises(CannotRead) as refusal:
        read(sheet([["Imię", "Uwagi"], ["Zofia", "x" * 2001]]), "a.xlsx")
    assert str(refusal.value) == str(refusals.cell_too_long("B2"))


def test_a_hundred_thousand_rows_are_refused():
    with pytest.raises(CannotRead) as refusal:
        read(
            sheet([["Imię", "Nr"], *([["Zofia", i] for i in range(100_000)])]), "a.xlsx"
        )
    assert refusal.value.sentence == refusals.TOO_MANY_ROWS
