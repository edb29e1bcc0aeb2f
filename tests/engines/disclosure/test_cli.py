"""The commands protect and audit, on files."""

import csv

import pytest

from mosty.engines.disclosure.cli import main

CELLS = """\
region;topic;n
North;housing;12
North;violence;2
North;work;9
South;housing;4
South;violence;0
South;work;30
East;housing;11
East;violence;7
East;work;1
"""
GIVEN = ["--dims", "region,topic", "--value", "n"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cells.csv").write_text(CELLS, encoding="utf-8")
    return tmp_path


def run(capsys, *arguments):
    code = main([*arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def protect_file(capsys, *more, table="cells.csv", out="safe.csv"):
    return run(capsys, "protect", "--table", table, *GIVEN, "--out", out, *more)


def cells_in(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["region"], row["topic"]): (row["n"], row["status"]) for row in rows}


def test_protected_table_has_cells_sums_and_statuses(folder, capsys):
    code, out, _ = protect_file(capsys)

    cells = cells_in(folder / "safe.csv")
    assert (code, len(cells)) == (0, 16)
    assert out.splitlines()[-1] == "audit holds\t7 hidden cells"
    assert {codes for codes, cell in cells.items() if cell[1] == "primary"} == {
        ("North", "violence"),
        ("South", "housing"),
        ("East", "work"),
    }
    assert cells["South", "violence"] == ("0", "")
    assert cells["Total", "Total"] == ("76", "")
    assert all((number == "") == (status != "") for number, status in cells.values())


def test_audit_of_what_protect_wrote_holds(folder, capsys):
    protect_file(capsys)

    code, out, _ = run(capsys, "audit", "safe.csv")

    assert (code, out) == (0, "audit holds\t7 hidden cells\n")


def test_a_number_put_back_is_noticed(folder, capsys):
    """The peers' trap: total minus the others."""
    protect_file(capsys)
    text = (folder / "safe.csv").read_text(encoding="utf-8")
    text = text.replace("North,work,,secondary", "North,work,9,")
    (folder / "safe.csv").write_text(text, encoding="utf-8")

    code, out, _ = run(capsys, "audit", "safe.csv")

    assert code == 1
    assert any(
        line.startswith("given away\tregion=North, topic=violence is from 2 to 2,")
        and line.endswith("(region=North: the sum over topic)")
        for line in out.splitlines()
    )


def test_two_years_that_differ_in_what_they_hide_are_noticed(folder, capsys):
    protect_file(capsys)
    shown = (folder / "safe.csv").read_text(encoding="utf-8")
    (folder / "old.csv").write_text(
        shown.replace("North,violence,,primary", "North,violence,2,"), encoding="utf-8"
    )

    code, out, _ = run(capsys, "audit", "safe.csv", "--earlier", "old.csv")

    assert code == 1
    assert "(published in old.csv)" in out


def test_hierarchy_makes_sums_in_between(folder, capsys):
    (folder / "h.csv").write_text(
        "code,parent\nNorth,Inland\nEast,Inland\nSouth,\nInland,\n", encoding="utf-8"
    )

    code, _, _ = protect_file(capsys, "--hierarchy", "region=h.csv")
    again, _, _ = run(capsys, "audit", "safe.csv", "--hierarchy", "region=h.csv")

    assert (code, again) == (0, 0)
    cells = cells_in(folder / "safe.csv")
    assert cells["Inland", "Total"] in {("42", ""), ("", "secondary")}
    assert len(cells) == 20


def test_sensitive_topics_need_more(folder, capsys):
    protect_file(capsys, "--sensitive", "topic=violence:10")

    assert cells_in(folder / "safe.csv")["East", "violence"] == ("", "primary")


def test_merged_statuses_tell_nothing(folder, capsys):
    code, _, _ = protect_file(capsys, "--merge")

    assert code == 0
    assert {status for _, status in cells_in(folder / "safe.csv").values()} == {
        "",
        "hidden",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    (
        ("region;topic;n\nNorth;housing;-1\n", "cells.csv, row 2, column n: -1 is negative, which no count can be."),
        ("region;topic;n\nNorth;housing;x\n", "cells.csv, row 2, column n: x is not a whole number."),
        ("region;topic;n\nNorth;housing;\n", "cells.csv, row 2: the column n is empty."),
        ("region;topic;n\n;housing;1\n", "cells.csv, row 2: the column region is empty."),
        ("region;topic;n\nA;b;1\nA;b;2\n", "cells.csv, row 3: the cell A, b stands in row 2 already."),
        ("region;topic;n\n", "cells.csv has a header, but no rows."),
        ("region;n\nA;1\n", "cells.csv has no column topic. Its columns are: region, n."),
        (
            "region;topic;n\nTotal;b;1\n",
            "cells.csv, row 2: cells.csv: the code Total is kept for sums, which are made here. Give inner cells only.",
        ),
        ("", "cells.csv is empty: its first row must name the columns."),
    ),
)  # fmt: skip
def test_bad_tables_are_told_in_a_sentence(folder, capsys, text, said):
    (folder / "cells.csv").write_text(text, encoding="utf-8")

    assert protect_file(capsys) == (2, "", f"protect: {said}\n")
    assert not (folder / "safe.csv").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    (
        ("code,parent\nNorth,X\nX,North\n", "The hierarchy of region has a loop: North > X > North."),
        ("code,parent\nNorth,X\n", "cells.csv: the hierarchy of region does not know East."),
        ("code,parent\nNorth,X\nNorth,Y\n", "h.csv, row 3: North has two parents, X and Y."),
        (
            "code,parent\nNorth,South\nEast,South\n",
            "cells.csv: region has both East and South, in which it lies.",
        ),
    ),
)  # fmt: skip
def test_bad_hierarchies_are_told_in_a_sentence(folder, capsys, text, said):
    (folder / "h.csv").write_text(text, encoding="utf-8")

    found = protect_file(capsys, "--hierarchy", "region=h.csv")

    assert found == (2, "", f"protect: {said}\n")


@pytest.mark.parametrize(
    ("more", "said"),
    (
        (("--threshold", "2"), "The threshold is 2, but must be 3 at least: a hidden number of which only 1 is possible would not be hidden."),
        (("--hierarchy", "region"), "--hierarchy region: write it as DIM=CSV, such as region=h.csv."),
        (("--hierarchy", "age=h.csv"), "cells.csv has no dimension age."),
        (("--sensitive", "topic=x"), "--sensitive topic=x: write it as DIM=CODE:N, such as topic=violence:10."),
    ),
)  # fmt: skip
def test_bad_options_are_told_in_a_sentence(folder, capsys, more, said):
    assert protect_file(capsys, *more) == (2, "", f"protect: {said}\n")


def test_audit_refuses_what_contradicts_itself(folder, capsys):
    protect_file(capsys)
    text = (folder / "safe.csv").read_text(encoding="utf-8")
    (folder / "safe.csv").write_text(
        text.replace("Total,Total,76,", "Total,Total,77,"), encoding="utf-8"
    )

    code, _, err = run(capsys, "audit", "safe.csv")

    assert code == 2
    assert err.startswith("audit: The published numbers contradict each other")


def test_audit_refuses_other_tables(folder, capsys):
    assert run(capsys, "audit", "cells.csv") == (
        2,
        "",
        "audit: cells.csv is no protected table: it has no column status.\n",
    )


def test_everything_small_is_hidden_whole(folder, capsys):
    (folder / "cells.csv").write_text(
        "region;topic;n\nA;x;1\nA;y;1\nB;x;1\nB;y;1\n", encoding="utf-8"
    )

    code, _, _ = protect_file(capsys)

    assert code == 0
    assert {cell[0] for cell in cells_in(folder / "safe.csv").values()} == {""}


def test_all_zeros_are_shown(folder, capsys):
    (folder / "cells.csv").write_text(
        "region;topic;n\nA;x;0\nA;y;0\n", encoding="utf-8"
    )

    code, _, _ = protect_file(capsys)

    assert code == 0
    assert set(cells_in(folder / "safe.csv").values()) == {("0", "")}
