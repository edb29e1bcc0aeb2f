"""Workbooks that mean harm: small in the post, large or wrong when they are opened."""

import io
import struct
import tracemalloc
import zipfile
from contextlib import suppress

import pytest

from mosty.kernel.sheets import limits, refusals
from mosty.kernel.sheets.read import read
from mosty.kernel.sheets.refusals import CannotRead

from .files import HEADER, ROWS, altered, archive, refused, sheet

TABLE = sheet([HEADER, *ROWS])
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
END = b"</sheetData>"


def sentence_of(content):
    sentence, peak = refused(content)
    assert peak < 30
    return sentence


def rows_of(content):
    tracemalloc.start()
    rows = [row.cells for row in read(content, "a.xlsx").rows]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 * 1024**2
    return rows


def test_the_table_itself_is_sound():
    assert rows_of(TABLE) == [tuple(row) for row in ROWS]


def bomb(letter=b" ", megabytes=100):
    return altered(TABLE, SHEET, END, END + letter * (megabytes * 1024**2))


def test_a_bomb_is_refused_by_its_directory():
    content = bomb()
    assert len(content) < 200_000
    assert sentence_of(content) == refusals.UNPACKS_TOO_BIG


def lying(content, part, size):
    """Return the archive with ``size`` as the unpacked size of ``part``, wherever told."""
    data = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        entry = source.getinfo(part)
        struct.pack_into("<I", data, entry.header_offset + 22, size)
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        length = struct.unpack_from("<H", data, at + 28)[0]
        if data[at + 46 : at + 46 + length] == part.encode():
            struct.pack_into("<I", data, at + 24, size)
        at += 4
    return bytes(data)


@pytest.mark.parametrize("told", (0, 1000, 50 * 1024**2))
def test_a_bomb_with_a_lying_directory_is_refused(told):
    content = lying(bomb(), SHEET, told)
    assert sentence_of(content) in {refusals.UNPACKS_TOO_BIG, refusals.DAMAGED}


def test_one_part_packed_too_well_is_refused():
    assert sentence_of(bomb(megabytes=10)) == refusals.UNPACKS_TOO_BIG


def test_a_part_named_many_times_spends_one_budget():
    names = b"".join(
        b'<sheet name="s%d" sheetId="%d" r:id="rId1"/>' % (i, i + 10)
        for i in range(200)
    )
    empty = altered(
        sheet([]),
        SHEET,
        b"<sheetData/>",
        b"<!--" + b"xyzzy " * 100_000 + b"--><sheetData/>",
    )
    content = altered(empty, "xl/workbook.xml", b"</sheets>", names + b"</sheets>")
    content = stored(content)
    assert sentence_of(content) == refusals.UNPACKS_TOO_BIG


def stored(content):
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as target:
            for name in source.namelist():
                target.writestr(name, source.read(name))
    return stream.getvalue()


def test_too_many_entries_are_refused():
    parts = [(f"xl/{i}.xml", b"") for i in range(limits.MAX_ENTRIES + 1)]
    assert sentence_of(archive(*parts)) == refusals.UNPACKS_TOO_BIG


def test_an_archive_inside_is_never_opened():
    content = TABLE
    with zipfile.ZipFile(stream := io.BytesIO(content), "a") as target:
        target.writestr("xl/embeddings/oleObject1.bin", bomb())
    assert rows_of(stream.getvalue()) == [tuple(row) for row in ROWS]


def test_a_bomb_in_a_part_that_is_never_opened_is_refused_too():
    with zipfile.ZipFile(
        stream := io.BytesIO(TABLE), "a", zipfile.ZIP_DEFLATED
    ) as target:
        target.writestr("xl/media/image1.png", b" " * (limits.MAX_UNPACKED + 1))
    assert sentence_of(stream.getvalue()) == refusals.UNPACKS_TOO_BIG


def test_an_encrypted_entry_is_refused():
    data = bytearray(TABLE)
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    assert sentence_of(bytes(data)) == refusals.PASSWORD


@pytest.mark.parametrize("method", (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
def test_other_ways_of_packing_are_refused(method):
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(TABLE)) as source,
        zipfile.ZipFile(stream, "w", method) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name))
    assert sentence_of(stream.getvalue()) == refusals.DAMAGED


