"""``mosty worker``: sends messages and does what time demands."""

from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs the background jobs that are queued in the database."""

    help = (
        "Run background jobs: messages that leave, offers that expire, needs that are "
        "deleted. Run as many as you like; Ctrl-C lets the current job finish."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many jobs at once."""
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at once")
        parser.add_argument(
            "--once", action="store_true", help="do what is queued, then stop"
        )

    def handle(self, *, concurrency: int, once: bool, **options: object) -> None:
        """Work until interrupted, or until nothing is queued."""
        arguments = ["worker", f"--concurrency={concurrency}"]
        if once:
            arguments.append("--one-shot")
        call_command("procrastinate", *arguments)
