"""The grouping on the command line, without Django and without a database."""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from mosty.engines.command import BAD_INPUT, DIFFERS, IMPOSSIBLE, OK, guarded, write
from mosty.engines.grouping.check import check
from mosty.engines.grouping.files import read_task
from mosty.engines.grouping.mix import mix, steps_for
from mosty.engines.grouping.model import Aim, NoPlan, Plan, Rules, Task
from mosty.engines.grouping.record import ENGINE, input_digest, to_data

HELP = "Mix people into groups over several rounds."
EXIT_CODES = """\
exit codes:
  0  groups were found
  1  the groups found do not pass the check that follows
  2  the input cannot be used
  3  no grouping keeps all rules, or none was found
"""


def parser() -> argparse.ArgumentParser:
    """Return what ``mix`` takes."""
    found = argparse.ArgumentParser(
        prog="mosty mix",
        description=HELP,
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = found.add_argument
    add("--people", required=True, type=Path, metavar="CSV", help="the people")
    add("--groups", required=True, type=int, metavar="N", help="groups in each round")
    add("--rounds", type=int, default=1, metavar="N", help="rounds (1)")
    add(
        "--spread",
        action="append",
        default=[],
        metavar="COLUMN",
        help="part people alike in this column; again for the next one",
    )
    add(
        "--together",
        action="append",
        default=[],
        metavar="ID:ID",
        help="keep two people together; can be repeated",
    )
    add(
        "--apart",
        action="append",
        default=[],
        metavar="ID:ID",
        help="keep two people apart; can be repeated",
    )
    add(
        "--language",
        metavar="COLUMN",
        help="each group has a language that all of it speak;"
        " a cell may list several, such as: pl, en",
    )
    add(
        "--band",
        metavar="COLUMN",
        help="each group has somebody of every value with enough people",
    )
    add(
        "--id-column",
        metavar="COLUMN",
        help="names the people; without it the column id, or numbers from 1",
    )
    add(
        "--earlier",
        action="append",
        default=[],
        type=Path,
        metavar="JSON",
        help="rounds held before, as --json writes them; can be repeated",
    )
    add(
        "--seed",
        required=True,
        metavar="TEXT",
        help="decides among equals; any text that is not empty",
    )
    add(
        "--steps",
        type=int,
        metavar="N",
        help="how long to search; as many as is usual for so many people if not said",
    )
    add("--json", type=Path, metavar="OUT", help="write the groups to this file")
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``mix`` and return its exit code."""
    try:
        options = parser().parse_args(argv)
    except SystemExit as stop:  # argparse has said why; --help stops with 0
        return OK if stop.code == 0 else BAD_INPUT
    return run_mix(options)


def run_mix(
    options: argparse.Namespace, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Mix, print the groups in tab-separated lines, and return the exit code."""

    def command(out: TextIO) -> int:
        started = time.perf_counter()
        task = read_task(
            options.people,
            options.id_column,
            Rules(
                options.groups,
                options.rounds,
                tuple(options.spread),
                language=options.language,
                band=options.band,
            ),
            together=options.together,
            apart=options.apart,
            earlier=options.earlier,
            seed=options.seed,
        )
        steps = steps_for(task, options.steps)
        outcome: Plan | NoPlan
        try:
            outcome = mix(task, steps)
        except NoPlan as none:
            outcome = none
        seconds = round(time.perf_counter() - started, 3)
        if options.json:
            data = to_data(task, outcome, steps, seconds)
            text = json.dumps(data, ensure_ascii=False, indent=1)
            write(options.json, text + "\n")
        out.writelines(f"{line}\n" for line in _lines(task, outcome))
        if isinstance(outcome, NoPlan):
            return IMPOSSIBLE
        faults = check(outcome, task.people, task.rules)
        for fault in faults:
            out.write(f"differs\t{fault.code}\t{' '.join(fault.about)}\n")
        return DIFFERS if faults else OK

    return guarded("mix", command, out, err)


def _lines(task: Task, outcome: Plan | NoPlan) -> Iterator[str]:
    yield f"engine\t{ENGINE}"
    yield f"input\t{input_digest(task)}"
    yield f"seed\t{task.seed}"
    if isinstance(outcome, NoPlan):
        yield f"impossible\t{outcome}"
        return
    for aim in outcome.aims:
        yield f"{_name(aim)}\t{aim.value}\t{_proof(aim)}"
    for pair in outcome.repeated:
        yield f"again in round {pair.round + 1}\t{pair.pair[0]}\t{pair.pair[1]}"
    for number, groups in enumerate(outcome.rounds, 1):
        for place, group in enumerate(groups, 1):
            codes = "\t".join(group)
            yield f"round {number}\tgroup {place}\t{codes}"


def _name(aim: Aim) -> str:
    return f"alike in {aim.attribute}" if aim.code == "spread" else "repeated pairs"


def _proof(aim: Aim) -> str:
    if aim.optimal:
        return "proven: fewer are impossible"
    return f"best found; fewer than {aim.bound} are impossible"
