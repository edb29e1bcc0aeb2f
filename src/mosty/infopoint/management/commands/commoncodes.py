"""Brings the common code list up to date after an upgrade."""

from typing import Any

from django.core.management.base import BaseCommand

from mosty.infopoint.actions.codes import load_common


class Command(BaseCommand):
    """``mosty commoncodes``."""

    help = (
        "Adds to the common code list of information points what this version brings. "
        "Repeating it adds nothing."
    )

    def handle(self, **_options: Any) -> None:
        """Add and say how much."""
        self.stdout.write(f"added\t{load_common()}")
