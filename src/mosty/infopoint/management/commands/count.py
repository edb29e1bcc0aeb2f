"""``mosty count``: one table of consultations as CSV, from the database or archives."""

import csv
import sys
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from mosty.figures.tables import Cell, Days, Scope, Table, live
from mosty.infopoint.models import Point
from mosty.infopoint.queries.archives import open_in
from mosty.infopoint.tables import EVERY, of_city, of_network
from mosty.kernel.refusal import Refusal


class Command(BaseCommand):
    """Count a table."""

    help = (
        "Write the inner cells of a table of consultations as CSV, one a line: a code for "
        "each dimension, and how many. They are not protected: give them to mosty "
        "protect before anything is published. --list says which tables there are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the table, the year, and where its records are."""
        parser.add_argument("table", nargs="?", default="")
        parser.add_argument("--list", action="store_true", help="say which there are")
        parser.add_argument("--year", type=int)
        parser.add_argument("--month", type=int, choices=range(1, 13))
        parser.add_argument("--point", default="", help="only this point, by its slug")
        parser.add_argument(
            "--common", action="store_true", help="in the codes on which cities compare"
        )
        parser.add_argument(
            "--archive",
            type=Path,
            action="append",
            default=[],
            help="a folder that mosty archive wrote; several if given several times. "
            "Without one, the database counts",
        )
        parser.add_argument("--out", type=Path, help="a file; else standard output")

    def handle(self, **options: Any) -> None:
        """
        Count and write.

        :raises CommandError: if it cannot be counted, with a sentence that says why.
        """
        if options["list"]:
            for one in EVERY:
                self.stdout.write(f"{one.slug}\t{one.title}")
            return
        table = {one.slug: one for one in EVERY}.get(options["table"])
        if table is None or options["year"] is None:
            raise CommandError("Say a table and --year. mosty count --list names them.")
        try:
            cells = _cells(table, options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except ValueError:
            raise CommandError(
                "Codes of several cities cannot stand in one table: say --common, or "
                "--point."
            ) from None
        with ExitStack() as stack:
            file: IO[str] = sys.stdout
            if options["out"]:
                file = stack.enter_context(
                    options["out"].open("w", encoding="utf-8", newline="")
                )
            _write(file, table, cells)
        if any(one.several for one in table.dimensions):
            self.stderr.write(
                "A consultation stands under each of its topics: sums are mentions."
            )


def _cells(table: Table, options: dict[str, Any]) -> list[Cell]:
    period = (
        Days.of_month(options["year"], options["month"])
        if options["month"]
        else Days.of_year(options["year"])
    )
    if not options["archive"]:
        points = open_in(options["year"], options["point"])
        return live.cells(table, scope=_scope(points, options), period=period)
    # DuckDB only where it is needed: see there what it costs.
    from mosty.figures.tables.archives import duck, manifest

    archives = manifest.opened(options["archive"])
    owners = {
        place: owner
        for archive in archives
        for place, owner in archive.places.items()
        if options["point"] in {"", place}
    }
    scope = Scope.common(owners) if options["common"] else Scope.own(owners)
    with duck.opened(archives) as engine:
        return engine.cells(table, scope=scope, period=period)


def _scope(points: list[Point], options: dict[str, Any]) -> Scope:
    return of_network(points) if options["common"] else of_city(points)


def _write(file: IO[str], table: Table, cells: list[Cell]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*(one.name for one in table.dimensions), "n"])
    writer.writerows([*cell.codes, cell.count] for cell in cells)
