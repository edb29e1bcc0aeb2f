"""``mosty archive``: a year of consultations as Parquet files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from mosty.audit.actors import SYSTEM
from mosty.infopoint.actions import archives
from mosty.kernel.refusal import Refusal


class Command(BaseCommand):
    """Write an archive."""

    help = (
        "Write the consultations of a year that count as Parquet files with checksums: "
        "single records, without keys, notes and who made them. Keep them as "
        "confidential as the database. The ledger says what was taken, and why."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the year, whose records, and where to."""
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--point", default="", help="only this point, by its slug")
        parser.add_argument("--out", type=Path, required=True, help="a new folder")
        parser.add_argument(
            "--open", action="store_true", help="a year not closed, too"
        )
        parser.add_argument("--reason", default="yearly archive", help="for the ledger")

    def handle(self, **options: Any) -> None:
        """
        Write it, and say what is in it.

        :raises CommandError: if it cannot be written, with a sentence that says why.
        """
        folder = options["out"].resolve()
        try:
            archive = archives.make(
                year=options["year"],
                slug=options["point"],
                folder=folder,
                may_be_open=options["open"],
                reason=options["reason"],
                actor=SYSTEM,
                now=timezone.now(),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(f"Nothing was written: {error.strerror}.") from None
        rows = archive.rows("consultations")
        self.stdout.write(f"{rows} consultations of {options['year']}")
        for place in archive.places:
            self.stdout.write(f"{place}\t{archive.rows_of('consultations', place)}")
