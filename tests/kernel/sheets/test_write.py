import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.kernel.names import clean
from mosty.kernel.sheets.guard import guard, unguard
from mosty.kernel.sheets.read import read
from mosty.kernel.sheets.write import csv_bytes, lost_letters, xlsx_bytes

HEADER = ("Imię i nazwisko", "Urząd", "Uwagi")
# A busy machine is no failure.
unhurried = settings(deadline=None, max_examples=60)
# Formula characters, quotes and delimiters are where things go wrong.
TRICKY = st.text(st.sampled_from("=+-@'\",;\t\r\n＝1aą "), max_size=12)


def cleaned(text):
    # Twice: dropping a character may let two others compose.
    return clean(clean(text))


def rows_of(texts):
    cell = texts.map(cleaned)
    row = st.tuples(cell, cell, cell).filter(any)
    return st.lists(row, min_size=1, max_size=5)


ANY = rows_of(st.text(max_size=20) | TRICKY)
POLISH = rows_of(
    st.text(
        st.sampled_from("aąbcćdeęlłmnńoóśźżĄĆĘŁŃÓŚŹŻ09 –„”§€=+-@'\",;\t\r\n"),
        max_size=15,
    )
)


def read_back(content):
    sheet = read(content, "a")
    return sheet.header, [row.cells for row in sheet.rows]


@unhurried
@given(rows=ANY)
def test_any_text_survives_csv(rows):
    assert read_back(csv_bytes(HEADER, rows)) == (HEADER, rows)


@unhurried
@given(rows=POLISH)
def test_polish_text_survives_the_csv_of_polish_excel(rows):
    assert lost_letters(HEADER, rows) == ""
    assert read_back(csv_bytes(HEADER, rows, dialect="excel-pl")) == (HEADER, rows)


@unhurried
@given(rows=ANY)
def test_any_text_survives_xlsx(rows):
    assert read_back(xlsx_bytes(HEADER, rows, title="Osoby")) == (HEADER, rows)


@unhurried
@given(header=st.lists(st.from_regex(r"[a-zżźć;,\"'=@]{1,9}[a-z]", fullmatch=True), min_size=1,
                       max_size=5, unique=True).map(tuple))  # fmt: skip
def test_any_header_survives_csv(header):
    row = ("x",) * len(header)
    assert read_back(csv_bytes(header, [row])) == (header, [row])


def test_delimiters_within_every_cell_mislead_nobody():
    header, row = ("a", "b;c"), ("d", "e;f")
    assert read_back(csv_bytes(header, [row])) == (header, [row])


@unhurried
@given(text=st.text() | TRICKY)
def test_raw_text_is_read_as_its_clean_form(text):
    """Also what no file can hold: lone surrogates, NUL and other control characters."""
    if cleaned(text):
        for content in (
            csv_bytes(HEADER, [("a", text, "b")]),
            xlsx_bytes(HEADER, [("a", text, "b")], title="x"),
        ):
            ((_, cell, _),) = read_back(content)[1]
            assert cleaned(cell) == cleaned(text)


@unhurried
@given(text=st.text() | TRICKY)
def test_the_guard_is_undone_exactly(text):
    assert unguard(guard(text)) == text


