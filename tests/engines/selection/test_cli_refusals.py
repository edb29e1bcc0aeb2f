"""What the command line refuses, in a sentence that says where."""

from pathlib import Path

import pytest

from mosty.engines.selection.cli import main
from tests.engines.selection.commands import PEOPLE, QUOTAS, RULES, select


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    (
        ("people", "", "people.csv is empty: its first row must name the columns."),
        ("people", "\n\n", "people.csv is empty: its first row must name the columns."),
        ("people", "id,gender,side\n", "people.csv has a header, but no rows."),
        (
            "people",
            PEOPLE + "P5,x,l,lodz\n",
            "people.csv, row 6, column gender: there is no quota for x in quotas.csv.",
        ),
        (
            "quotas",
            QUOTAS + "side,c,1,2\n",
            (
                "quotas.csv, row 6: 1 people with side = c are asked for, but people.csv"
                " has none."
            ),
        ),
        (
            "quotas",
            QUOTAS.replace("gender,f,1,1", "gender,f,2,1"),
            "quotas.csv, row 2: gender = f: the least number, 2, is over the most, 1.",
        ),
        (
            "quotas",
            QUOTAS.replace("gender,f,1,1", "gender,f,3,3"),
            (
                "quotas.csv, row 2: The quota for gender = f asks for 3 people, but there"
                " are only 2 seats."
            ),
        ),
        (
            "quotas",
            QUOTAS + "gender,F,1,1\n",
            "quotas.csv, row 6, column value: F stands in row 2 already.",
        ),
        (
            "people",
            PEOPLE + "P1,f,l,lodz\n",
            "people.csv, row 6, column id: P1 stands in row 2 already.",
        ),
        (
            "people",
            "id,gender\nP1,f\nP2,m\n",
            "people.csv has no column side. Its columns are: id, gender.",
        ),
        (
            "people",
            "code,gender,side\nP1,f,l\nP2,m,l\n",
            "people.csv has no column id. Its columns are: code, gender, side.",
        ),
        (
            "quotas",
            "feature,value,max\ngender,f,1\n",
            "quotas.csv has no column min. Its columns are: feature, value, max.",
        ),
        (
            "quotas",
            "a,b,c\n1,2,3\n",
            (
                "quotas.csv: the first row must be feature,value,min,max or"
                " category,feature,min,max."
            ),
        ),
        ("quotas", "feature,value,min,max\n", "quotas.csv has a header, but no rows."),
        (
            "people",
            PEOPLE.encode() + b"P5,\xf3,l,lodz\n",
            "people.csv, row 6, character 4: this is not UTF-8 text.",
        ),
        (
            "people",
            PEOPLE.encode("utf-16"),
            "people.csv, row 1, character 1: this is not UTF-8 text.",
        ),
        (
            "quotas",
            QUOTAS.replace("side,l,0,2", "side,l,NaN,2"),
            "quotas.csv, row 4, column min: NaN is not a whole number.",
        ),
        (
            "quotas",
            QUOTAS.replace("side,l,0,2", "side,l,0,1.5"),
            "quotas.csv, row 4, column max: 1.5 is not a whole number.",
        ),
        (
            "quotas",
            QUOTAS.replace("side,l,0,2", "side,l,0,1e9"),
            "quotas.csv, row 4, column max: 1e9 is not a whole number.",
        ),
        (
            "quotas",
            QUOTAS.replace("side,l,0,2", "side,l,0," + "9" * 20),
            f"quotas.csv, row 4, column max: {'9' * 20} is not a whole number.",
        ),
        (
            "quotas",
            QUOTAS.replace("side,l,0,2", "side,l,-1,2"),
            "quotas.csv, row 4: side = l may not be negative, but is -1.",
        ),
        (
            "people",
            PEOPLE + "P\0,f,l,lodz\n",
            "people.csv, row 6: this is not a row of a table: it holds a NUL.",
        ),
        (
            "quotas",
            QUOTAS + "side,\0,0,2\n",
            "quotas.csv, row 6: this is not a row of a table: it holds a NUL.",
        ),
        (
            "people",
            PEOPLE + '"P5,f,l,lodz\n',
            "people.csv, row 6: this is not a row of a table: unexpected end of data.",
        ),
        (
            "people",
            PEOPLE + f"P5,{'f' * 20_000},l,lodz\n",
            (
                "people.csv, row 6: this is not a row of a table: field larger than field"
                " limit (10000)."
            ),
        ),
        (
            "people",
            PEOPLE + "P5,f,l,lodz,x\n",
            "people.csv, row 6: there are 5 cells, but only 4 columns.",
        ),
        ("people", PEOPLE + "P5,f\n", "people.csv, row 6: the column side is empty."),
        ("people", PEOPLE + ",f,l,x\n", "people.csv, row 6: the column id is empty."),
        (
            "quotas",
            QUOTAS + ",x,0,1\n",
            "quotas.csv, row 6: the column feature is empty.",
        ),
        (
            "people",
            PEOPLE.replace("city", "Gender"),
            "people.csv: the column Gender is there twice.",
        ),
        (
            "people",
            PEOPLE.replace("krakow", '"Rynek\n1"') + "P5,x,l,lodz\n",
            "people.csv, row 8, column gender: there is no quota for x in quotas.csv.",
        ),
    ),
)
def test_bad_tables_are_told_with_file_row_and_column(
    folder, capsys, file, content, sentence
):
    content = content if isinstance(content, bytes) else content.encode()
    Path(f"{file}.csv").write_bytes(content)

    assert_refused(capsys, select("--json", "out.json"), sentence)


