"""The one table of all benches: nothing that was promised is ever left out."""

from dataclasses import replace

import pytest
from bench.benches import NAMES, goals_of
from bench.kept import Kept, checked
from bench.places import DOCUMENT
from bench.rows import Row

from bench import __main__ as command
from bench import kept, table

MACHINE = {"commit": "abc", "cores": "2", "processor": "P", "memory": "1 GiB", "system": "Linux"}  # fmt: skip


def run(name, met=True, **changes):
    """Return a run of a bench in which each goal came to the same."""
    rows = tuple(Row(1.5, "s", goal.key, met) for goal in goals_of(name).GOALS)
    return Kept(**{"date": "2024-05-31", "machine": MACHINE, "rows": rows, **changes})


@pytest.fixture
def runs():
    return {name: run(name) for name in NAMES}


def test_missed_goals_stand_first_with_reason_and_next_idea(runs):
    # Of the last but one: the order of the benches would put it far below.
    text = table.made(runs | {"maps": run("maps", met=False)})
    [goal] = goals_of("maps").GOALS
    first = text.split("## The table")[1].splitlines()[4]
    assert first.startswith(f"| [Maps](benchmarks-maps.md) | {goal.what} |")
    assert "**missed**" in first
    assert text.count("**missed**") == 1
    assert f"- **{goal.what}: {goal.promise}.** It came to 1.5 s." in text
    assert f"*Next:* {goal.next}" in text
    assert "46 of 47 goals are met." in text


def test_a_goal_without_reason_says_so(runs):
    row = Row(700.0, "ms", "both", met=False)
    assert table.NO_REASON in table.made(runs | {"maps": run("maps", rows=(row,))})


@pytest.mark.parametrize("gone", (None, "failed", "part"))
def test_a_goal_never_vanishes(runs, gone):
    """Whether a bench never ran, failed, or measured only some of what it promises."""
    search = run("search")
    changed = {
        None: None,
        "failed": replace(search, rows=(), failed=True),
        "part": replace(search, rows=search.rows[1:]),
    }[gone]
    text = table.made(runs | {"search": changed})
    left = 1 if gone == "part" else 6
    body = text.split("## The table")[1]
    assert body.count("**not measured**") == left
    # Before all that are met.
    assert body.index("**not measured**") < body.index("| met |")
    assert f"{47 - left} of 47 goals are met." in text
    for goal in goals_of("search").GOALS:
        assert goal.what in body


def test_every_promise_stands_in_the_table(runs):
    text = table.made(dict.fromkeys(NAMES))
    every = [goal for name in NAMES for goal in goals_of(name).GOALS]
    assert text.count("**not measured**") == len(every)
    for goal in every:
        assert f"| {goal.what} | {goal.promise} |" in text


@pytest.mark.parametrize("name", NAMES)
def test_no_two_goals_are_called_the_same(name):
    goals = goals_of(name).GOALS
    assert len({goal.key for goal in goals}) == len(goals)
    assert len({(goal.what, goal.promise) for goal in goals}) == len(goals)


def test_a_busy_machine_is_told_beside_the_date(runs):
    busy = run("maps", load=(0.6, 3.0))
    line = next(one for one in table.lines("maps", goals_of("maps"), busy))
    assert "2024-05-31, busy" in line
    assert "busy" not in next(
        table.lines("maps", goals_of("maps"), run("maps", load=(0.5, 9.0)))
    )


def test_the_page_is_made_of_what_is_kept():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert table.placed(text, table.made()) == text


def test_nothing_is_placed_where_nobody_says_where():
    with pytest.raises(ValueError, match="where the table begins"):
        table.placed("# A page", "")


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    (
        (0.00374, "s", "0.00374 s"),
        (22.31, "ms", "22.3 ms"),
        (2184.2, "s", "2,184 s"),
        (98.43, "%", "98.4%"),
        (14, "", "14"),
    ),
)
def test_numbers_are_as_exact_as_they_say_anything(value, unit, words):
    assert table.amount(value, unit) == words


@pytest.mark.parametrize(
    "row",
    (
        Row(1.0, goal="other", met=True),
        Row(1.0, goal="one"),
        Row(1.0),
        Row(1.0, what="something", met=True),
    ),
)
def test_a_row_is_of_a_promise_or_of_none(row):
    with pytest.raises(ValueError, match=r"no such goal|verdict"):
        checked([row], ["one"])


def test_what_is_kept_comes_back(tmp_path):
    row = Row(1.25, "ms", "both", met=True, floor=0.5, note="x")
    given = run("maps", rows=(row,), load=(0.1, None), facts={"Typst": "1"})
    kept.save("maps", given, tmp_path)
    assert kept.load("maps", tmp_path) == given
    assert kept.load("plans", tmp_path) is None


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder in which all benches have been kept, and a page."""
    for name in NAMES:
        kept.save(name, run(name), tmp_path)
    page = tmp_path / "page.md"
    page.write_text(f"# Benchmarks\n\n{table.BEGINS}\n")
    monkeypatch.setattr(command, "DOCUMENT", page)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(kept.load, "__defaults__", (tmp_path,))
    monkeypatch.setattr(kept.save, "__defaults__", (tmp_path,))
    return tmp_path


def test_one_bench_renews_its_lines_and_leaves_the_others(folder, monkeypatch):
    new = run("maps", met=False, date="2024-06-30")
    monkeypatch.setattr(command, "_run", lambda name, asked: new)
    monkeypatch.setattr("sys.argv", ["bench", "maps"])
    assert command.main() == 0
    text = (folder / "page.md").read_text()
    part = text.split("## The table")[1].split("## Runs")[0]
    assert (part.count("| 2024-06-30 |"), part.count("| 2024-05-31 |")) == (1, 46)


def test_a_bench_that_fails_says_so_and_the_next_one_runs(folder, monkeypatch):
    ran = []

    def ended(command, **_more):
        ran.append(command[3])
        # As the system says of a program that was killed.
        return type("Ended", (), {"returncode": -9})

    monkeypatch.setattr(command.subprocess, "run", ended)
    monkeypatch.setattr(command.machine, "facts", lambda: MACHINE)
    monkeypatch.setattr(command, "VAR", folder)
    monkeypatch.setattr("sys.argv", ["bench", "maps", "certificates"])
    assert command.main() == 1
    assert ran == ["maps", "certificates"]
    text = (folder / "page.md").read_text()
    assert text.split("## The table")[1].count("**not measured**") == 2
    assert text.count("failed: nothing was measured") == 2


@pytest.mark.parametrize(
    "option", ("--dry", "--without-peer", "--without-spark", "--share=0.1")
)
def test_what_proves_nothing_is_not_kept(folder, monkeypatch, option):
    monkeypatch.setattr(command, "_run", lambda name, asked: run(name, met=False))
    monkeypatch.setattr("sys.argv", ["bench", "maps", option])
    before = (folder / "page.md").read_text()
    assert command.main() == 0
    assert ((folder / "page.md").read_text(), kept.load("maps")) == (
        before,
        run("maps"),
    )
