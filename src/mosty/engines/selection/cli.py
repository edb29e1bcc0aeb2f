"""
The selection on the command line, without Django and without a database.

The web project wraps the same functions, so both commands have the same
arguments, output and exit codes.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from mosty.engines.command import (
    DIFFERS,
    IMPOSSIBLE,
    OK,
    dispatch,
    guarded,
    write,
)
from mosty.engines.errors import BadProblem
from mosty.engines.selection.explaining import explanation
from mosty.engines.selection.files.quotas import stratified
from mosty.engines.selection.files.rules import ruled
from mosty.engines.selection.model import LOTTERIES, Problem
from mosty.engines.selection.outcome import NoCohort, Outcome
from mosty.engines.selection.public_copy import is_public_copy, verify_copy
from mosty.engines.selection.record import ENGINE, Record, run
from mosty.engines.selection.result_json import priority_names
from mosty.engines.selection.sentences import LANGUAGES, limit_sentence
from mosty.engines.selection.verify import verify
from mosty.engines.tables import read_text

SELECT_HELP = "Select a cohort from files of people and rules."
VERIFY_HELP = "Check a record or its public copy: text, lottery and draw."
EXPLAIN_HELP = "Say why somebody has a seat, or has none."
EXIT_CODES = """\
exit codes:
  0  a cohort was found; the record is right
  1  the record is not right
  2  the input cannot be used
  3  no cohort keeps all limits
"""


def add_select_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``select`` takes."""
    parser.add_argument(
        "--people", required=True, type=Path, metavar="CSV", help="the people"
    )
    rules = parser.add_mutually_exclusive_group(required=True)
    rules.add_argument("--rules", type=Path, metavar="TOML", help="the rules")
    rules.add_argument(
        "--quotas",
        type=Path,
        metavar="CSV",
        help="quotas: feature,value,min,max[,min_flex,max_flex]"
        " or category,feature,min,max",
    )
    parser.add_argument(
        "--seats", type=int, metavar="N", help="people to select, with --quotas"
    )
    parser.add_argument(
        "--id-column",
        metavar="COLUMN",
        help="names the people; without it they are numbered from 1",
    )
    parser.add_argument(
        "--lottery", choices=LOTTERIES, help="how equals are drawn (leximin)"
    )
    parser.add_argument(
        "--public-lottery",
        type=int,
        default=0,
        metavar="M",
        help="number M cohorts as well, for digits drawn in public",
    )
    parser.add_argument(
        "--number",
        type=int,
        metavar="N",
        help="the number that was drawn in public: that cohort of the M sits",
    )
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
        "--json", type=Path, metavar="OUT", help="write the record to this file"
    )
    parser.add_argument(
        "--no-explain",
        action="store_false",
        dest="explain",
        help="do not work out why a seat is certain or impossible",
    )


def add_verify_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``verify`` takes."""
    parser.add_argument(
        "record", type=Path, metavar="RECORD.json", help="what select --json wrote"
    )
    parser.add_argument(
        "--full", action="store_true", help="solve everything again and compare"
    )


def add_explain_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``explain`` takes."""
    parser.add_argument(
        "record", type=Path, metavar="RECORD.json", help="what select --json wrote"
    )
    parser.add_argument("--person", required=True, metavar="ID", help="who asks")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="the language")