@pytest.mark.parametrize(
    ("text", "guarded"),
    (
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+48 600 100 200", "'+48 600 100 200"),
        ("-2+3", "'-2+3"),
        ("- punkt", "'- punkt"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        # Opened with another delimiter, the text falls apart into cells.
        ("a;=1", "a;'=1"),
        ("a,@x", "a,'@x"),
        ("a\n+1", "a\n'+1"),
        ('a"=1', "a\"'=1"),
        ("-5", "-5"),
        ("-5,50", "-5,50"),
        ("-5.5", "-5.5"),
        ("-٣", "'-٣"),
        ("-", "-"),
        ("a=1", "a=1"),
        ("l'Orange", "l'Orange"),
        ("", ""),
    ),
)
def test_what_a_program_would_run_is_guarded(text, guarded):
    assert guard(text) == guarded


def test_formulas_stand_guarded_in_both_dialects():
    assert csv_bytes(["a", "=b"], [["=1", -5]]) == (
        b'\xef\xbb\xbf"a","\'=b"\r\n"\'=1","-5"\r\n'
    )
    assert csv_bytes(["a", "=b"], [["=1", -5.5]], dialect="excel-pl") == (
        b'"a";"\'=b"\r\n"\'=1";"-5,5"\r\n'
    )


def test_letters_outside_windows_1250_are_replaced_and_named():
    rows = [["Ńukasz ǵ", "Оксана", "﹦1"]]
    assert lost_letters(["x"], rows) == "ǵОакнс﹦"
    # A replacement must not become the formula that the letter was not.
    assert csv_bytes(["x"], rows, dialect="excel-pl").decode("cp1250") == (
        '"x"\r\n"Ńukasz g";"??????";"\'=1"\r\n'
    )


def test_values_are_written_by_their_type():
    day = date(2024, 3, 1)
    moment = datetime(2024, 7, 1, 10, 5, tzinfo=UTC)
    old = date(1899, 12, 31)
    rows = [["x", None, 7, 7.5, day, moment, old]]
    header = ["a", "b", "c", "d", "e", "f", "g"]
    assert csv_bytes(header, rows).decode("utf-8-sig").splitlines()[1] == (
        '"x","","7","7.5","2024-03-01","2024-07-01 12:05","1899-12-31"'
    )
    ((_, *cells),) = read_back(xlsx_bytes(header, rows, title="x"))[1]
    assert cells == ["", "7", "7.5", day, "2024-07-01 12:05", "1899-12-31"]


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_in_xlsx_formulas_and_links_are_text_and_phones_keep_their_plus():
    texts = ["=1+1", "http://gmina.example", "007"]
    sheet = opened(xlsx_bytes(HEADER, [texts], title="x")).active
    assert [(cell.value, cell.data_type, cell.number_format) for cell in sheet[2]] == [
        (text, "s", "@") for text in texts
    ]
    assert [cell.hyperlink for cell in sheet[2]] == [None, None, None]


def test_in_xlsx_the_header_is_frozen_and_columns_are_wide_enough():
    sheet = opened(
        xlsx_bytes(HEADER, [["x" * 30, "y", "z" * 500]], title="Osoby")
    ).active
    assert (sheet.title, sheet.freeze_panes) == ("Osoby", "A2")
    assert [round(sheet.column_dimensions[name].width) for name in "ABC"] == [33, 9, 62]


def test_drop_downs_offer_answers_kept_on_a_hidden_sheet():
    answers = [f"Urząd {number}, =miasta" for number in range(300)]
    content = xlsx_bytes(
        HEADER, [["a", "b", "c"]], title="Osoby", choices={1: answers, 2: ["tak"]}
    )

    book = opened(content)
    lists = book["_lists"]
    assert lists.sheet_state == "hidden"
    assert [row[0].value for row in lists.iter_rows()] == answers
    assert [
        (rule.type, rule.formula1, str(rule.sqref))
        for rule in book["Osoby"].data_validations.dataValidation
    ] == [
        ("list", "'_lists'!$A$1:$A$300", "B2:B20001"),
        ("list", "'_lists'!$B$1", "C2:C20001"),
    ]
    assert read(content, "a.xlsx").notes == ()


@pytest.mark.parametrize(
    ("title", "name"),
    (
        ("Nabór 1/2024: [osoby]", "Nabór 1 2024 osoby"),
        ("x" * 40, "x" * 31),
        ("'a'", "a"),
        ("History", "Table"),
        ("_LISTS", "Table"),
        ("///", "Table"),
    ),
)
def test_any_title_names_the_sheet(title, name):
    assert opened(xlsx_bytes(HEADER, [], title=title)).sheetnames == [name]
