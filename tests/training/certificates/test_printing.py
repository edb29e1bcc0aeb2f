"""The certificate as PDF: tagged, on one page, and deaf to markup."""

import io
from datetime import date

import pypdf
import pytest

from mosty.training import pictures, printing
from mosty.training.models import Picture

CONTENT = {
    "version": 1,
    "languages": ["pl", "en"],
    "course": {"pl": "Partnerstwa", "en": "Partnerships"},
    "programme": {"pl": "Akademia", "en": "Academy"},
    "issuer": {"pl": "ODIHR", "en": "ODIHR"},
    "place": {"pl": "Kraków", "en": "Kraków"},
    "starts_on": "2024-06-20",
    "ends_on": "2024-06-21",
    "is_illustrative": False,
    "address": "academy/courses/course",
    "outcomes": {"pl": ["Planuje", "Mierzy"], "en": ["Plans", "Measures"]},
    "signatories": [
        {
            "name": "Jan Kowalski",
            "function": {"pl": "Dyrektor", "en": "Director"},
            "organisation": {"pl": "ODIHR", "en": "ODIHR"},
        }
    ],
    "logos": [],
    "name": "Anna Żak",
    "is_fictional": True,
    "minutes": 600,
    "of_minutes": 750,
}
SERIAL = "2024-7KQX-2M9PC"


def sheet(**content):
    return printing.Sheet(SERIAL, {**CONTENT, **content}, date(2024, 7, 1))


def read(made):
    return pypdf.PdfReader(io.BytesIO(made))


def tags(reader):
    """Return every element of the structure tree: its kind, and what stands for it."""
    found = []

    def walk(node):
        if isinstance(node, list):
            for one in node:
                walk(one)
            return
        node = node.get_object() if hasattr(node, "get_object") else node
        if not isinstance(node, dict):
            return
        if "/S" in node:
            found.append((node["/S"], node.get("/Alt"), node.get("/Lang")))
        if "/K" in node:
            walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def text_of(made):
    """Return the text; spaces are where the page has them, or not."""
    return "".join(read(made).pages[0].extract_text().split())


def test_it_says_what_it_must():
    said = text_of(printing.pdf(sheet(), {}))
    expected = (
        "Anna Żak", "Partnerstwa", "Partnerships", "20–21 czerwca 2024",
        "20–21 June 2024", "Planuje", "Measures", "Jan Kowalski", "Dyrektor", SERIAL,
        "testserver/certificates", "10 h of 12 h 30 min",
    )  # fmt: skip
    assert [one for one in expected if "".join(one.split()) not in said] == []


def test_the_structure_is_that_of_an_accessible_document():
    reader = read(printing.pdf(sheet(), {}))
    root = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "pl")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - pypdf's own kind
    assert reader.xmp_metadata is not None
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data().replace(b" ", b"")
    assert reader.metadata.title == "Zaświadczenie o ukończeniu szkolenia: Partnerstwa"
    kinds = [kind for kind, _alt, _lang in tags(reader)]
    assert (kinds.count("/H1"), kinds.count("/H2"), kinds.count("/Figure")) == (1, 3, 1)
    assert kinds.count("/LI") == 4
    assert {lang for _kind, _alt, lang in tags(reader)} >= {"en"}


def test_every_picture_has_words_in_its_place(db):
    logo = Picture(**drawn(), digest="a" * 64)
    with_logo = sheet(logos=[{"name": "Logo of ODIHR", "digest": logo.digest}])
    reader = read(printing.pdf(with_logo, {logo.digest: logo}))
    assert [alt for kind, alt, _lang in tags(reader) if kind == "/Figure"] == [
        "Logo of ODIHR",
        "Kod QR z adresem, pod którym sprawdza się to zaświadczenie",
    ]


def drawn():
    made = pictures.drawn_again(printing.badge(sheet()))
    return {"content": made.content, "width": made.width, "height": made.height}


NAMES = (
    "Łucja Ćwik-Żółć",
    "#panic() $x^ *a* _b_ `c` <d> @e",
    "\"\\\" 'quoted' ]#[",
    "= Heading",
    "//x /*",
    "Ярослава Їжакевич",
    "محمد الأحمد",
    "אברהם כהן",
    "Nguyễn Thị Ánh",
    "王小明",
    "A" * 200,
    "Bartłomiej Przemysław " * 8,
)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_letters_fits_on_one_page(name):
    reader = read(printing.pdf(sheet(name=name), {}))
    assert (len(reader.pages), reader.trailer["/Root"]["/MarkInfo"]["/Marked"]) == (
        1,
        True,
    )


def test_the_longest_texts_fit_on_one_page(db):
    logo = Picture(**drawn(), digest="a" * 64)
    line = "Plans action with civil society, residents and other units of the city, and measures what came of it for all who live there, now and later"
    long = sheet(
        course=dict.fromkeys(("pl", "en"), "Partnerships for the integration " * 6),
        programme=dict.fromkeys(
            ("pl", "en"), "Academy on the Integration of Migrants " * 3
        ),
        outcomes=dict.fromkeys(("pl", "en"), [line] * 8),
        signatories=CONTENT["signatories"] * 3,
        logos=[{"name": "x", "digest": logo.digest}] * 6,
        name="Konstantynopolitańczykowianeczka Bartłomieja Przemysława " * 2,
    )
    assert len(read(printing.pdf(long, {logo.digest: logo})).pages) == 1


def test_one_language_alone():
    said = text_of(printing.pdf(sheet(languages=["en"]), {}))
    assert ("Certificateofcompletion" in said, "Zaświadczenie" in said) == (True, False)


def test_the_same_certificate_is_the_same_file():
    assert printing.pdf(sheet(), {}) == printing.pdf(sheet(), {})


def test_many_come_in_their_order():
    names = ["Anna", "Beata", "Cezary"]
    made = printing.pdfs([sheet(name=name) for name in names], {})
    assert [
        next(name for name in names if name in text_of(one)) for one in made
    ] == names
