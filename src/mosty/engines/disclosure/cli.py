"""The commands ``protect`` and ``audit``, without Django and without a database."""

import argparse
from collections.abc import Iterator, Sequence
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
from mosty.engines.disclosure.audit import Audit, audit
from mosty.engines.disclosure.errors import BadTables
from mosty.engines.disclosure.files import (
    read_cells,
    read_hierarchy,
    read_protected,
    written,
)
from mosty.engines.disclosure.model import Hierarchy, check_threshold
from mosty.engines.disclosure.protecting import protect

PROTECT_HELP = "Hide small numbers in a table, and what they could be computed from."
AUDIT_HELP = "Say what readers can compute of the hidden numbers of a table."
EXIT_CODES = """\
exit codes:
  0  nothing can be computed: the audit holds
  1  a hidden number is given away
  2  the input cannot be used
  3  protect: no way of hiding keeps the numbers safe; nothing is written
"""


def add_protect_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``protect`` takes."""
    parser.add_argument(
        "--table", required=True, type=Path, metavar="CSV", help="the inner cells"
    )
    parser.add_argument(
        "--dims",
        required=True,
        metavar="A,B",
        help="the columns with codes, with commas between",
    )
    parser.add_argument(
        "--value", required=True, metavar="COLUMN", help="the column with counts"
    )
    _add_rules(parser)
    parser.add_argument(
        "--merge",
        action="store_true",
        help="write the status hidden for all that is hidden, for publication",
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="CSV", help="write the result here"
    )


def add_audit_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what ``audit`` takes."""
    parser.add_argument("table", type=Path, metavar="SAFE.csv", help="as published")
    parser.add_argument(
        "--dims",
        default="",
        metavar="A,B",
        help="all columns but the last two if not said",
    )
    parser.add_argument(
        "--value", metavar="COLUMN", help="the last column before status if not said"
    )
    _add_rules(parser)
    parser.add_argument(
        "--earlier",
        action="append",
        default=[],
        type=Path,
        metavar="CSV",
        help="published before, of the same cells; can be repeated",
    )
    parser.add_argument(
        "--width",
        type=int,
        metavar="N",
        help="least and greatest possible value must differ by so much;"
        " the threshold if not said",
    )
    parser.add_argument(
        "--exact", action="store_true", help="work out every interval, and print it"
    )


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--threshold",
        type=int,
        default=5,
        metavar="N",
        help="counts below it are small; 5 if not said",
    )
    parser.add_argument(
        "--sensitive",
        action="append",
        default=[],
        metavar="DIM=CODE:N",
        help="a higher threshold for every cell of a code; can be repeated",
    )
    parser.add_argument(
        "--hierarchy",
        action="append",
        default=[],
        metavar="DIM=CSV",
        help="code and parent, such as country and continent; can be repeated",
    )
    parser.add_argument(
        "--zeros-are-small", action="store_true", help="zeros are hidden as well"
    )


def run_protect(
    options: argparse.Namespace, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Protect, write the table, print what was done, and return the exit code."""

    def command(out: TextIO) -> int:
        table = read_cells(
            options.table,
            _names(options.dims),
            options.value,
            options.threshold,
            _sensitive(options.sensitive),
            zeros_are_small=options.zeros_are_small,
        )
        done = protect(
            [table], _hierarchies(options.hierarchy, table.name, table.dimensions)
        )
        out.write(f"hidden\t{done.primary} primary\t{done.secondary} secondary\n")
        if not done.whole:
            out.write("note\ttau-Argus gave no answer in time\n")
        if not done.audit.holds:
            out.writelines(f"{line}\n" for line in _lines(done.audit, exact=False))
            return IMPOSSIBLE
        shown = done.tables[0].merged() if options.merge else done.tables[0]
        write(options.out, written(shown, options.value))
        out.writelines(f"{line}\n" for line in _lines(done.audit, exact=False))
        return OK

    return guarded("protect", command, out, err)


def run_audit(
    options: argparse.Namespace, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Audit, print what is given away, and return the exit code."""

    def command(out: TextIO) -> int:
        check_threshold(options.threshold)
        sensitive = _sensitive(options.sensitive)
        tables = [
            read_protected(
                path,
                _names(options.dims),
                options.value,
                options.threshold,
                sensitive,
                zeros_are_small=options.zeros_are_small,
            )
            for path in (options.table, *options.earlier)
        ]
        found = audit(
            tables,
            _hierarchies(options.hierarchy, tables[0].name, tables[0].dimensions),
            width=options.width,
            exact=options.exact,
        )
        out.writelines(f"{line}\n" for line in _lines(found, exact=options.exact))
        return OK if found.holds else DIFFERS

    return guarded("audit", command, out, err)


COMMANDS = (
    ("protect", PROTECT_HELP, add_protect_arguments, run_protect),
    ("audit", AUDIT_HELP, add_audit_arguments, run_audit),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    return dispatch(
        COMMANDS,
        argv,
        prog="mosty",
        description="Publish tables of small numbers so that nothing can be worked back.",
        epilog=EXIT_CODES,
    )


def _lines(found: Audit, *, exact: bool) -> Iterator[str]:
    if exact:
        for cell, one in found.intervals.items():
            high = "" if one.high is None else one.high
            kind = "exact" if one.exact else "at most" if one.narrow else "at least"
            yield f"interval\t{cell}\t{one.low}\t{high}\t{kind}"
    for finding in found.findings:
        yield f"given away\t{finding}"
    for finding in found.marks:
        yield f"told by the status\t{finding}"
    for ring in found.not_joined:
        yield f"not looked at as one\t{ring}"
    if found.holds:
        yield f"audit holds\t{found.hidden} hidden cells"


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _hierarchies(
    texts: Sequence[str], table: str, dimensions: Sequence[str]
) -> list[Hierarchy]:
    found = []
    for text in texts:
        dimension, equals, path = text.partition("=")
        if not equals or not dimension or not path:
            form = "DIM=CSV, such as region=h.csv"
            raise BadTables("bad_option", option="--hierarchy", text=text, form=form)
        if dimension not in dimensions:
            raise BadTables("dimension_unknown", table=table, dimension=dimension)
        found.append(read_hierarchy(dimension, Path(path)))
    return found


def _sensitive(texts: Sequence[str]) -> dict[tuple[str, str], int]:
    found = {}
    for text in texts:
        dimension, equals, rest = text.partition("=")
        code, colon, number = rest.rpartition(":")
        if not (equals and colon and code and number.isascii() and number.isdigit()):
            form = "DIM=CODE:N, such as topic=violence:10"
            raise BadTables("bad_option", option="--sensitive", text=text, form=form)
        check_threshold(int(number))
        found[dimension, code] = int(number)
    return found
