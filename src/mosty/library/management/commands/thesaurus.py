"""Brings the common thesaurus up to date after an upgrade."""

from typing import Any

from django.core.management.base import BaseCommand

from mosty.library.actions.thesaurus import load_common


class Command(BaseCommand):
    """``mosty thesaurus``."""

    help = (
        "Adds to the thesaurus what this version brings. What editors changed stays; "
        "repeating it adds nothing."
    )

    def handle(self, **_options: Any) -> None:
        """Add and say how many concepts."""
        self.stdout.write(f"added\t{load_common()}")
