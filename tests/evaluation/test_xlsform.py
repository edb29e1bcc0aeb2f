"""XLSForms: read, refused with the place named, written, and read back unchanged."""

import io

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from mosty.evaluation.questions import CannotUse, parse
from mosty.evaluation.questions.xlsform import read
from mosty.evaluation.questions.xlsform_write import write
from mosty.kernel.sheets.refusals import CannotRead
from tests.evaluation.conftest import CONTENT, both

HEAD = ["type", "name", "label::Polish (pl)", "label::English (en)", "required"]
CHOICES = [
    ["list_name", "name", "label::Polish (pl)", "label::English (en)"],
    ["yn", "yes", "Tak", "Yes"],
    ["yn", "no", "Nie", "No"],
]


def workbook(survey, choices=CHOICES, settings=(), **others):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheets = {"survey": survey, "choices": choices, "settings": settings, **others}
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for at, line in enumerate(lines):
            sheet.write_row(at, 0, line)
    book.close()
    return stream.getvalue()


def test_the_types_that_are_known():
    found = read(
        workbook(
            [
                HEAD,
                ["begin group", "part", "Część", "Part"],
                ["select_one yn", "good", "Dobrze?", "Good?", "yes"],
                ["select_multiple yn", "which", "Które?", "Which?"],
                ["end group"],
                ["text", "more", "Więcej", "More"],
                ["integer", "years", "Lata", "Years"],
                ["note", "thanks", "Dziękujemy", "Thanks"],
                ["text", "quote_1", "Jedno zdanie", "One sentence"],
            ],
            settings=[["form_title"], ["A form"]],
        ),
        "pl",
    )
    assert found.title == {"pl": "A form", "en": "A form"}
    assert found.languages == ("pl", "en")
    assert [(q.key, str(q.kind), q.required) for q in found.questions] == [
        ("part", "note", False),
        ("good", "one", True),
        ("which", "many", False),
        ("more", "text", False),
        ("years", "number", False),
        ("thanks", "note", False),
        ("quote_1", "quote", False),
    ]
    assert [(o.key, o.text["en"]) for o in found.questions[1].options] == [
        ("yes", "Yes"),
        ("no", "No"),
    ]


def test_a_range_is_a_scale_and_a_bare_label_is_in_the_forms_own_language():
    found = read(
        workbook(
            [
                ["type", "name", "label", "parameters"],
                ["range", "useful", "Useful?", "start=0 end=10 step=1"],
            ],
            choices=[],
            settings=[["form_title", "default_language"], ["T", "English (en)"]],
        ),
        "pl",
    )
    question = found.questions[0]
    assert (found.languages, question.least, question.most, question.text) == (
        ("en",),
        0,
        10,
        {"en": "Useful?"},
    )


@pytest.mark.parametrize(
    ("survey", "sentence"),
    (
        (
            [HEAD, ["geopoint", "where", "Gdzie", "Where"]],
            ("Sheet “survey”, row 2, column A (type): this type is not taken over. Known are "
            "select_one, select_multiple, text, range, integer, note and groups."),
        ),
        (
            [HEAD, ["text", "a", "A", "A"], ["deviceid", "d"]],
            ("Sheet “survey”, row 3, column A (type): answers here are joined to no person, "
            "device or moment, so this is not asked."),
        ),
        (
            [[*HEAD, "relevant"], ["text", "a", "A", "A", "", "${b} = 1"]],
            ("Sheet “survey”, row 2, column F (relevant): conditions, calculations and media "
            "are not taken over."),
        ),
        (
            [HEAD, ["select_one colours", "a", "A", "A"]],
            "Sheet “survey”, row 2, column A (type): there are no choices “colours”.",
        ),
        (
            [HEAD, ["text", "a", "A", "A", "perhaps"]],
            "Sheet “survey”, row 2, column E (required): write yes or no.",
        ),
        (
            [HEAD, ["begin group", "g", "G", "G"], ["text", "a", "A", "A"]],
            "Sheet “survey”, row 2, column A (type): this group is never closed.",
        ),
        (
            [HEAD, ["text", "a", "A", "A"], ["end group"]],
            "Sheet “survey”, row 3, column A (type): no group is open here.",
        ),
        (
            [["type", "name", "label::Klingon (xx)"], ["text", "a", "A"]],
            ("Sheet “survey”, row 1, column C (label::xx): this language is not known; write "
            "for example “label::Polish (pl)”."),
        ),
        (
            [HEAD, ["text", "a", "A", ""]],
            "Question 1: a text is missing in: English.",
        ),
        (
            [[*HEAD, "parameters"], ["range", "a", "A", "A", "", f"start=1 end={10**30}"]],
            "Question 1: a scale has 2 to 11 steps.",
        ),
        (
            [HEAD, *[["begin group", f"g{n}", ""] for n in range(2000)]],
            "Sheet “survey”, row 22, column A (type): this group stands inside too many others.",
        ),
        ([HEAD, ["note", "a", "A", "A"]], "Add a question: the questionnaire asks nothing yet."),
    ),
)  # fmt: skip
def test_what_is_not_known_is_named_with_its_place(survey, sentence):
    with pytest.raises(CannotUse) as refused:
        read(workbook(survey), "pl")
    assert str(refused.value) == sentence


