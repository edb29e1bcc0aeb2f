import pytest

from mosty.kernel.sheets import refusals
from mosty.kernel.sheets.read import read
from mosty.kernel.sheets.refusals import CannotRead

from .files import HEADER, ROWS, altered, archive, sheet

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
TYPES = ("[Content_Types].xml", b"<Types/>")


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"%PDF-1.7\n1 0 obj", refusals.PDF),
        (b"\x89PNG\r\n\x1a\n\x00", refusals.PICTURE),
        (b"\xff\xd8\xff\xe0 JFIF", refusals.PICTURE),
        (b"GIF89a", refusals.PICTURE),
        (b"{\\rtf1\\ansi", refusals.DOCUMENT),
        (b"Rar!\x1a\x07", refusals.ARCHIVE),
        (b"\x1f\x8b\x08", refusals.ARCHIVE),
        (OLE2 + "Workbook".encode("utf-16-le"), refusals.OLD_XLS),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), refusals.PASSWORD),
        (OLE2 + "WordDocument".encode("utf-16-le"), refusals.DOCUMENT),
        (b"<html><table><tr><td>a</td></tr></table>", refusals.WEB_PAGE),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", refusals.WEB_PAGE),
        ("\ufeff<html>".encode("utf-16-le"), refusals.WEB_PAGE),
        ("\ufeff<html>".encode("utf-16-be"), refusals.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook/>', refusals.WEB_PAGE),
        (archive(("tabela.xlsx", sheet([HEADER, *ROWS]))), refusals.ARCHIVE),
        (archive(("mimetype", b"x"), ("content.xml", b"<x/>")), refusals.OPEN_DOCUMENT),
        (archive(TYPES, ("word/document.xml", b"<x/>")), refusals.DOCUMENT),
        (archive(TYPES, ("xl/workbook.bin", b"x")), refusals.BINARY_XLSX),
        (archive(TYPES, ("xl/vbaProject.bin", b"x")), refusals.MACROS),
        (archive(TYPES), refusals.DAMAGED),
        (b"PK\x03\x04 and then nothing", refusals.DAMAGED),
        (sheet([HEADER, *ROWS])[:-200], refusals.DAMAGED),
    ),
)
@pytest.mark.parametrize(
    "name", ("zgloszenia.xlsx", "zgloszenia.csv", "zgloszenia.xls")
)
def test_a_file_is_what_its_bytes_say_whatever_its_name(content, name, sentence):
    with pytest.raises(CannotRead) as refusal:
        read(content, name)
    assert refusal.value.sentence == sentence


def test_macros_are_known_by_their_content_type_too():
    content = altered(
        sheet([HEADER, *ROWS]),
        "[Content_Types].xml",
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    with pytest.raises(CannotRead) as refusal:
        read(content, "a.xlsx")
    assert refusal.value.sentence == refusals.MACROS


def test_a_workbook_is_read_under_any_name():
    assert read(sheet([HEADER, *ROWS]), "zgloszenia.csv").kind == "xlsx"
