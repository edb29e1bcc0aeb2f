"""
The command ``mosty``: our own commands, and behind them Django's management.

``select``, ``verify``, ``explain``, ``mix``, ``protect`` and ``audit`` are the
engines': they need neither settings nor database.
"""

import os
import sys
from collections.abc import Sequence

from mosty.kernel.env import BadSetting

# What `mosty` says of itself; docs/reference/commands.md is made from it.
COMMANDS = {
    "demo": "load the demo Academy, run the main chain before your eyes, serve it",
    "serve": "serve the pages",
    "worker": "run background jobs: draws, messages, expiries, deletions",
    "migrate": "bring the database up to date",
    "doctor": "say what is configured, reachable, missing",
    "badge-key": "list the keys that sign digital badges, make a new one",
    "adduser": "add a user, such as the first administrator",
    "import-nominations": "take over a list of nominations from a file",
    "commoncodes": "add to information points' common lists what this version brings",
    "archive": "write a year of consultations as Parquet files",
    "count": "count a table of consultations, from the database or archives",
    "reindex": "make the index of the library's search anew",
    "thesaurus": "add to the library's thesaurus what this version brings",
    "select": "select a cohort from files of people and rules",
    "verify": "check a selection's record: its text, its lottery, its draw",
    "explain": "say why somebody has a seat in a selection, or has none",
    "mix": "mix people into groups over several rounds",
    "protect": "hide small numbers in a table, and what they could be computed from",
    "audit": "say what readers can compute of a table's hidden numbers",
}

# What answers or works in many threads, for long.
_THREADED = frozenset({"demo", "serve", "worker"})
_HEAPS = "MALLOC_ARENA_MAX"
_SHARED_AMONG = "OPENBLAS_NUM_THREADS"


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command; exit 2 where the environment or the words cannot be used."""
    arguments = list(sys.argv if argv is None else argv)
    name = arguments[1] if len(arguments) > 1 else "--help"
    if argv is None:
        # Numpy asks when it is loaded. Matrices of the engines have some hundred rows: to
        # share one out among threads takes longer than to work it out.
        os.environ.setdefault(_SHARED_AMONG, "1")
        if name in _THREADED:
            _share_one_heap()
    if name in {"-h", "--help"}:
        _help()
    elif name in {"protect", "audit"}:
        from mosty.engines.disclosure.cli import main as disclosure

        sys.exit(disclosure(arguments[1:]))
    elif name in {"select", "verify", "explain"}:
        from mosty.engines.selection import cli

        sys.exit(cli.main(arguments[1:]))
    elif name == "mix":
        from mosty.engines.grouping.cli import main as mix

        sys.exit(mix(arguments[2:]))
    else:
        _manage(arguments, name)


def _share_one_heap() -> None:
    """
    Begin anew with one heap for all threads, unless the environment says how many.

    Else glibc gives each thread its own, and what one has freed no other uses. It asks
    only when a process begins; web processes and the worker beside them inherit it.
    """
    if sys.platform == "linux" and _HEAPS not in os.environ:
        os.environ[_HEAPS] = "1"
        os.execv(  # noqa: S606 - the same program, with the words it was begun with
            sys.executable, [sys.executable, *sys.orig_argv[1:]]
        )


def _help() -> None:
    """Print our commands; `mosty help` prints Django's as well."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name:<{width}}  {words}" for name, words in COMMANDS.items()]
    lines.append("Each has --help. Others: mosty help")
    print("usage: mosty COMMAND [ARGUMENT ...]", *lines, sep="\n")  # noqa: T201 - a command speaks


def _manage(arguments: list[str], name: str) -> None:
    """Hand over to Django's management."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosty.config.settings")
    if name == "demo":
        # Settings are read once, before the command itself is known.
        os.environ.setdefault("MOSTY_DEMO", "yes")
    if not name.startswith("-"):
        # "import-nominations" for people is import_nominations.py for Python.
        arguments[1] = name.replace("-", "_")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(arguments)
    except BadSetting as mistake:
        print(f"mosty: {mistake}", file=sys.stderr)  # noqa: T201 - a command speaks
        sys.exit(2)


if __name__ == "__main__":
    main()
