"""The form on which somebody says which column is which."""

import pytest

from mosty.importing.forms import ColumnsForm, with_samples
from mosty.importing.queries.tables import Table
from mosty.kernel.sheets.mapping import Column

COLUMNS = (
    Column("day", ("day",), required=True, label="Day"),
    Column("level", ("level",), required=False, label="Level"),
)
TABLE = Table(("Dzień", "Uwagi"), [], {"day": 0}, {"level": "high"})


def form(data=None):
    return ColumnsForm(
        data,
        table=TABLE,
        columns=COLUMNS,
        groups=[("In the file", [(0, "Dzień"), (1, "Uwagi")])],
        answers={"level": [("high", "High")]},
    )


def test_it_begins_with_what_was_recognised():
    assert form().initial == {"day": "column:0", "level": "answer:high"}
    assert [str(group[0]) for group in form().fields["day"].choices] == [
        "",
        "In the file",
    ]
    assert form().fields["level"].choices[2][1] == [("answer:high", "High")]


def test_a_column_and_an_answer():
    sent = form({"day": "column:1", "level": "answer:high"})
    assert sent.is_valid()
    assert (sent.columns, sent.fixed) == ({"day": 1}, {"level": "high"})


@pytest.mark.parametrize(
    ("data", "errors"),
    (
        (
            {"day": "column:0", "level": "column:0"},
            {"level": ["This column is chosen already for: Day."]},
        ),
        (
            {"day": "column:9"},
            {
                "day": [
                    "Select a valid choice. column:9 is not one of the available choices."
                ]
            },
        ),
    ),
)
def test_what_cannot_be_chosen(data, errors):
    assert form(data).errors == errors


def test_an_example_stands_beside_the_name_and_is_short():
    assert with_samples(("a", "b"), ("x" * 31, "")) == [
        (0, f"a ({'x' * 30}…)"),
        (1, "b"),
    ]
