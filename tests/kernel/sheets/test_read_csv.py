import pytest

from mosty.kernel.sheets import limits, refusals
from mosty.kernel.sheets.read import read
from mosty.kernel.sheets.table import Row

from .files import HEADER, KNOWN, ROWS, refused


def as_csv(delimiter, newline="\r\n"):
    def quoted(cell):
        return f'"{cell}"' if set(cell) & set(';,\t"') else cell

    return newline.join(delimiter.join(map(quoted, row)) for row in [HEADER, *ROWS])


@pytest.mark.parametrize("newline", ("\r\n", "\n", "\r"))
@pytest.mark.parametrize("delimiter", (";", ",", "\t"))
@pytest.mark.parametrize(
    ("codec", "mark", "encoding"),
    (
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("windows-1250", b"", "windows-1250"),
        ("iso-8859-2", b"", "iso-8859-2"),
    ),
)
@pytest.mark.parametrize("known", (frozenset(), KNOWN))
def test_encoding_delimiter_and_line_ends_are_found(
    codec, mark, encoding, delimiter, newline, known
):
    content = mark + as_csv(delimiter, newline).encode(codec)

    sheet = read(content, "zgloszenia.csv", known)

    assert (sheet.kind, sheet.encoding, sheet.delimiter) == ("csv", encoding, delimiter)
    assert sheet.header == tuple(HEADER)
    assert sheet.rows == tuple(Row(i, tuple(row)) for i, row in enumerate(ROWS, 2))
    assert sheet.notes == ()


def read_text(text, known=frozenset()):
    return read(text.encode(), "a.csv", known)


def cells(sheet):
    return [row.cells for row in sheet.rows]


def test_quotes_keep_delimiters_quotes_and_line_breaks():
    sheet = read_text('Imię;Urząd\nZofia;"Urząd; ""Wydział""\nul. Długa 1"\n')
    assert cells(sheet) == [("Zofia", 'Urząd; "Wydział" ul. Długa 1')]


def test_quotation_marks_out_of_place_are_kept():
    sheet = read_text('Imię;Urząd\nZofia;Szkoła "Pod lipą"\nJan;"Dom" Kultury\n')
    assert cells(sheet) == [("Zofia", 'Szkoła "Pod lipą"'), ("Jan", "Dom Kultury")]


def test_commas_in_addresses_do_not_win_over_semicolons():
    sheet = read_text("Imię;Adres\nZofia;ul. Długa 1, m. 2\nJan;ul. Mała 3, m. 4\n")
    assert sheet.delimiter == ";"


def test_header_names_decide_between_delimiters():
    text = "Nazwisko, imię;uwagi\nŚwięcka, Zofia;brak\n"
    assert read_text(text).delimiter == ";"
    assert read_text(text, frozenset({"nazwisko"})).delimiter == ","


def test_directive_of_excel_names_the_delimiter():
    sheet = read_text("sep=,\r\nImię,Uwagi\r\nZofia,a;b\r\n")
    assert (sheet.delimiter, sheet.header_line) == (",", 1)
    assert cells(sheet) == [("Zofia", "a;b")]


def test_titles_above_the_header_are_passed_over_and_lines_counted():
    text = "Lista osób;;\n\nNabór; część 1;\nImię;Nazwisko;Urząd\n;;\nZofia;Święcka;Gmina\n"
    sheet = read_text(text, KNOWN)
    assert (sheet.header, sheet.header_line) == (tuple(HEADER), 4)
    assert sheet.rows == (Row(6, ("Zofia", "Święcka", "Gmina")),)


def test_without_known_names_the_first_row_with_two_cells_is_the_header():
    sheet = read_text("Lista osób\nImię;Nazwisko\nZofia;Święcka\n")
    assert (sheet.header, sheet.header_line) == (("Imię", "Nazwisko"), 2)


def test_rows_are_made_equally_long_and_empty_columns_dropped():
    sheet = read_text("Imię;;Urząd;;\nZofia\nJan;;Gmina;;dopisek\n;;;;\n")
    assert sheet.header == ("Imię", "Urząd", "(E)")
    assert cells(sheet) == [("Zofia", "", ""), ("Jan", "Gmina", "dopisek")]


def test_equal_headers_are_told_apart():
    assert read_text("Imię;Imię;Imię (2);Imię\na;b;c;d\n").header == (
        "Imię",
        "Imię (2)",
        "Imię (2) (2)",
        "Imię (3)",
    )