@pytest.mark.parametrize(
    ("part", "old", "new", "sentence"),
    (
        # The far corner: 17,000 million cells, if the sheet were laid out.
        (SHEET, b'r="C3"', b'r="XFD1048576"', refusals.too_many_columns("XFD")),
        (SHEET, b'r="C3"', b'r="3C"', refusals.DAMAGED),
        (SHEET, b'r="C3"', b'r="C0"', refusals.DAMAGED),
        (SHEET, b"<v>3</v>", b"<v>999</v>", refusals.DAMAGED),
        (SHEET, b"<v>3</v>", b"<v>x</v>", refusals.DAMAGED),
        (SHEET, b"</worksheet>", b"", refusals.DAMAGED),
        (
            SHEET,
            b"<worksheet",
            b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet',
            refusals.DAMAGED,
        ),
        (STRINGS, b"<sst", b'<!DOCTYPE x [<!ENTITY a "b">]><sst', refusals.DAMAGED),
        ("xl/workbook.xml", b"<workbook", b"<!DOCTYPE x><workbook", refusals.DAMAGED),
        (SHEET, b'<row r="3"', b'<row r="x"', refusals.DAMAGED),
        (
            SHEET,
            END,
            END + b'<mergeCells><mergeCell ref="A"/></mergeCells>',
            refusals.DAMAGED,
        ),
        (SHEET, b'<row r="3"', b'<row r="1048576"', None),
        (SHEET, b'ref="A1:C3"', b'ref="A1:XFD1048576"', None),
        (STRINGS, b'uniqueCount="', b'uniqueCount="999999999', None),
        (SHEET, b'r="C3"', b'r="c3"', None),
        (SHEET, b' r="C3"', b"", None),
    ),
)
def test_a_sheet_that_lies_about_itself_is_refused_or_harmless(
    part, old, new, sentence
):
    content = altered(TABLE, part, old, new)
    if sentence is None:
        assert [row.cells for row in read(content, "a.xlsx").rows] == list(
            map(tuple, ROWS)
        )
    else:
        assert str(sentence_of(content)) == str(sentence)


def test_one_long_text_in_very_many_cells_takes_the_room_of_one():
    row = b"<row>" + b'<c t="s"><v>0</v></c>' * limits.MAX_COLUMNS + b"</row>"
    long = altered(TABLE, STRINGS, "Imię".encode(), "ą".encode() * 1900)
    assert len(rows_of(stored(altered(long, SHEET, END, row * 500 + END)))) == 502


def test_ranges_merged_over_one_another_are_refused():
    far = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    ranges = b"<mergeCells>" + b'<mergeCell ref="A1:A1048576"/>' * 5 + b"</mergeCells>"
    assert (
        sentence_of(altered(TABLE, SHEET, END, far + END + ranges)) == refusals.DAMAGED
    )


def test_endless_styles_are_refused():
    content = altered(
        TABLE, "xl/styles.xml", b"</cellXfs>", b"<xf/>" * 200_001 + b"</cellXfs>"
    )
    assert sentence_of(content) == refusals.UNPACKS_TOO_BIG


def test_links_to_other_files_are_not_followed():
    content = altered(
        TABLE,
        "xl/_rels/workbook.xml.rels",
        b'Target="worksheets/sheet1.xml"',
        b'Target="file:///etc/passwd" TargetMode="External"',
    )
    assert sentence_of(content) == refusals.NO_SHEET


def test_a_path_out_of_the_archive_leads_nowhere():
    content = altered(
        TABLE,
        "xl/_rels/workbook.xml.rels",
        b'Target="worksheets/sheet1.xml"',
        b'Target="../../../../etc/passwd"',
    )
    assert sentence_of(content) == refusals.DAMAGED


@pytest.mark.parametrize("cut", range(1, 60, 3))
def test_any_file_cut_short_or_spoilt_is_refused_in_words(cut):
    at = len(TABLE) * cut // 60
    for content in (TABLE[:at], TABLE[:at] + b"\xff\x00\x55" + TABLE[at + 3 :]):
        with suppress(CannotRead):
            read(content, "a.xlsx")
