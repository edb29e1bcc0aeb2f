"""``mosty worker``: draws when asked, sends messages and does what time demands."""

from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand

# Then long calculations are told to stop; who runs the worker waits a little longer.
GRACE_SECONDS = 10


class Command(BaseCommand):
    """Runs the background jobs that are queued in the database."""

    help = (
        "Run background jobs: draws and trials, messages that leave, offers that expire, "
        "needs that are deleted. Run as many as you like; Ctrl-C lets the current job "
        "finish, but for a draw or trial that takes long: it can be started again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say how many jobs at once."""
        parser.add_argument("--concurrency", type=int, default=4, help="jobs at once")
        parser.add_argument(
            "--once", action="store_true", help="do what is queued, then stop"
        )

    def handle(self, *, concurrency: int, once: bool, **options: object) -> None:
        """Work until interrupted, or until nothing is queued."""
        arguments = [
            "worker",
            f"--concurrency={concurrency}",
            f"--shutdown-graceful-timeout={GRACE_SECONDS}",
        ]
        if once:
            arguments.append("--one-shot")
        call_command("procrastinate", *arguments)
