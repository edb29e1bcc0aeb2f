"""Sheets read by name: of those that there are, within the limits of a table."""

import io

import pytest
import xlsxwriter

from mosty.kernel.sheets.refusals import CannotRead
from mosty.kernel.sheets.workbook import open_all


def workbook(**sheets):
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for name, lines in sheets.items():
        sheet = book.add_worksheet(name)
        for at, line in enumerate(lines):
            sheet.write_row(at, 0, line)
    book.close()
    return stream.getvalue()


def test_the_sheets_that_are_asked_for():
    content = workbook(Survey=[["a", "b"], [], [1, ""]], other=[["x"]], empty=[])
    assert open_all(content, ("survey", "empty", "missing")) == {
        "survey": [(1, ["a", "b"]), (3, ["1"])],
        "empty": [],
    }


@pytest.mark.parametrize(
    "content",
    (
        pytest.param(b"a,b\n1,2\n", id="no workbook"),
        pytest.param(workbook(survey=[["x"] * 61]), id="too wide"),
        pytest.param(workbook(survey=[["x" * 2001]]), id="too long a cell"),
    ),
)
def test_beyond_a_limit_nothing_is_read(content):
    with pytest.raises(CannotRead):
        open_all(content, ("survey",))
