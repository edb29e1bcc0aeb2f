"""The command ``mosty mix``: what it reads, prints and writes, and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mosty.engines.grouping import cli
from mosty.engines.grouping.check import Fault
from mosty.engines.grouping.cli import main

PATHS = [str(Path(path).resolve()) for path in sys.path]
PEOPLE = """\
id,city,dept,speaks,years
P1,krakow,a,pl,new
P2,krakow,b,"pl, en",old
P3,lublin,a,en,new
P4,lublin,b,pl,old
P5,lodz,a,pl/en,new
P6,lodz,b,pl,old
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with a file of people, and work there."""
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mixed(*arguments: str) -> int:
    """Mix the people into two groups, if nothing else is said."""
    groups = [] if "--groups" in arguments else ["--groups", "2"]
    seed = [] if "--seed" in arguments else ["--seed", "seed"]
    return main(["--people", "people.csv", *groups, *seed, *arguments])


def written(path: str = "out.json") -> dict[str, Any]:
    """Return what was written."""
    found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return found


def test_groups_are_printed_in_lines(folder, capsys):
    assert mixed("--rounds", "2", "--spread", "city", "--apart", "P1:P3") == 0

    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["engine", "mosty.engines.grouping/1"]
    assert [line[0] for line in lines[1:5]] == [
        "input",
        "seed",
        "repeated pairs",
        "alike in city",
    ]
    assert lines[3][1:] == ["2", "proven: fewer are impossible"]
    assert lines[4][1:] == ["0", "proven: fewer are impossible"]
    assert [line[0] for line in lines[5:7]] == ["again in round 2"] * 2
    assert [line[:2] for line in lines[7:]] == [
        [f"round {r}", f"group {g}"] for r in (1, 2) for g in (1, 2)
    ]
    for r in (7, 9):
        groups = [set(line[2:]) for line in lines[r : r + 2]]
        assert set.union(*groups) == {f"P{n}" for n in range(1, 7)}
        assert not any({"P1", "P3"} <= group for group in groups)


def test_a_bound_that_is_not_reached_is_called_one(folder, capsys):
    # Groups with two of one unit and one of the other part no more cities thrice.
    spread = ["--spread", "dept", "--spread", "city"]

    assert mixed("--rounds", "3", *spread) == 0

    line = capsys.readouterr().out.splitlines()[5]
    assert line == "alike in city\t2\tbest found; fewer than 0 are impossible"


def test_what_is_written_has_the_keys_that_scripts_rely_on(folder):
    arguments = ("--rounds", "2", "--spread", "city", "--spread", "Dept")
    assert mixed(*arguments, "--json", "out.json") == 0

    found = written()
    assert list(found) == [
        "engine",
        "input_sha256",
        "seed",
        "steps",
        "seconds",
        "rounds",
        "repeated_pairs",
        "repeated",
        "spread",
        "bounds",
    ]
    assert found["engine"] == {"name": "mosty.engines.grouping", "version": "1"}
    assert (found["seed"], len(found["input_sha256"])) == ("seed", 64)
    assert [len(one) for one in found["rounds"]] == [2, 2]
    assert found["repeated_pairs"] == len(found["repeated"]) == 2
    assert found["bounds"]["repeated_pairs"] == {
        "value": 2,
        "bound": 2,
        "optimal": True,
    }
    assert found["bounds"]["spread"] == found["spread"]
    assert list(found["spread"]) == ["city", "Dept"]
    assert found["spread"]["city"] == {"value": 0, "bound": 0, "optimal": True}


def test_same_files_and_seed_write_the_same(folder):
    for name in ("one", "two"):
        assert mixed("--rounds", "2", "--spread", "city", "--json", name) == 0

    one, two = written("one"), written("two")
    assert {**one, "seconds": 0} == {**two, "seconds": 0}


def test_earlier_rounds_are_read_from_what_was_written(folder):
    assert mixed("--groups", "3", "--json", "day1.json") == 0
    Path("day2.json").write_text(json.dumps([[["P1", "gone"], ["P2"]]]))
    assert (
        mixed(
            "--groups",
            "3",
            "--rounds",
            "3",
            "--earlier",
            "day1.json",
            "--earlier",
            "day2.json",
            "--json",
            "out.json",
        )
        == 0
    )

    found = written()
    pairs = [tuple(group) for one in found["rounds"] for group in one]
    assert found["repeated_pairs"] == 0
    assert not set(pairs) & {
        tuple(group) for group in written("day1.json")["rounds"][0]
    }


def test_together_apart_and_language_are_kept(folder):
    rules = ["--together", "P1:P4", "--apart", "P2:P3", "--language", "speaks"]

    assert mixed(*rules, "--groups", "3", "--json", "out.json") == 0

    # P3 speaks English only, so that of P2 and P5 only the second can be with her.
    assert sorted(written()["rounds"][0]) == [["P1", "P4"], ["P2", "P6"], ["P3", "P5"]]


def test_each_group_has_every_band(folder):
    assert mixed("--groups", "3", "--band", "years", "--json", "out.json") == 0

    new = {"P1", "P3", "P5"}
    assert [len(new & set(group)) for group in written()["rounds"][0]] == [1, 1, 1]


@pytest.mark.parametrize(
    "text",
    (
        "\ufeffid;miasto;dział\r\nŻ1;Łódź;a\r\nŻ2;łódź ;b\r\nŻ3;Gdańsk;c\r\nŻ4;GDAŃSK;\r\n",
        "id\tmiasto\nŻ1\tŁódź\nŻ2\tŁódź\n\nŻ3\tGdańsk\nŻ4\tGdańsk\n",
        'MIASTO,Id\n"Łódź",Ż1\nŁódź,Ż2\n"Gdańsk","Ż3"\nGdańsk,Ż4\n,\n',
    ),
)
def test_tables_of_offices_are_read(folder, text):
    Path("people.csv").write_bytes(text.encode())

    assert mixed("--spread", "miasto", "--json", "out.json") == 0

    found = written()
    assert found["spread"]["miasto"]["value"] == 0
    assert sorted(sum(found["rounds"][0], [])) == ["Ż1", "Ż2", "Ż3", "Ż4"]  # noqa: RUF017 - two


def test_people_without_ids_are_numbered(folder):
    Path("people.csv").write_text("name\nx\nx\nx\n")

    assert mixed("--apart", "1:3", "--json", "out.json") == 0

    groups = sorted(written()["rounds"][0])
    assert groups in ([["1", "2"], ["3"]], [["1"], ["2", "3"]])


def test_colons_may_be_part_of_ids(folder):
    Path("people.csv").write_text("id\na:1\nb\nc\nd:\n")

    assert mixed("--together", "a:1:b", "--together", "c:d:", "--json", "out.json") == 0

    assert sorted(written()["rounds"][0]) == [["a:1", "b"], ["c", "d:"]]


def test_rules_that_cannot_be_kept_end_with_3(folder, capsys):
    apart = [
        word for p in ("1:2", "1:3", "2:3") for word in ("--apart", f"P{p[0]}:P{p[2]}")
    ]

    assert mixed(*apart, "--json", "out.json") == 3

    said = "impossible\tNo grouping keeps these rules together."
    assert capsys.readouterr().out.splitlines()[-1] == said
    found = written()
    assert (found["rounds"], found["impossible"]) == (None, {"proven": True})


def test_groups_that_do_not_pass_the_check_end_with_1(folder, capsys, monkeypatch):
    monkeypatch.setattr(
        cli, "check", lambda *_: [Fault("not_apart", 0, about=("a", "b"))]
    )

    assert mixed() == 1
    assert capsys.readouterr().out.splitlines()[-1] == "differs\tnot_apart\ta b"


@pytest.mark.parametrize(
    ("content", "arguments", "sentence"),
    (
        ("", (), "people.csv is empty: its first row must name the columns."),
        ("id,city\n", (), "people.csv has a header, but no rows."),
        (
            PEOPLE + "P1,lodz,a,pl,new\n",
            (),
            "people.csv, row 8, column id: P1 stands in row 2 already.",
        ),
        (PEOPLE + ",x,a,pl,new\n", (), "people.csv, row 8: the column id is empty."),
        (
            PEOPLE + "P7,,a,pl,new\n",
            ("--spread", "city"),
            "people.csv, row 8: the column city is empty.",
        ),
        (
            PEOPLE.encode() + "P7,Łódź,a,pl,new\n".encode("cp1250"),
            (),
            "people.csv, row 8, character 4: this is not UTF-8 text.",
        ),
        (
            PEOPLE.encode("utf-16"),
            (),
            "people.csv, row 1, character 1: this is not UTF-8 text.",
        ),
        (
            PEOPLE + "P7,a\0,a,pl,new\n",
            (),
            "people.csv, row 8: this is not a row of a table: it holds a NUL.",
        ),
        (
            PEOPLE + "P7,a,a,pl,new,x\n",
            (),
            "people.csv, row 8: there are 6 cells, but only 5 columns.",
        ),
        (
            PEOPLE,
            ("--spread", "region"),
            (
                "people.csv has no column region. Its columns are: id, city, dept,"
                " speaks, years."
            ),
        ),
        (
            PEOPLE,
            ("--id-column", "nr"),
            (
                "people.csv has no column nr. Its columns are: id, city, dept,"
                " speaks, years."
            ),
        ),
        (
            PEOPLE,
            ("--spread", "city", "--spread", "CITY"),
            "The column CITY is to be spread twice.",
        ),
        (PEOPLE, ("--groups", "7"), "There are 7 groups, but only 6 people."),
        (PEOPLE, ("--groups", "0"), "groups must be 1 at least, not 0."),
        (PEOPLE, ("--rounds", "-1"), "rounds must be 1 at least, not -1."),
        (
            PEOPLE,
            ("--rounds", "1000000000"),
            "6 people, 2 groups and 1000000000 rounds are too much at once.",
        ),
        (
            PEOPLE,
            ("--steps", "-1"),
            "The search takes from 0 to 10000000 steps, not -1.",
        ),
        (PEOPLE, ("--seed", " "), "The draw needs a seed: a text that is not empty."),
        (PEOPLE, ("--seed", "\udcff"), "'seed' is not well-formed text."),
        (
            PEOPLE,
            ("--apart", "P1"),
            "--apart P1: write two ids with a colon between, such as A:B.",
        ),
        (
            PEOPLE,
            ("--together", "P1:P9"),
            "--together P1:P9: people.csv has nobody called P9.",
        ),
        (PEOPLE, ("--apart", ":"), "--apart :: people.csv has nobody called ."),
        (
            PEOPLE,
            ("--together", "P1:P1"),
            "P1 cannot be kept together with or apart from themselves.",
        ),
        (
            PEOPLE,
            ("--together", "P1:P2", "--together", "P2:P3", "--apart", "P3:P1"),
            "P3 and P1 are to be kept both together and apart.",
        ),
        (
            PEOPLE,
            ("--groups", "3", "--together", "P1:P2", "--together", "P2:P3"),
            (
                "3 people, among them P1, are to be kept together, but the largest"
                " group has only 2."
            ),
        ),
        (
            PEOPLE.replace("lublin,b,pl", "lublin,b,uk"),
            ("--language", "speaks"),
            (
                "people.csv, row 5: P4 speaks uk (speaks): so many people do in all:"
                " 1; but a group has 3 at least."
            ),
        ),
        (
            PEOPLE.replace("lublin,b,pl", 'lublin,b,", /"'),
            ("--language", "speaks"),
            (
                "people.csv, row 5: P4 speaks - (speaks): so many people do in all:"
                " 0; but a group has 3 at least."
            ),
        ),
        (
            PEOPLE,
            ("--language", "speaks", "--together", "P1:P3"),
            "Those to be kept together with P1 have no language in common.",
        ),
        (
            "id\na\na:b\nb:c\nc\n",
            ("--apart", "a:b:c"),
            "--apart a:b:c: more than one colon here can stand between two ids.",
        ),
    ),
)
def test_bad_input_is_told_in_a_sentence(folder, capsys, content, arguments, sentence):
    content = content if isinstance(content, bytes) else content.encode()
    Path("people.csv").write_bytes(content)

    code = mixed(*arguments, "--json", "out.json")

    told = capsys.readouterr()
    assert (code, told.out, told.err) == (2, "", f"mix: {sentence}\n")
    assert not Path("out.json").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        ("", "day.json: This is not JSON: Expecting value (line 1, column 1)."),
        ("{", None),
        ("NaN", "day.json must be an array."),
        ("{}", "day.json lacks the key rounds."),
        ('{"rounds": null}', "day.json.rounds must be an array."),
        ("[[[1]]]", "day.json[0][0][0] must be text."),
        ('[[["P1"], ["P1"]]]', "day.json[0]: P1 sits in this round twice."),
        (
            '[[["Q1", "Q2"]]]',
            "day.json: nobody in it is among the people of people.csv.",
        ),
        ('[[["\\ud800"]]]', "'day.json[0]' is not well-formed text."),
        (
            '{"a": 1, "a": 2}',
            "day.json: The key a is given more than once in one object.",
        ),
        ("[" * 100_000, "day.json must be less nested."),
        (b"\xff", "day.json, row 1, character 1: this is not UTF-8 text."),
    ),
)
def test_bad_earlier_rounds_are_told_in_a_sentence(folder, capsys, content, sentence):
    content = content if isinstance(content, bytes) else content.encode()
    Path("day.json").write_bytes(content)

    code = mixed("--earlier", "day.json")

    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert told.err.startswith("mix: ")
    assert sentence is None or told.err == f"mix: {sentence}\n"


def test_files_that_cannot_be_read_or_written_are_told(folder, capsys):
    gone = "No such file or directory"
    assert main(["--people", "x.csv", "--groups", "2", "--seed", "s"]) == 2
    assert mixed("--earlier", "x.json") == 2
    assert mixed("--json", "gone/out.json") == 2
    assert capsys.readouterr().err.splitlines() == [
        f"mix: x.csv cannot be read: {gone}.",
        f"mix: x.json cannot be read: {gone}.",
        f"mix: gone/out.json cannot be written: {gone}.",
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    ((["--help"], 0), ([], 2), (["--groups", "x"], 2), (["--unknown"], 2)),
)
def test_arguments_end_as_argparse_ends(arguments, code, capsys):
    assert main(arguments) == code


def test_command_needs_neither_settings_nor_solver(folder):
    """It starts at once: nothing slow and nothing of the site is imported."""
    script = (
        "import sys\n"
        "from mosty.config.cli import main\n"
        "try:\n"
        "    main(['mosty', 'mix', '--people', 'people.csv', '--groups', '2', '--seed', 's'])\n"
        "except SystemExit as stop:\n"
        "    slow = {'django', 'highspy', 'numpy'} & set(sys.modules)\n"
        "    print(stop.code, sorted(slow))\n"
    )
    env = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**env, "PYTHONPATH": os.pathsep.join(PATHS)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stderr, done.stdout.splitlines()[-1]) == ("", "0 []")