def test_one_column_is_a_table_too():
    sheet = read_text("E-mail\nzofia@gmina.example\n")
    assert (sheet.header, cells(sheet)) == (("E-mail",), [("zofia@gmina.example",)])


def test_control_and_invisible_characters_are_dropped():
    sheet = read_text("Imię;Nazwisko\nZo\x07fia\u200b;\u202eŚwię\u00adcka\x1b\u00a0\n")
    assert cells(sheet) == [("Zofia", "Święcka")]


def test_damaged_polish_letters_are_pointed_out():
    sheet = read(
        "Imię;Urząd\nMichał;Gmina\n".encode().decode("cp1250").encode(), "a.csv"
    )
    assert len(sheet.notes) == 1


def test_signs_of_windows_are_not_taken_for_iso_letters():
    sheet = read("Nazwa;Wynik\nPróba;± 5\n".encode("cp1250"), "a.csv")
    assert cells(sheet) == [("Próba", "± 5")]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    (
        (b"", "a.csv", refusals.EMPTY),
        (b"\xef\xbb\xbf \r\n\t", "a.csv", refusals.EMPTY),
        (b";;\n;;\n", "a.csv", refusals.EMPTY),
        (b"\x00" * 100, "a.csv", refusals.EMPTY),
        ("Imię;Urząd\n".encode(), "a.csv", refusals.NO_ROWS),
        (
            b"Zofia;zofia@gmina.example\nJan;jan@gmina.example\n",
            "a.csv",
            refusals.NO_HEADER,
        ),
        (b"1;2\n3;4\n", "a.csv", refusals.NO_HEADER),
        (b"a;b\n1;\x00\n", "a.csv", refusals.BINARY),
        ("a;b\n1;ł\n".encode("utf-16-le"), "a.csv", refusals.BINARY),
        (b"a;b\n1;\x81\x83\x98\n", "a.csv", refusals.ENCODING),
        (b"\xff\xfea;b\n1;2", "a.csv", refusals.ENCODING),
        ("Imię;b\n1;2\n".encode(), "a.xlsx", refusals.NOT_XLSX),
        (b"a;b\n" + b"x;y\n" * 30_000, "a.csv", refusals.TOO_MANY_ROWS),
    ),
)
def test_what_is_no_table_is_refused(content, name, sentence):
    assert refused(content, name)[0] == sentence


def test_the_limit_of_rows_is_exact():
    full = b"a;b\n" + b"x;y\n" * limits.MAX_ROWS
    assert len(read(full, "a.csv").rows) == limits.MAX_ROWS
    assert refused(full + b"x;y\n")[0] == refusals.TOO_MANY_ROWS


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"a;b\nx;y\n1;" + b"z" * 2001, refusals.cell_too_long("B3")),
        (b"a;b\nx;" + b";" * 59 + b"y", refusals.too_many_columns("BI")),
        (b'a;b\nx;y\n1;"open\n2;3\n', refusals.open_quote(3)),
        (b'a;b\nx;y\n1;"open\n' + b"2;3\n" * 50_000, refusals.open_quote(3)),
        (b'a;b\nx;"', refusals.open_quote(2)),
    ),
)
def test_the_place_of_the_trouble_is_named(content, sentence):
    assert str(refused(content)[0]) == str(sentence)


def test_sixty_columns_of_two_thousand_characters_are_read():
    row = ";".join(["x" * limits.MAX_CELL] * limits.MAX_COLUMNS)
    names = ";".join(f"n{i}" for i in range(limits.MAX_COLUMNS))
    assert len(read_text(f"{names}\n{row}\n").rows[0].cells) == limits.MAX_COLUMNS


def test_two_hundred_megabytes_are_refused_by_their_length():
    sentence, peak = refused(b"x" * (200 * 1024**2))
    assert sentence == refusals.TOO_BIG
    assert peak < 1


def test_a_hundred_thousand_rows_are_refused_before_memory_grows():
    content = b"a;b;c;d\n" + b"".join(
        b"%d;x%d;y%d;z%d\n" % (i, i, i, i) for i in range(100_000)
    )
    sentence, peak = refused(content)
    assert sentence == refusals.TOO_MANY_ROWS
    assert peak < 60


@pytest.mark.parametrize("filler", (b";", b"\n", b'"', b"\r"))
def test_megabytes_of_nothing_take_little_room(filler):
    _, peak = refused(b"a;b\n" + filler * 1024**2)
    assert peak < 60
