"""The command line: what it prints and writes, and how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mosty.engines.selection.cli import main
from tests.engines.selection.commands import PEOPLE, QUOTAS, RULES, record, select

# The same modules for another process, from wherever they came.
PATHS = [str(Path(path).resolve()) for path in sys.path]


def test_select_by_quotas_prints_the_result_in_lines(folder, capsys):
    assert select() == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith("input")] == [
        "engine\tmosty.engines.selection/2",
        "seed\tseed",
        "seats\t2\tof 2",
        "smallest odds\t0.500000\t1/2",
        "types\t4",
        "cohorts\t2",
        "selected\tP2",
        "selected\tP3",
    ]


def test_select_by_rules_prints_priorities_and_the_reserve(folder, capsys):
    assert select("--public-lottery", "5", by="rules") == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith("input")] == [
        "engine\tmosty.engines.selection/2",
        "seed\tseed",
        "seats\t2\tof 2",
        "priority\tprefer left\t1",
        "smallest odds\t0.500000\t1/2",
        "types\t4",
        "cohorts\t2",
        "selected\tP1",
        "selected\tP4",
        "reserve 1\tP3",
        "public lottery\t5 numbers\tlargest deviation 0.100000 (P1)",
    ]


def test_the_cohort_of_the_number_drawn_in_public_sits(folder, capsys):
    numbered = ("--public-lottery", "5", "--json", "out.json")
    select(*numbered, by="rules")
    listed = record()["public_lottery"]
    capsys.readouterr()

    assert select(*numbered, "--number", "3", by="rules") == 0

    assert "number drawn\t3" in capsys.readouterr().out.splitlines()
    found = record()
    assert found["public_lottery"] == {**listed, "number": 3}
    assert found["selected"] == listed["distinct"][listed["cohorts"][3]]
    assert main(["verify", "out.json", "--full"]) == 0


def test_record_is_written_verified_and_explained(folder, capsys):
    arguments = ["--seed", "żółw", "--seed-source", "a die", "--no-explain"]

    assert select(*arguments, "--json", "out.json") == 0
    assert main(["verify", "out.json"]) == 0
    assert main(["verify", "out.json", "--full"]) == 0
    assert main(["explain", "out.json", "--person", "P1"]) == 0

    found = record()
    assert (found["seed"], found["seed_source"]) == ("żółw", "a die")
    assert (found["explain"], found["feasible"]) == (False, True)
    assert capsys.readouterr().out.splitlines()[-5:] == [
        "verified\tthe record is right",
        "verified\tthe record is right, and solving again gives the same",
        "Result: a seat.",
        "The rules were kept and the priorities served as well as they can be.",
        (
            "Between equally good cohorts the lottery decided: this person had a chance of"
            " 50.0% and was drawn."
        ),
    ]


def test_explanation_is_in_polish_too(folder, capsys):
    select("--json", "out.json", by="rules")
    capsys.readouterr()

    assert main(["explain", "out.json", "--person", "P3", "--lang", "pl"]) == 0
    once = capsys.readouterr().out
    assert main(["explain", "out.json", "--person", "P3", "--lang", "pl"]) == 0

    assert capsys.readouterr().out == once
    assert once.splitlines()[0] == "Wynik: bez miejsca."
    assert "50,0 %" in once


@pytest.mark.parametrize("lottery", ("leximin", "maximin", "uniform", "order"))
def test_lottery_can_be_chosen(folder, lottery):
    assert select("--lottery", lottery, "--json", "out.json") == 0
    assert record()["distribution"]["rule"] == lottery
    assert main(["verify", "out.json", "--full"]) == 0


def test_lottery_of_the_command_goes_before_that_of_the_rules(folder):
    Path("rules.toml").write_text('lottery = "uniform"\n' + RULES, encoding="utf-8")

    select("--json", "rules.json", by="rules")
    select("--json", "command.json", "--lottery", "order", by="rules")

    assert record("rules.json")["input"]["lottery"] == "uniform"
    assert record("command.json")["input"]["lottery"] == "order"


def test_out_json_keeps_its_contract(folder):
    select("--json", "out.json", "--public-lottery", "10", by="rules")
    found = record()

    assert set(found) >= {
        "feasible",
        "selected",
        "reserve",
        "odds",
        "odds_exact",
        "min_odds",
        "types",
        "cohorts",
        "priorities",
        "seconds",
        "input_sha256",
        "seed",
        "engine",
        "certificate",
    }
    assert (
        found["odds"].keys() == found["odds_exact"].keys() == {"P1", "P2", "P3", "P4"}
    )
    assert sum(found["odds"].values()) == pytest.approx(len(found["selected"]))
    assert set(found["odds_exact"].values()) == {"1/2"}
    assert found["priorities"] == {"prefer left": 1}
    assert found["engine"].keys() == {"name", "version"}
    assert found["seconds"] >= 0
    assert len(found["public_lottery"]["cohorts"]) == 10


def test_touched_record_differs(folder, capsys):
    select("--json", "out.json")
    text = Path("out.json").read_text(encoding="utf-8")
    Path("out.json").write_text(text.replace('"seats":2', '"seats":3'), "utf-8")
    capsys.readouterr()

    assert main(["verify", "out.json"]) == 1
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert {(line[0], line[1]) for line in lines} == {
        ("differs", "record.digests"),
        ("differs", "record.input"),
        ("differs", "record.input_sha256"),
        ("differs", "record.seats"),
    }


@pytest.mark.parametrize("added", (b"\xef\xbb\xbf", b" "))
def test_not_even_a_mark_may_be_added(folder, added):
    select("--json", "out.json")
    path = Path("out.json")
    path.write_bytes(added + path.read_bytes())

    assert main(["verify", "out.json"]) in {1, 2}


def test_no_cohort_ends_with_3_and_says_what_would_help(folder, capsys):
    Path("quotas.csv").write_text(
        QUOTAS.replace("gender,f,1,1", "gender,f,2,2"), encoding="utf-8"
    )

    assert select("--json", "out.json") == 3
    assert capsys.readouterr().out.splitlines()[3:] == [
        "collides\tgender = f: at least 2",
        "collides\tgender = m: at least 1",
        "collides\t2 seats",
        "would help\t2 seats\t2 -> 3",
    ]
    found = record()
    assert found["feasible"] is False
    assert [limit["code"] for limit in found["conflict"]] == [
        "quota_least",
        "quota_least",
        "seats",
    ]
    seats = {"code": "seats", "params": {"seats": 2}}
    assert found["relaxation"] == [{"limit": seats, "was": 2, "now": 3}]
    assert main(["verify", "out.json", "--full"]) == 0
    assert main(["explain", "out.json", "--person", "P1"]) == 0


@pytest.mark.parametrize(
    ("flex", "relaxation"),
    (
        ("1,-1", [("f", 2, 1)]),
        ("1,", [("f", 2, 1)]),
        (",", [("f", 2, 1)]),
        ("2,2", None),
    ),
)
def test_flexible_bounds_say_how_far_the_numbers_may_move(folder, flex, relaxation):
    Path("people.csv").write_text(PEOPLE.replace("P3,f", "P3,m"), encoding="utf-8")
    Path("quotas.csv").write_text(
        f"feature,value,min,max,min_flex,max_flex\ngender,f,2,2,{flex}\n"
        "gender,m,0,2,0,2\n",
        encoding="utf-8",
    )

    assert select("--json", "out.json") == 3
    changes = record()["relaxation"]
    assert relaxation == (
        changes
        and [
            (one["limit"]["params"]["value"], one["was"], one["now"]) for one in changes
        ]
    )


AS_USUAL = ["P2", "P3"]


@pytest.mark.parametrize(
    ("people", "quotas"),
    (
        (PEOPLE.replace(",", ";"), QUOTAS.replace(",", ";")),
        (PEOPLE.replace(",", "\t"), QUOTAS.replace(",", "\t")),
        ("\ufeff" + PEOPLE, "\ufeff" + QUOTAS),
        (PEOPLE.replace("\n", "\r\n"), QUOTAS.replace("\n", "\r\n")),
        (PEOPLE.replace("gender", "GENDER"), QUOTAS.replace("value,min", "Value,MIN")),
        (PEOPLE.replace(",f,", ",F,"), QUOTAS.replace("side,l", "side,L")),
        (PEOPLE.replace(",", " , "), QUOTAS.replace(",", ", ")),
        (PEOPLE.replace("krakow", '"Kraków, Rynek\n1"'), QUOTAS),
        (PEOPLE + "\n,,,\n", QUOTAS + "\n"),
        (PEOPLE.rstrip("\n"), QUOTAS.rstrip("\n")),
        (PEOPLE.replace("krakow", "Kra\u2028k\x0bó\x85w"), QUOTAS),
        (PEOPLE, QUOTAS.replace("feature,value", "category,feature")),
        (PEOPLE, QUOTAS.replace("feature,value", "category,name")),
    ),
)
def test_files_are_read_as_offices_write_them(folder, people, quotas):
    Path("people.csv").write_bytes(people.encode())
    Path("quotas.csv").write_bytes(quotas.encode())

    assert select("--json", "out.json") == 0
    found = record()
    assert found["selected"] == AS_USUAL
    assert set(found["odds_exact"].values()) == {"1/2"}
    assert main(["verify", "out.json", "--full"]) == 0


@pytest.mark.parametrize(
    "quotas",
    (
        QUOTAS.replace("side", "SIDE"),
        QUOTAS.replace("side,l,0,2", "side,l,,"),
        QUOTAS.replace("side,l,0,2", "side,l,,1000000000"),
        # Nobody is asked for, so nobody needs to have it.
        QUOTAS + "side,c,0,1\n",
    ),
)
def test_quotas_that_say_the_same_give_the_same_odds(folder, quotas):
    Path("quotas.csv").write_text(quotas, encoding="utf-8")

    assert select("--json", "out.json") == 0
    assert set(record()["odds_exact"].values()) == {"1/2"}


def test_people_without_an_id_column_are_numbered_from_1(folder):
    arguments = ["--people", "people.csv", "--quotas", "quotas.csv", "--seats", "2"]

    assert main(["select", *arguments, "--seed", "seed", "--json", "out.json"]) == 0
    assert sorted(record()["odds"]) == ["1", "2", "3", "4"]


def test_a_record_holds_only_what_the_rules_ask_about(folder):
    select("--json", "out.json")

    assert record()["input"]["candidates"][0] == {
        "code": "P1",
        "attributes": {"gender": "f", "side": "l"},
    }


FILES = ["--people", "people.csv", "--quotas", "quotas.csv"]


def process(*start: str, out: int = subprocess.PIPE) -> "subprocess.CompletedProcess":
    """Run ``select`` in a process of its own."""
    return subprocess.run(
        [sys.executable, *start, "select", *FILES, "--seats", "2", "--seed", "x"],
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(PATHS)},
    )


def test_whoever_has_read_enough_is_no_trouble(folder):
    read, write = os.pipe()
    os.close(read)

    run = process("-m", "mosty.engines.selection", out=write)

    os.close(write)
    assert (run.returncode, run.stderr) == (0, "")


def test_module_runs_without_django(folder):
    code = (
        "import sys; from mosty.engines.selection.cli import main;"
        "code = main(sys.argv[1:]); assert 'django' not in sys.modules; sys.exit(code)"
    )
    for start in (["-c", code], ["-m", "mosty.engines.selection"]):
        run = process(*start)
        assert (run.returncode, run.stderr) == (0, "")
        assert "seats\t2\tof 2" in run.stdout.splitlines()
