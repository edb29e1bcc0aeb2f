"""A workbook to fill in: one row a person, drop-down lists, and how to fill it in."""

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mosty.directory.models import Department, Level
from mosty.kernel.sheets import limits
from mosty.nominations.models import Call
from mosty.nominations.queries.imports.columns import (
    CITY,
    DEPARTMENT,
    EMAIL,
    FAMILY_NAME,
    GENDER,
    GIVEN_NAME,
    IN_POST_SINCE,
    LANGUAGE,
    LEVEL,
    MOTIVATION,
    POSITION,
    PREFERENCE,
)
from mosty.nominations.queries.imports.vocabulary import choices
from mosty.nominations.rules.labels import value_label
from mosty.nominations.rules.words import how_many

_HINTS = {
    CITY: gettext_lazy("Choose from the list."),
    GIVEN_NAME: gettext_lazy("All given names, as the person writes them."),
    FAMILY_NAME: gettext_lazy("As the person writes it."),
    EMAIL: gettext_lazy(
        "The person's own address at work. A message with a link goes there. By city and "
        "address the person is known again when the file is sent once more."
    ),
    DEPARTMENT: gettext_lazy("Choose from the list what the person's unit deals with."),
    LEVEL: gettext_lazy("Choose from the list."),
    POSITION: gettext_lazy("What the post is called."),
    IN_POST_SINCE: gettext_lazy("A day such as 01.03.2024, or month and year."),
    GENDER: gettext_lazy("Choose from the list, or leave the cell empty."),
    LANGUAGE: gettext_lazy("Choose from the list in which language we write."),
    MOTIVATION: gettext_lazy("A few sentences, at most 2,000 characters."),
    PREFERENCE: gettext_lazy("1 for the first. It decides nothing between cities."),
}
_NEEDED = {CITY, GIVEN_NAME, FAMILY_NAME, EMAIL, DEPARTMENT, LEVEL}
_LISTS = "_lists"
_WIDTHS = {MOTIVATION: 60, EMAIL: 32, POSITION: 32, DEPARTMENT: 32}


def workbook(call: Call, cities: Sequence[str]) -> bytes:
    """Return the workbook for ``call`` in the language that is active."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False})
    book.set_properties({"title": str(call)})
    answers = _answers(call, cities)
    _people(book, answers)
    _instructions(book, call)
    _lists(book, answers)
    book.close()
    return stream.getvalue()


def _answers(call: Call, cities: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Return what the drop-down lists offer, only what the rules admit."""
    rules = call.rules
    departments = rules.departments or Department.values
    levels = rules.levels or Level.values
    return {
        "city": cities,
        "department": [value_label("department", value) for value in departments],
        "level": [value_label("level", value) for value in levels],
        "gender": [str(names[0]) for names in choices("gender").values()],
        "language": [str(names[0]) for names in choices("language").values()],
    }


def _people(book: xlsxwriter.Workbook, answers: Mapping[str, Sequence[str]]) -> None:
    sheet = book.add_worksheet(_("Nominations"))
    text = book.add_format({"num_format": "@", "valign": "top"})
    head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(_HINTS):
        name = str(column.label)
        sheet.write_string(0, at, name, head)
        # Text, so that nothing that is typed turns into a number.
        width = _WIDTHS.get(column, max(16, len(name) + 2))
        sheet.set_column(at, at, width, text)
        if offered := answers.get(column.key):
            place = list(answers).index(column.key)
            last = xlsxwriter.utility.xl_range_abs(0, place, len(offered) - 1, place)
            rule = {"validate": "list", "source": f"='{_LISTS}'!{last}"}
            sheet.data_validation(1, at, limits.MAX_ROWS, at, rule)


def _instructions(book: xlsxwriter.Workbook, call: Call) -> None:
    sheet = book.add_worksheet(_("How to fill it in"))
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    sheet.set_column(0, 1, 26, wrap)
    sheet.set_column(2, 2, 80, wrap)
    sheet.write_string(0, 0, str(call.course.title), bold)
    sheet.write_string(1, 0, how_many(call.rules))
    sheet.write_string(
        2, 0, _("One row for each person. An empty cell changes nothing.")
    )
    for at, heading in enumerate((_("Column"), _("Needed"), _("What to write"))):
        sheet.write_string(4, at, heading, bold)
    for line, (column, hint) in enumerate(_HINTS.items(), 5):
        needed = _("yes") if column in _NEEDED else _("no")
        for at, words in enumerate((column.label, needed, hint)):
            sheet.write_string(line, at, str(words), wrap)


def _lists(book: xlsxwriter.Workbook, answers: Mapping[str, Sequence[str]]) -> None:
    """Put the answers on a hidden sheet, since a list in a cell's rule is too short."""
    sheet = book.add_worksheet(_LISTS)
    sheet.hide()
    for at, offered in enumerate(answers.values()):
        for line, words in enumerate(offered):
            sheet.write_string(line, at, words)
