"""Differencing, filters, cited figures: what is known besides one table."""

import pytest

from mosty.engines.disclosure import (
    BadTables,
    Cell,
    Guard,
    Hierarchy,
    Protected,
    Statement,
    Table,
    audit,
    key,
    protect,
)

MONTHS = Hierarchy(
    "month", {**{f"m{i}": f"Q{(i + 2) // 3}" for i in range(1, 7)}, "Q1": "Total"}
)


def shown(name, dimensions, values, where=()):
    cells = {}
    for codes, value in values.items():
        cells[codes] = Cell(value, "" if value is not None else "hidden")
    return Protected(name, dimensions, cells, where=where)


def test_a_quarter_without_two_of_its_months_gives_the_third_away():
    """Nobody publishes March; January, February and the quarter do."""
    tables = [
        shown("quarter", ("t",), {("x",): 20, ("Total",): 20}, (("month", "Q1"),)),
        shown("january", ("t",), {("x",): 9, ("Total",): 9}, (("month", "m1"),)),
        shown("february", ("t",), {("x",): 9, ("Total",): 9}, (("month", "m2"),)),
    ]

    found = audit(tables, [MONTHS])

    assert {(one.code, one.cell, one.low, one.high) for one in found.findings} == {
        ("guarded", "month=m3, t=x", 2, 2),
        ("guarded", "month=m3", 2, 2),
    }
    assert audit(tables[:2], [MONTHS]).holds


def test_large_left_overs_are_no_secret():
    tables = [
        shown("year", ("t",), {("x",): 90, ("Total",): 90}),
        shown("first", ("t",), {("x",): 40, ("Total",): 40}, (("half", "1"),)),
        shown("other", ("t",), {("x",): 50, ("Total",): 50}, (("half", "2"),)),
    ]

    assert audit(tables).holds


def test_what_was_published_once_cannot_be_hidden():
    table = Table("now", ("t",), {("x",): 2, ("y",): 9, ("z",): 8})
    before = shown("before", ("t",), {("x",): 2, ("y",): 9, ("z",): 8, ("Total",): 19})

    done = protect([table], earlier=[before], tau_seconds=0.01)

    assert not done.audit.holds
    first = next(one for one in done.audit.findings if one.cell == "t=x")
    assert (first.low, first.high, first.because) == (2, 2, ("published in before",))


def test_cited_figures_count():
    """A share of a hidden cell, rounded to whole percents, pins it."""
    table = shown(
        "t", ("t",), {("x",): None, ("y",): None, ("z",): 60, ("Total",): 100}
    )
    share = Statement(((key("n", t="x"), 200),), 3 * 100, 5 * 100 - 1, "press, 2 %")

    assert audit([table]).holds
    found = audit([table], also=[share])
    assert [(one.cell, one.low, one.high) for one in found.findings] == [
        ("t=x", 2, 2),
        ("t=y", 38, 38),
    ]
    assert "press, 2 %" in found.findings[0].because


def test_cited_figures_about_nothing_are_refused():
    table = shown("t", ("t",), {("x",): 5, ("Total",): 5})

    with pytest.raises(
        BadTables, match=r"^press: there is no cell t=q in the tables\.$"
    ):
        audit([table], also=[Statement(((key("n", t="q"), 1),), 1, 1, "press")])


def test_guarded_sums_are_looked_at():
    table = shown("t", ("t",), {("x",): 1, ("y",): 2, ("z",): 60, ("Total",): 63})
    both = Guard(((key("n", t="x"), 1), (key("n", t="y"), 1)), 5, "x and y")

    found = audit([table], guards=[both])

    assert [(one.code, one.low, one.high) for one in found.findings] == [
        ("guarded", 3, 3)
    ]


def test_two_small_numbers_alone_in_a_sum_get_a_third():
    table = Table("t", ("t",), {("x",): 4, ("y",): 4, ("z",): 9, ("w",): 50})

    done = protect([table])

    cells = done.tables[0].cells
    assert [codes for codes, cell in cells.items() if cell.status] == [
        ("x",),
        ("y",),
        ("z",),
    ]


def test_a_width_of_its_own_hides_what_leaves_more_room():
    """Beside nine a small number is open by eight; with thirty besides by more."""
    values = {("x",): 2, ("y",): 9, ("z",): 30, ("w",): 40}

    def hidden(**fields):
        table = Table("t", ("t",), values, **fields)
        done = protect([table], tau_seconds=0.01)
        assert done.audit.holds
        cells = done.tables[0].cells
        return [codes[0] for codes, cell in cells.items() if cell.value is None]

    assert hidden() == ["x", "y"]
    assert hidden(width=4) == ["x", "y"]
    assert hidden(width=12) == ["x", "y", "z"]


def test_small_numbers_alone_are_found():
    cells = {
        ("x",): Cell(None, "primary"),
        ("y",): Cell(None, "primary"),
        ("z",): Cell(9),
        ("Total",): Cell(17),
    }

    found = audit([Protected("t", ("t",), cells)])

    assert [one.code for one in found.findings] == ["alone"]


def test_statuses_that_tell_are_noted_apart():
    """Four small parts of a small sum: whoever sees the marks knows all."""
    table = Table("t", ("t",), {("x",): 1, ("y",): 1, ("z",): 1, ("w",): 1})

    done = protect([table])

    assert done.audit.holds
    assert {(one.cell, one.low, one.high) for one in done.audit.marks} == {
        ("t=x", 1, 1),
        ("t=y", 1, 1),
        ("t=z", 1, 1),
        ("t=w", 1, 1),
        ("Total", 4, 4),
    }
    assert audit([done.tables[0].merged()]).marks == ()
