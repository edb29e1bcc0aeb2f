"""``mosty demo``: the documented Academy, the main chain before your eyes, the pages."""

import os
import sys
import time
from argparse import ArgumentParser

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone, translation

from mosty.demo import large, load, story
from mosty.kernel import env


class Command(BaseCommand):
    """Loads, plays and serves the demo. Repeating it begins again from the start."""

    help = (
        "Load the demo Academy, run the main chain before your eyes and serve it with "
        "one-click sign-ins. Exit 1: the database holds somebody's real work."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say whether to serve, and where."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="do all but serve; print one line of JSON at the end",
        )
        parser.add_argument(
            "--size",
            choices=("small", "large"),
            default="small",
            help="large: around it an installation as years of a whole country would "
            "leave it, for measuring; takes minutes and gigabytes",
        )
        parser.add_argument("--address", default="127.0.0.1", help="where to listen")
        parser.add_argument("--port", type=int, default=8000, help="on which port")

    def handle(
        self, *, check: bool, size: str, address: str, port: int, **options: object
    ) -> None:
        """Play everything, then serve unless only checking."""
        if not settings.DEMO:
            raise CommandError("MOSTY_DEMO is off, so no demo is loaded.")
        begun = time.monotonic()
        call_command("migrate", interactive=False, verbosity=0)
        try:
            load.empty()
        except load.NotADemo:
            raise CommandError(
                "This database holds users who are not of the demo. Name an empty one in "
                "DATABASE_URL, or unset it."
            ) from None
        with translation.override("en"):
            now = timezone.now()
            numbers: dict[str, object] = dict(story.play(now, self.stdout.write))
            if size == "large":
                numbers |= large.fill(now, self.stdout.write)
                with connection.cursor() as cursor:
                    # As a server that has run for years: it knows what is where.
                    cursor.execute("vacuum analyze")
        numbers["seconds"] = round(time.monotonic() - begun, 1)
        self.stdout.write(story.as_line(numbers))
        if not check:
            self.stdout.write(
                "Sign in with one click: choose a role on the sign-in page."
            )
            self.stdout.flush()
            _serve(address, port)


def _serve(address: str, port: int) -> None:
    """
    Go on as ``mosty serve`` in a Python that has just begun.

    Web processes are forked, and what sets documents keeps threads from its first use
    on: a fork of this process would have none of them, and wait for them for ever.
    """
    asked = f"serve --address {address} --port {port} --workers 1 --with-worker"
    os.execve(  # noqa: S606 - ourselves
        sys.executable,
        [sys.executable, "-m", "mosty.config.cli", *asked.split()],
        env.as_given(),
    )
