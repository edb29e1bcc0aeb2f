"""What files are taken for, whatever they are called, and why others are not taken."""

import pytest

from mosty.kernel.files import CannotTake, examine, refusals
from tests.kernel.files import samples as s

MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEXT = "Zażółć gęślą jaźń; Привіт\r\n".encode()


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    (
        (s.PDF, "x.pdf", "pdf"),
        (b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF", "letters-only.pdf", "pdf"),
        (s.PNG, "x.pdf", "png"),
        (s.JPEG, "x", "jpg"),
        (s.WEBP, "x.webp", "webp"),
        (s.MP3, "x.mp3", "mp3"),
        (s.MP4, "x.mp4", "mp4"),
        (s.office("docx"), "x.zip", "docx"),
        (s.office("xlsx"), "x.xlsx", "xlsx"),
        (s.office("pptx"), "x.pptx", "pptx"),
        (s.office("docx", {"word/embeddings/chart.xlsx": b"x"}), "x.docx", "docx"),
        (s.open_document("text"), "x.odt", "odt"),
        (s.open_document("spreadsheet"), "x.ods", "ods"),
        (s.open_document("presentation"), "x.odp", "odp"),
        (TEXT, "x.txt", "txt"),
        (b"\xef\xbb\xbf" + TEXT, "x.csv", "csv"),
        (b"# Agenda\n\n- one", "x.MD", "md"),
        (TEXT, "x.unheard-of", "txt"),
        # Two letters that programs begin with, and an office's text may, too.
        ("MZK Toruń: rozkład".encode(), "x.txt", "txt"),
        (b"1 < 2 and 3 > 2", "x.txt", "txt"),
    ),
)
def test_what_is_taken(content, name, ending):
    assert examine(content, name).ending == ending


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    (
        (b"", "empty.pdf", refusals.EMPTY),
        (b" \n\t", "blank.txt", refusals.EMPTY),
        (s.EXE, "handout.pdf", refusals.PROGRAM),
        (s.ELF, "handout.pdf", refusals.PROGRAM),
        (b"\xca\xfe\xba\xbe\0\0\0\x34" + b"\0" * 30, "x.pdf", refusals.PROGRAM),
        (b"#!/bin/sh\nrm -rf /\n", "notes.txt", refusals.SCRIPT),
        (b"@ECHO OFF\r\n", "notes.txt", refusals.SCRIPT),
        (b"alert(1)", "notes.js", refusals.SCRIPT),
        (b"hello <?php phpinfo();", "notes.txt", refusals.SCRIPT),
        (b"{\\rtf1 hello}", "notes.txt", refusals.SCRIPT),
        (b"%!PS-Adobe-3.0", "notes.txt", refusals.SCRIPT),
        (b"<!DOCTYPE html><p>x", "notes.txt", refusals.WEB_PAGE),
        (b"\n <!-- x --><b >x</b>", "notes.txt", refusals.WEB_PAGE),
        (b"Hello <ScRiPt>alert(1)</script>", "notes.md", refusals.WEB_PAGE),
        (b"harmless", "page.html", refusals.WEB_PAGE),
        (b"<svg xmlns='x'/>", "logo.png", refusals.DRAWING),
        (b"<?xml version='1.0'?><svg/>", "logo.svg", refusals.DRAWING),
        (b"<html>" + s.PDF, "polyglot.pdf", refusals.WEB_PAGE),
        (b"\n" + s.PDF, "shifted.pdf", refusals.DAMAGED),
        (s.PDF + s.packed({"a.txt": b"a"}), "two.pdf", refusals.TWO_IN_ONE),
        (s.PDF[:-8], "cut.pdf", refusals.DAMAGED),
        (s.PNG[:-9], "cut.png", refusals.DAMAGED),
        (s.WEBP[:30], "cut.webp", refusals.DAMAGED),
        (s.office("docx")[:-30], "cut.docx", refusals.DAMAGED),
        (s.packed({"a.txt": b"a"}), "x.docx", refusals.ARCHIVE),
        (s.packed({"META-INF/MANIFEST.MF": b"a"}), "x.pdf", refusals.ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 30, "x.pdf", refusals.ARCHIVE),
        (b"\x1f\x8b\x08\0" + b"\0" * 30, "x.pdf", refusals.ARCHIVE),
        (s.OLE, "old.doc", refusals.OLD_OFFICE),
        (s.office("docx", main=MACRO), "x.docx", refusals.MACROS),
        (s.office("docx", {"word/vbaProject.bin": b"x"}), "x.docm", refusals.MACROS),
        (s.office("xlsx", {"xl/macrosheets/a.xml": b"x"}), "x.xlsx", refusals.MACROS),
        (s.office("docx", {"word/activeX/a.bin": b"x"}), "x.docx", refusals.MACROS),
        (s.open_document("text", {"Basic/x.xml": b""}), "x.odt", refusals.MACROS),
        (s.open_document("text", {"Scripts/x.py": b""}), "x.odt", refusals.MACROS),
        (s.open_document("graphics"), "x.odg", refusals.ARCHIVE),
        (s.office("docx", {"../../x.xml": b"x"}), "x.docx", refusals.DAMAGED),
        (s.office("docx", {"/etc/x.xml": b"x"}), "x.docx", refusals.DAMAGED),
        (s.office("docx", {"C:\\x.xml": b"x"}), "x.docx", refusals.DAMAGED),
        (s.office("docx", {"WORD/document.xml": b"x"}), "x.docx", refusals.DAMAGED),
        (s.encrypted(), "x.docx", refusals.LOCKED),
        ("Zażółć".encode("cp1250"), "x.txt", refusals.NOT_UTF8),
        ("Zażółć".encode("utf-16"), "x.txt", refusals.NOT_UTF8),
        (b"a\0b", "x.txt", refusals.UNKNOWN),
        (b"GIF89a" + b"\0" * 30, "x.gif", refusals.UNKNOWN),
        # Like a film to us, and not to the library.
        (b"\0\0\0\x14ftypqt  \0\0\0\0moov" + b"\0" * 9, "x.mp4", refusals.UNKNOWN),
    ),
)
def test_what_is_refused(content, name, sentence):
    with pytest.raises(CannotTake) as refused:
        examine(content, name)
    assert refused.value.sentence == sentence


