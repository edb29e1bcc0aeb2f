"""Makes the index of the search anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mosty.library.actions import search
from mosty.library.models import Sort


class Command(BaseCommand):
    """``mosty reindex``."""

    help = (
        "Makes the index of the search anew out of what is published, after an upgrade "
        "or a restored backup. Readers find the old index until it is done. Without "
        "--commit it only says how much there is to index."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add which kind, and whether to write."""
        parser.add_argument("--kind", choices=Sort.values, help="only this kind")
        parser.add_argument("--commit", action="store_true", help="write it")

    def handle(self, **options: Any) -> None:
        """Write, or count, and say how many documents."""
        kind = Sort(options["kind"]) if options["kind"] else None
        if options["commit"]:
            self.stdout.write(f"indexed\t{search.reindex(kind)}")
        else:
            self.stdout.write(f"to index\t{search.to_index(kind)}")
