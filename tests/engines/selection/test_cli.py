"""The command line: what it prints and how it ends."""

import json
import subprocess
import sys

import pytest

from mosty.engines.selection.cli import main

PROBLEM = {
    "candidates": [
        {"code": "A", "attributes": {"organisation": "krakow", "level": "x"}},
        {"code": "B", "attributes": {"organisation": "krakow", "level": "y"}},
        {"code": "C", "attributes": {"organisation": "lublin", "level": "y"}},
    ],
    "limits": {"seats": 2, "per_organisation_most": 1},
    "priorities": [{"kind": "prefer", "condition": {"level": ["x"]}, "label": "new"}],
    "reserve": 1,
}


@pytest.fixture
def problem(tmp_path):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(PROBLEM), encoding="utf-8")
    return path


def test_select_prints_the_result_in_lines(problem, capsys):
    assert main(["select", str(problem), "--seed", "seed"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith("input")] == [
        "engine\tselection/1",
        'seed\t"seed"',
        "seats\t2\tof 2",
        "priority 1\t1\tbound 1",
        "selected\tA",
        "selected\tC",
        "reserve 1\tB",
        "why not\tB\twould_harm\tpriority=1 before=1 after=0",
    ]


def test_record_is_written_and_verified(problem, tmp_path, capsys):
    out = tmp_path / "record.json"
    arguments = ["--seed", "żółw", "--seed-source", "a die", "--no-explain"]

    assert main(["select", str(problem), *arguments, "--json", str(out)]) == 0
    assert main(["verify", str(out)]) == 0

    record = json.loads(out.read_text(encoding="utf-8"))
    assert (record["seed"], record["seed_source"]) == ("żółw", "a die")
    assert record["explain"] is False
    assert capsys.readouterr().out.endswith(
        "verified\tthe record is what a new run gives\n"
    )


def test_touched_record_differs(problem, tmp_path, capsys):
    out = tmp_path / "record.json"
    main(["select", str(problem), "--seed", "seed", "--json", str(out)])
    text = out.read_text(encoding="utf-8")
    out.write_text(text.replace('"selected":["A","C"]', '"selected":["B","C"]'))
    capsys.readouterr()

    assert main(["verify", str(out)]) == 1
    assert capsys.readouterr().out == 'differs\trecord.result.selected[0]\t"B"\t"A"\n'


def test_no_cohort_ends_with_1(tmp_path, capsys):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps({**PROBLEM, "must_in": ["A", "B"]}), encoding="utf-8")

    assert main(["select", str(path), "--seed", "seed"]) == 1
    assert capsys.readouterr().out.splitlines()[3:] == [
        "collides\torganisation_most\tmost=1",
        "collides\tmust_in\tcode=A",
        "collides\tmust_in\tcode=B",
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"{", "This is not JSON: Expecting property name enclosed in double quotes"),
        (b"\xff", "is not UTF-8 text."),
        (b"{}", "problem lacks the key candidates."),
        (b'{"candidates": [], "limits": {"seats": -1}}', "seats may not be negative"),
    ),
)
def test_bad_input_is_told_in_a_sentence(tmp_path, capsys, content, sentence):
    path = tmp_path / "problem.json"
    path.write_bytes(content)

    assert main(["select", str(path), "--seed", "seed"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("select: ")
    assert sentence in told.err


def test_bad_record_is_told_in_a_sentence(problem, capsys):
    assert main(["verify", str(problem)]) == 2
    assert capsys.readouterr().err == "verify: record lacks the key engine.\n"


def test_files_that_cannot_be_used_are_told(problem, tmp_path, capsys):
    gone = str(tmp_path / "gone" / "file.json")

    assert main(["select", gone, "--seed", "seed"]) == 2
    assert main(["select", str(problem), "--seed", "seed", "--json", gone]) == 2
    assert main(["verify", gone]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"select: {gone} cannot be read: No such file or directory.",
        f"select: {gone} cannot be written: No such file or directory.",
        f"verify: {gone} cannot be read: No such file or directory.",
    ]


@pytest.mark.parametrize(
    ("arguments", "code"),
    (
        (["select", "--help"], 0),
        ([], 2),
        (["select", "problem.json"], 2),
        (["sel"], 2),
    ),
)
def test_arguments_end_as_argparse_ends(arguments, code, capsys):
    assert main(arguments) == code


def test_empty_seed_is_refused(problem, capsys):
    assert main(["select", str(problem), "--seed", ""]) == 2
    assert capsys.readouterr().err == (
        "select: The draw needs a seed: a text that is not empty.\n"
    )


def test_module_runs_without_django(problem):
    code = (
        "import sys; from mosty.engines.selection.cli import main;"
        "code = main(sys.argv[1:]); assert 'django' not in sys.modules; sys.exit(code)"
    )
    for start in (["-c", code], ["-m", "mosty.engines.selection"]):
        run = subprocess.run(
            [sys.executable, *start, "select", str(problem), "--seed", "seed"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (run.returncode, run.stderr) == (0, "")
        assert "selected\tA" in run.stdout.splitlines()