def test_pyxform_has_the_last_word():
    with pytest.raises(CannotUse) as refused:
        read(workbook([HEAD, ["text", "a", "A ${nobody}", "A"]]), "pl")
    assert str(refused.value).startswith("XLSForm's own check says: ")


@pytest.mark.parametrize(
    "content",
    (
        pytest.param(b"", id="empty"),
        pytest.param(b"PK\x03\x04" + b"x" * 100, id="no archive"),
        pytest.param(b"a,b\n1,2\n", id="csv"),
        pytest.param(b"%PDF-1.7", id="pdf"),
        pytest.param(b"PK\x03\x04" + b"x" * (10 * 1024**2 + 1), id="too big"),
    ),
)
def test_other_files_are_refused(content):
    with pytest.raises(CannotRead):
        read(content, "pl")


def test_an_archive_that_grows_is_refused():
    import zipfile

    stream = io.BytesIO(workbook([HEAD, ["text", "a", "A", "A"]]))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", b"0" * (70 * 1024**2))
    with pytest.raises(CannotRead):
        read(stream.getvalue(), "pl")


def test_a_workbook_of_something_else_is_refused():
    with pytest.raises(CannotUse) as refused:
        read(workbook([], people=[["name"], ["Ewa"]], choices=[]), "pl")
    assert str(refused.value) in {
        "This workbook has no sheet “survey”, so it is no XLSForm.",
        "Say in which languages the questionnaire is written.",
    }


def test_what_is_written_reads_back_as_it_was():
    content = parse(CONTENT)
    assert read(write(content), "en") == content


WORDS = st.text("abcdefghij =+-@'", min_size=1, max_size=12).filter(
    lambda text: text.strip() and text.strip(" –-.:") == text
)
TEXT = st.builds(lambda pl, en: {"pl": pl, "en": en}, WORDS, WORDS)


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(("scale", "one", "many", "number", "text", "note")))
    made = {"kind": kind, "text": draw(TEXT)}
    if kind == "scale":
        made["least"] = draw(st.integers(0, 2))
        made["most"] = made["least"] + draw(st.integers(1, 8))
        if draw(st.booleans()):
            made |= {"low": draw(TEXT), "high": draw(TEXT)}
    if kind in {"one", "many"}:
        made["options"] = [
            {
                "key": f"a{number}",
                "text": draw(TEXT),
                "right": kind == "many" and draw(st.booleans()),
            }
            for number in range(draw(st.integers(2, 4)))
        ]
    if kind != "note":
        made["required"] = draw(st.booleans())
    return made


@settings(max_examples=40, deadline=None)
@given(st.lists(questions(), min_size=1, max_size=6))
def test_any_questionnaire_reads_back_as_it_was(asked):
    stored = {
        "title": both("T"),
        "languages": ["pl", "en"],
        "questions": [{"key": f"q{number}", **one} for number, one in enumerate(asked)]
        + [{"key": "last", "kind": "text", "text": both("Last")}],
    }
    content = parse(stored)
    assert read(write(content), "pl") == content
