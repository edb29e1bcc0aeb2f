"""``mosty badge-key``: the keys that sign digital badges, and a new one."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from mosty.training import badge_keys


class Command(BaseCommand):
    """Lists the keys; with ``--commit`` makes another, which signs from now on."""

    help = (
        "List the keys that sign digital badges, the oldest first; the last one signs. "
        "With --commit, make another. Earlier ones stay published, so that badges they "
        "signed stay verifiable."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the word that makes it happen."""
        parser.add_argument("--commit", action="store_true", help="make another key")

    def handle(self, *, commit: bool, **options: object) -> None:
        """Print each key and what it does."""
        if commit:
            badge_keys.add(now=timezone.now())
        names = [key.name for key in badge_keys.all_keys()]
        for name in names:
            self.stdout.write(
                f"{name}\t{'signs' if name == names[-1] else 'published'}"
            )
