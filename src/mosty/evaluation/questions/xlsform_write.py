"""Writing a questionnaire as an XLSForm that reads back as it was."""

import io
from collections.abc import Iterator, Mapping, Sequence

import xlsxwriter
from django.utils.translation import get_language_info

from mosty.evaluation.questions.schema import CHOICES, Content, Kind, Question
from mosty.evaluation.questions.xlsform import LIKERT

_TYPES = {
    Kind.NUMBER: "integer",
    Kind.TEXT: "text",
    Kind.QUOTE: "text",
    Kind.NOTE: "note",
}


def write(content: Content) -> bytes:
    """Return the workbook; every cell is text, so that nothing in it is a formula."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    bold = book.add_format({"bold": True})
    for name, lines in (
        ("survey", _survey(content)),
        ("choices", _choices(content)),
        ("settings", _settings(content)),
    ):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for number, line in enumerate(lines):
            for at, text in enumerate(line):
                # Never write(), which makes formulas and links out of text.
                sheet.write_string(number, at, text, *([] if number else [bold]))
        sheet.set_column(0, 12, 28)
    book.close()
    return stream.getvalue()


def _labelled(column: str, codes: Sequence[str]) -> list[str]:
    return [f"{column}::{get_language_info(code)['name']} ({code})" for code in codes]


def _in_all(text: Mapping[str, str], codes: Sequence[str]) -> list[str]:
    return [text.get(code, "") for code in codes]


def _survey(content: Content) -> Iterator[list[str]]:
    codes = content.languages
    labels = [*_labelled("label", codes), *_labelled("hint", codes)]
    yield ["type", "name", *labels, "required", "appearance"]
    for question in content.questions:
        yield [
            _type(question),
            question.key,
            *_in_all(question.text, codes),
            *_in_all(question.hint, codes),
            "yes" if question.required else "",
            LIKERT if question.kind == Kind.SCALE else "",
        ]


def _type(question: Question) -> str:
    if question.kind == Kind.MANY:
        return f"select_multiple {question.key}"
    if question.kind in {Kind.ONE, Kind.SCALE}:
        return f"select_one {question.key}"
    return _TYPES[question.kind]


def _choices(content: Content) -> Iterator[list[str]]:
    codes = content.languages
    yield ["list_name", "name", *_labelled("label", codes), "right"]
    for question in content.questions:
        if question.kind == Kind.SCALE:
            for step in question.steps:
                end = {question.least: question.low, question.most: question.high}
                words = end.get(step, {})
                yield [
                    question.key,
                    str(step),
                    *(
                        f"{step} – {text}" if (text := words.get(code)) else str(step)
                        for code in codes
                    ),
                    "",
                ]
        if question.kind in CHOICES:
            for option in question.options:
                yield [
                    question.key,
                    option.key,
                    *_in_all(option.text, codes),
                    "yes" if option.is_right else "",
                ]


def _settings(content: Content) -> Iterator[list[str]]:
    first = content.languages[0]
    yield [
        "form_title",
        "form_id",
        "default_language",
        *(f"form_title_{code}" for code in content.languages),
    ]
    name = f"{get_language_info(first)['name']} ({first})"
    yield [
        content.title[first],
        "questionnaire",
        name,
        *_in_all(content.title, content.languages),
    ]