def assert_refused(
    capsys: pytest.CaptureFixture[str], code: int, sentence: str
) -> None:
    """Assert that nothing was done but to say ``sentence``."""
    told = capsys.readouterr()
    assert (code, told.out, told.err) == (2, "", f"select: {sentence}\n")
    assert {path.name for path in Path().iterdir()} == {
        "people.csv",
        "quotas.csv",
        "rules.toml",
    }


NUMBER = "a whole number of at most 15 digits"


@pytest.mark.parametrize(
    ("change", "sentence"),
    (
        (("", "sats = 3\n"), "rules.toml has a key that is not known: sats."),
        (
            ("min = 1", "mini = 1"),
            "rules.toml.quota[0] has a key that is not known: mini.",
        ),
        (
            ("column", "col"),
            "rules.toml.organisation has a key that is not known: col.",
        ),
        (("seats = 2\n", ""), "rules.toml lacks the key seats."),
        (('value = "f"\n', ""), "rules.toml.quota[0] lacks the key value."),
        (
            ("seats = 2", "seats = "),
            "rules.toml is not TOML: Invalid value (at line 1, column 9).",
        ),
        (("seats = 2", "seats = nan"), "rules.toml.seats must be a whole number."),
        (("seats = 2", "seats = 1e9"), "rules.toml.seats must be a whole number."),
        (("seats = 2", "seats = true"), "rules.toml.seats must be a whole number."),
        (("seats = 2", 'seats = "2"'), "rules.toml.seats must be a whole number."),
        (
            ("seats = 2", "seats = 2024-01-01"),
            "rules.toml.seats must be a whole number.",
        ),
        (("seats = 2", "seats = -1"), "seats may not be negative, but is -1."),
        (
            ("seats = 2", "seats = 1000000000"),
            "There are 1000000000 seats, but only 4 people.",
        ),
        (
            ("seats = 2", f"seats = {10**15}"),
            f"rules.toml.seats must be {NUMBER}.",
        ),
        (
            ("reserve = 1", f"reserve = -{10**40}"),
            f"rules.toml.reserve must be {NUMBER}.",
        ),
        (("min = 1", f"max = {10**40}"), f"rules.toml.quota[0].max must be {NUMBER}."),
        (
            ("reserve = 1", f"reserve = {'[' * 5000}{']' * 5000}"),
            "rules.toml is not TOML: it is nested too deeply.",
        ),
        (
            ('"gender"', '"age"'),
            "people.csv has no column age. Its columns are: id, gender, side, city.",
        ),
        (
            ("min = 1", "min = 1\nmax = 0"),
            "gender = f: the least number, 1, is over the most, 0.",
        ),
        (
            ("min = 1", "min = 3"),
            "The quota for gender = f asks for 3 people, but there are only 2 seats.",
        ),
        (
            ("seats = 2", 'seats = 2\nlottery = "fair"'),
            "There is no lottery called fair.",
        ),
        (
            ("seats = 2", 'seats = 2\nmust_in = ["P9"]'),
            "There is no candidate P9, who is a must-in.",
        ),
        (
            ("seats = 2", 'seats = 2\nmust_in = "P1"'),
            "rules.toml.must_in must be an array.",
        ),
        (
            ('kind = "prefer"', 'kind = "best"'),
            (
                'rules.toml.priorities[0] must be an object whose "kind" is coverage,'
                " prefer, balance or memory."
            ),
        ),
        (
            ('["l"]', '"l"'),
            "rules.toml.priorities[0].condition.side must be an array.",
        ),
        (('{side = ["l"]}', "{}"), "The priority left has an empty condition."),
        (
            ("seats = 2", "seats = 2 # \udcff"),
            "rules.toml, row 1, character 13: this is not UTF-8 text.",
        ),
        (
            ("max = 1", "max = 0\nmin = 1"),
            "per organisation: the least number, 1, is over the most, 0.",
        ),
    ),
)
def test_bad_rules_are_told_with_their_place(folder, capsys, change, sentence):
    changed = RULES.replace(*change, 1)
    Path("rules.toml").write_bytes(changed.encode(errors="surrogateescape"))

    assert_refused(capsys, select("--json", "out.json", by="rules"), sentence)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    (
        (("--seats", "5"), "There are 5 seats, but only 4 people."),
        (("--seats", "1000000000"), "There are 1000000000 seats, but only 4 people."),
        (("--seats", "0"), "There must be one seat at least, not 0."),
        (("--seats", "-1"), "There must be one seat at least, not -1."),
        (("--seed", ""), "The draw needs a seed: a text that is not empty."),
        (("--seed", " \t"), "The draw needs a seed: a text that is not empty."),
        (("--seed", "\udcff"), "'seed' is not well-formed text."),
        (
            ("--seed-source", "\udcff"),
            "'seed_source' is not well-formed text.",
        ),
        (
            ("--public-lottery", "-1"),
            "A public lottery has from 1 to 100000 numbers, not -1.",
        ),
        (
            ("--number", "3"),
            "A number needs its list: say --public-lottery as well.",
        ),
        (
            ("--public-lottery", "9", "--number", "9"),
            "The list has the numbers 0 to 8, and not 9.",
        ),
        (
            ("--public-lottery", "9", "--number", "-1"),
            "The list has the numbers 0 to 8, and not -1.",
        ),
        (
            ("--public-lottery", "9", "--lottery", "uniform"),
            (
                "The lottery uniform lists no cohorts that could be numbered. Use leximin"
                " or maximin."
            ),
        ),
    ),
)
def test_bad_arguments_are_told_in_a_sentence(folder, capsys, arguments, sentence):
    assert_refused(capsys, select("--json", "out.json", *arguments), sentence)


