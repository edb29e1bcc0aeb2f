"""How the engines' commands end and write: codes, sentences, whole files."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TextIO

from mosty.engines.errors import BadProblem, SolverFailed

OK, DIFFERS, BAD_INPUT, IMPOSSIBLE = 0, 1, 2, 3


# A command's name, its help, what adds its arguments, and what runs it.
Command = tuple[
    str,
    str,
    Callable[[argparse.ArgumentParser], None],
    Callable[[argparse.Namespace], int],
]


class CannotWrite(Exception):
    """A file cannot be written; the text is a sentence."""


def dispatch(
    commands: Sequence[Command],
    argv: Sequence[str] | None,
    *,
    prog: str,
    description: str,
    epilog: str,
) -> int:
    """Run the one of ``commands`` that ``argv`` names, and return its exit code."""
    plain = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog=prog, description=description, epilog=epilog, formatter_class=plain
    )
    subs = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, text, add, command in commands:
        sub = subs.add_parser(
            name, help=text, description=text, epilog=epilog, formatter_class=plain
        )
        add(sub)
        sub.set_defaults(command=command)
    try:
        options = parser.parse_args(argv)
    except SystemExit as stop:  # argparse has said why; --help stops with 0
        return OK if stop.code == 0 else BAD_INPUT
    code: int = options.command(options)
    return code


def guarded(
    name: str,
    command: Callable[[TextIO], int],
    out: TextIO | None,
    err: TextIO | None,
) -> int:
    """
    Run ``command`` and return its exit code; ``name`` begins what is said.

    What the input does wrong becomes a sentence and a code.
    """
    out = out or sys.stdout
    try:
        code = command(out)
        # Now, since at the end of the program nobody could catch what happens.
        out.flush()
    except BrokenPipeError:
        # Whoever reads has had enough, such as "head"; the work is done.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except (BadProblem, SolverFailed, CannotWrite) as error:
        (err or sys.stderr).write(f"{name}: {error}\n")
        return BAD_INPUT
    return code


def write(path: Path, text: str) -> None:
    """
    Write the whole file or nothing: beside it first, then in its place.

    :raises CannotWrite: if it cannot; what stood there is left as it was.
    """
    written: Path | None = None
    try:
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix=".", delete=False
        ) as part:
            written = Path(part.name)
            part.write(text)
            part.flush()
            os.fsync(part.fileno())
        written.chmod(0o644)
        written.replace(path)
    except OSError as error:
        if written is not None:
            written.unlink(missing_ok=True)
        raise CannotWrite(f"{path} cannot be written: {error.strerror}.") from None