def run_select(
    options: argparse.Namespace, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Select, print the result in tab-separated lines, and return the exit code."""

    def command(out: TextIO) -> int:
        started = time.perf_counter()
        if options.number is not None and not options.public_lottery:
            raise BadProblem("number_without_list")
        record = run(
            _problem(options),
            options.seed,
            options.seed_source,
            explain=options.explain,
            tickets=options.public_lottery,
            number=options.number,
        )
        record = replace(record, seconds=round(time.perf_counter() - started, 3))
        if options.json:
            write(options.json, record.to_json() + "\n")
        out.writelines(f"{line}\n" for line in _lines(record))
        return IMPOSSIBLE if isinstance(record.result, NoCohort) else OK

    return guarded("select", command, out, err)


def run_verify(
    options: argparse.Namespace, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Verify, print each difference in a tab-separated line, return the exit code."""

    def command(out: TextIO) -> int:
        # Not even a byte order mark may have been added.
        text = read_text(options.record, "utf-8")
        not_shown: list[str] = []
        if is_public_copy(text):
            what = "the public copy is right"
            differences, not_shown = verify_copy(text)
        else:
            again = ", and solving again gives the same" if options.full else ""
            what = f"the record is right{again}"
            differences = verify(text, full=options.full)
        for one in differences:
            out.write(f"differs\t{one.path}\t{one.recorded}\t{one.computed}\n")
        if differences:
            return DIFFERS
        out.write(f"verified\t{what}\n")
        out.writelines(f"not shown\t{one}\n" for one in not_shown)
        return OK

    return guarded("verify", command, out, err)


def run_explain(
    options: argparse.Namespace, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Explain one person's result in sentences, and return the exit code."""

    def command(out: TextIO) -> int:
        text = read_text(options.record)
        for sentence in explanation(text, options.person, options.lang):
            out.write(f"{sentence}\n")
        return OK

    return guarded("explain", command, out, err)


COMMANDS = (
    ("select", SELECT_HELP, add_select_arguments, run_select),
    ("verify", VERIFY_HELP, add_verify_arguments, run_verify),
    ("explain", EXPLAIN_HELP, add_explain_arguments, run_explain),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    return dispatch(
        COMMANDS,
        argv,
        prog="python -m mosty.engines.selection",
        description="Select a cohort by rules, check such a selection, explain it.",
        epilog=EXIT_CODES,
    )


def _problem(options: argparse.Namespace) -> Problem:
    if options.rules is not None:
        if options.seats is not None:
            raise BadProblem("seats_with_rules")
        return ruled(options.people, options.rules, options.id_column, options.lottery)
    if options.seats is None:
        raise BadProblem("seats_missing")
    return stratified(
        options.people,
        options.quotas,
        options.seats,
        options.id_column,
        options.lottery or "leximin",
    )


def _lines(record: Record) -> Iterator[str]:
    yield f"engine\t{ENGINE}"
    yield f"input\t{record.input_digest}"
    yield f"seed\t{record.seed}"
    result = record.result
    if isinstance(result, NoCohort):
        for limit in result.limits:
            yield f"collides\t{limit_sentence(limit, 'en')}"
        for change in result.changes or ():
            words = limit_sentence(change.limit, "en")
            yield f"would help\t{words}\t{change.was} -> {change.now}"
        return
    yield from _outcome_lines(record.problem, result)
    if record.numbered is not None:
        yield (
            f"public lottery\t{len(record.numbered.cohorts)} numbers\tlargest deviation"
            f" {float(record.numbered.deviation):.6f} ({record.numbered.whose})"
        )
    if record.number is not None:
        yield f"number drawn\t{record.number}"


def _outcome_lines(problem: Problem, outcome: Outcome) -> Iterator[str]:
    yield f"seats\t{len(outcome.selected)}\tof {outcome.seats}"
    for limit in outcome.empty_because:
        yield f"empty because\t{limit_sentence(limit, 'en')}"
    names = priority_names(problem.priorities)
    for name, achieved in zip(names, outcome.priorities, strict=True):
        yield f"priority\t{name}\t{achieved.value}"
    odds = [person.odds for person in outcome.people if person.odds is not None]
    if odds:
        least = min(odds)
        yield f"smallest odds\t{float(least):.6f}\t{least}"
        yield f"types\t{len(outcome.types)}"
        yield f"cohorts\t{len(outcome.lottery.cohorts)}"
    for code in outcome.selected:
        yield f"selected\t{code}"
    for number, code in enumerate(outcome.reserve, start=1):
        yield f"reserve {number}\t{code}"
