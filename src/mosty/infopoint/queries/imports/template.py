"""A workbook to fill in: the right columns, and lists to choose from."""

from datetime import date

from django.utils.translation import gettext as _

from mosty.infopoint.models import Kind, Point, Returning
from mosty.infopoint.queries.imports.columns import (
    COLUMNS,
    INTERPRETER,
    RETURNING,
)
from mosty.infopoint.queries.imports.vocabulary import lists_of
from mosty.kernel.sheets.write import xlsx_bytes


def workbook(point: Point, today: date) -> bytes:
    """Return the workbook in the language that is active."""
    lists = lists_of(point)
    choices = {}
    for at, column in enumerate(COLUMNS):
        if column.key in Kind.values:
            held = [one for one in lists.offered(column.key) if one.holds_on(today)]
            choices[at] = [one.label for one in held]
        elif column.key == INTERPRETER:
            choices[at] = [_("yes"), _("no")]
        elif column.key == RETURNING:
            choices[at] = [str(one.label) for one in Returning]
    return xlsx_bytes(
        [str(column.label) for column in COLUMNS],
        [],
        title=_("Consultations"),
        choices=choices,
    )