SCRIPT = b"<</S/JavaScript/JS(app.alert(1))>>"


@pytest.mark.parametrize(
    "content",
    (
        s.pdf(SCRIPT),
        s.pdf(SCRIPT.replace(b"vaS", b"va#53")),
        s.pdf(SCRIPT, is_packed=True),
        s.pdf(b"<</S/Launch/F(calc.exe)>>"),
        s.pdf(b"<</Names<</EmbeddedFiles 3 0 R>>>>"),
        s.pdf(b"<</Type/EmbeddedFile>>", is_packed=True),
        s.pdf(b"<</Subtype/RichMedia>>"),
    ),
)
def test_a_pdf_that_does_more_than_show_pages_is_refused(content):
    with pytest.raises(CannotTake) as refused:
        examine(content, "x.pdf")
    assert refused.value.sentence == refusals.RUNS


@pytest.mark.parametrize(
    "content",
    (
        s.PDF.replace(b"trailer\n<<", b"trailer\n<</Encrypt 5 0 R "),
        s.PDF.replace(b"trailer\n<<", b"trailer\n<</Encr#79pt%\n<</Filter/Standard>>"),
        # The stream that newer programs write for the trailer.
        s.pdf(b"<</Type/XRef/Encrypt\n7 0 R/Filter/FlateDecode>>"),
    ),
)
def test_a_pdf_that_cannot_be_looked_into_is_refused(content):
    assert content != s.PDF
    with pytest.raises(CannotTake) as refused:
        examine(content, "x.pdf")
    assert refused.value.sentence == refusals.LOCKED_PDF


@pytest.mark.parametrize(
    "content",
    (
        s.pdf(b"(Read about JavaScript)"),
        s.pdf(b"<</EncryptMetadata false/Encrypted true>>"),
        s.pdf(b"<</A/Launcher/B/JavaScripting>>", is_packed=True),
        # Not packed as it says; and one that would fill the memory.
        s.pdf(b"<</Type/ObjStm/Filter/FlateDecode>>\nstream\nno\nendstream"),
        s.pdf(b"\0" * 5_000_000, is_packed=True),
    ),
)
def test_a_pdf_that_shows_pages_is_taken(content):
    assert examine(content, "x.pdf").ending == "pdf"


@pytest.mark.parametrize(
    "part", ("word/embeddings/oleObject1.bin", "word/media/setup.exe", "word/x.html")
)
def test_what_is_inside_is_named(part):
    with pytest.raises(CannotTake) as refused:
        examine(s.office("docx", {part: b"x"}), "x.docx")
    name = part.rpartition("/")[2].lower()
    assert str(refused.value) == str(refusals.ATTACHED) % {"name": name}


def test_a_bomb_is_refused_by_what_its_directory_says():
    content = s.bomb()
    assert len(content) < 1024**2
    with pytest.raises(CannotTake) as refused:
        examine(content, "x.docx")
    assert refused.value.sentence == refusals.TOO_LARGE_INSIDE


def test_a_bomb_whose_directory_lies_is_refused_as_it_is_unpacked():
    with pytest.raises(CannotTake) as refused:
        examine(s.lying_bomb(), "x.docx")
    assert refused.value.sentence == refusals.DAMAGED


def test_a_directory_without_end_is_not_made_into_objects():
    with pytest.raises(CannotTake) as refused:
        examine(b"PK\x03\x04" + b"PK\x01\x02" * 5_001, "x.docx")
    assert refused.value.sentence == refusals.TOO_LARGE_INSIDE


@pytest.mark.parametrize("between", ("<!---->", "<?xml ?>", "<!-- x --> "))
def test_a_text_is_read_in_time_that_grows_with_its_length(between):
    """Of two readings of each comment, a few hundred would be more than anybody can try."""
    assert examine(b"x" + between.encode() * 500, "notes.txt").ending == "txt"
    first = between.encode() * 500
    if between.startswith("<!--"):
        assert examine(first + b"x", "notes.txt").ending == "txt"
    else:
        with pytest.raises(CannotTake, match=str(refusals.WEB_PAGE)[:20]):
            examine(first + b"x", "notes.txt")
