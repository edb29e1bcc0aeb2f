"""
The selection on the command line, without Django.

The web project wraps the same functions, so both commands have the same
arguments, output and exit codes.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from mosty.engines.selection.errors import BadProblem, SolverFailed
from mosty.engines.selection.outcome import NamedLimit, NoCohort, Outcome, Reason
from mosty.engines.selection.problem_json import problem_from_json
from mosty.engines.selection.reading import canonical, parse
from mosty.engines.selection.record import Record, run, verify

OK, DIFFERS, BAD_INPUT = 0, 1, 2
NO_COHORT = DIFFERS

SELECT_HELP = "Select a cohort from the problem in a JSON file."
VERIFY_HELP = "Run a record again and print every difference."
EXIT_CODES = """\
exit codes:
  0  a cohort was found; or the record is what a new run gives
  1  no cohort keeps all limits; or the record differs
  2  the input cannot be used
"""


def add_select_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``select`` takes."""
    parser.add_argument("input", metavar="INPUT.json", help="the problem")
    parser.add_argument(
        "--seed",
        required=True,
        metavar="TEXT",
        help="decides among equals; any text that is not empty",
    )
    parser.add_argument(
        "--seed-source",
        default="",
        metavar="TEXT",
        help="where the seed comes from, for the record",
    )
    parser.add_argument(
        "--json", metavar="OUT", help="write the record to this file as well"
    )
    parser.add_argument(
        "--no-explain",
        action="store_false",
        dest="explain",
        help="do not work out why somebody has no seat, which takes longest",
    )


def add_verify_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``verify`` takes."""
    parser.add_argument(
        "record", metavar="RECORD.json", help="what select --json wrote"
    )


def run_select(
    options: argparse.Namespace, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Select, print the result in tab-separated lines, and return the exit code."""
    out, err = out or sys.stdout, err or sys.stderr
    try:
        problem = problem_from_json(parse(_read(options.input), "problem"))
        record = run(
            problem, options.seed, options.seed_source, explain=options.explain
        )
        if options.json:
            _write(options.json, record.to_json() + "\n")
    except (BadProblem, SolverFailed, _FileTrouble) as error:
        err.write(f"select: {error}\n")
        return BAD_INPUT
    out.writelines(f"{line}\n" for line in _lines(record))
    return NO_COHORT if isinstance(record.result, NoCohort) else OK


def run_verify(
    options: argparse.Namespace, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Verify, print each difference in a tab-separated line, return the exit code."""
    out, err = out or sys.stdout, err or sys.stderr
    try:
        differences = verify(_read(options.record))
    except (BadProblem, SolverFailed, _FileTrouble) as error:
        err.write(f"verify: {error}\n")
        return BAD_INPUT
    for difference in differences:
        recorded, computed = difference.recorded, difference.computed
        out.write(f"differs\t{difference.path}\t{recorded}\t{computed}\n")
    if not differences:
        out.write("verified\tthe record is what a new run gives\n")
    return DIFFERS if differences else OK


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m mosty.engines.selection",
        description="Select a cohort by rules, and check such a selection.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, text, add, command in (
        ("select", SELECT_HELP, add_select_arguments, run_select),
        ("verify", VERIFY_HELP, add_verify_arguments, run_verify),
    ):
        sub = commands.add_parser(
            name,
            help=text,
            description=text,
            epilog=EXIT_CODES,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add(sub)
        sub.set_defaults(command=command)
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:  # argparse has said why; --help stops with 0
        return OK if stop.code == 0 else BAD_INPUT
    code: int = options.command(options)
    return code


class _FileTrouble(Exception):
    """A file cannot be read or written; the text is a sentence."""


def _read(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise _FileTrouble(f"{name} is not UTF-8 text.") from None
    except OSError as error:
        raise _FileTrouble(f"{name} cannot be read: {error.strerror}.") from None


def _write(name: str, text: str) -> None:
    try:
        Path(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise _FileTrouble(f"{name} cannot be written: {error.strerror}.") from None


def _lines(record: Record) -> list[str]:
    head = [
        f"engine\t{record.engine}",
        f"input\t{record.input_digest}",
        f"seed\t{canonical(record.seed)}",
    ]
    result = record.result
    if isinstance(result, NoCohort):
        return [*head, *_limit_lines("collides", result.limits)]
    return [*head, *_outcome_lines(result)]


def _outcome_lines(outcome: Outcome) -> list[str]:
    lines = [f"seats\t{len(outcome.selected)}\tof {outcome.seats}"]
    lines += _limit_lines("empty because", outcome.empty_because)
    for number, achieved in enumerate(outcome.priorities, start=1):
        lines.append(f"priority {number}\t{achieved.value}\tbound {achieved.bound}")
    lines += [f"selected\t{code}" for code in outcome.selected]
    for number, code in enumerate(outcome.reserve, start=1):
        lines.append(f"reserve {number}\t{code}")
    for person in outcome.people:
        if person.result != "selected":
            lines.append(f"why not\t{person.code}\t{_reason(person.reason)}")
    return lines


def _limit_lines(word: str, limits: Sequence[NamedLimit]) -> list[str]:
    return [f"{word}\t{limit.code}\t{_params(limit.params)}" for limit in limits]


def _reason(reason: Reason) -> str:
    limits = "; ".join(f"{item.code} {_params(item.params)}" for item in reason.limits)
    return "\t".join(filter(None, (reason.code, _params(reason.params), limits)))


def _params(params: Mapping[str, str | int]) -> str:
    return " ".join(f"{key}={value}" for key, value in params.items())