def test_seats_are_said_once(folder, capsys):
    code = select("--seats", "2", by="rules")
    assert_refused(capsys, code, "The seats stand in the rules: leave --seats out.")

    files = ["--people", "people.csv", "--quotas", "quotas.csv", "--seed", "seed"]
    code = main(["select", *files])
    assert_refused(
        capsys, code, "With --quotas, say how many seats there are: --seats N."
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    (
        (["select", "--help"], 0),
        (["verify", "--help"], 0),
        (["explain", "--help"], 0),
        ([], 2),
        (["sel"], 2),
        (["select", "--people", "people.csv", "--seed", "x"], 2),
        (["select", "--quotas", "quotas.csv", "--seats", "2", "--seed", "x"], 2),
        (["select", "--people", "people.csv", "--rules", "rules.toml"], 2),
        (
            [
                "select",
                "--people",
                "people.csv",
                "--seed",
                "x",
                "--seats",
                "1e9",
                "--quotas",
                "quotas.csv",
            ],
            2,
        ),
        (
            [
                "select",
                "--people",
                "people.csv",
                "--seed",
                "x",
                "--rules",
                "r.toml",
                "--quotas",
                "q.csv",
            ],
            2,
        ),
        (["explain", "out.json", "--person", "P3", "--lang", "de"], 2),
    ),
)
def test_arguments_end_as_argparse_ends(folder, arguments, code, capsys):
    assert main(arguments) == code


def test_files_that_cannot_be_read_are_told(folder, capsys):
    arguments = ["--seed", "x", "--seats", "2"]
    for people, quotas in (("gone.csv", "quotas.csv"), ("people.csv", "gone.csv")):
        files = ["--people", people, "--quotas", quotas]
        assert main(["select", *files, *arguments]) == 2
    assert main(["select", "--people", ".", "--quotas", "quotas.csv", *arguments]) == 2
    assert main(["verify", "gone.json"]) == 2
    assert main(["explain", "gone.json", "--person", "P1"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "select: gone.csv cannot be read: No such file or directory.",
        "select: gone.csv cannot be read: No such file or directory.",
        "select:  cannot be read: Is a directory.",
        "verify: gone.json cannot be read: No such file or directory.",
        "explain: gone.json cannot be read: No such file or directory.",
    ]


@pytest.mark.parametrize(
    ("out", "reason"),
    (
        ("gone/out.json", "No such file or directory"),
        ("people.csv/out.json", "Not a directory"),
        ("taken", "Is a directory"),
    ),
)
def test_a_record_that_cannot_be_written_leaves_nothing(folder, capsys, out, reason):
    Path("taken").mkdir()
    before = {path.name for path in Path().iterdir()}

    assert select("--json", out) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        "",
        f"select: {out} cannot be written: {reason}.\n",
    )
    assert {path.name for path in Path().iterdir()} == before


def test_an_older_record_is_replaced_as_a_whole(folder):
    Path("out.json").write_text("x" * 100_000, encoding="utf-8")

    assert select("--json", "out.json") == 0
    assert main(["verify", "out.json"]) == 0
    assert Path("out.json").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize(
    ("command", "content", "sentence"),
    (
        ("verify", "{}", "record lacks the key digests."),
        ("verify", "[]", "record must be an object."),
        ("verify", "", "This is not JSON: Expecting value (line 1, column 1)."),
        ("explain", "{}", "record lacks the key input."),
        ("explain", "[" * 10_000, "record must be less nested."),
    ),
)
def test_what_is_no_record_is_told(folder, capsys, command, content, sentence):
    Path("out.json").write_text(content, encoding="utf-8")
    person = ["--person", "P1"] if command == "explain" else []

    assert main([command, "out.json", *person]) == 2
    assert capsys.readouterr().err == f"{command}: {sentence}\n"


def test_nobody_else_is_explained(folder, capsys):
    select("--json", "out.json")
    capsys.readouterr()

    assert main(["explain", "out.json", "--person", "P9"]) == 2
    assert capsys.readouterr().err == "explain: There is no candidate P9.\n"
