"""``mosty serve``: the web server."""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from granian.constants import Interfaces
from granian.server import Server


class Command(BaseCommand):
    """Serves the pages with Granian, behind any proxy that ends TLS."""

    help = "Serve the pages. Stops with Ctrl-C. Exit 1: the database is not migrated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say where to listen, and with how many processes."""
        parser.add_argument("--address", default="127.0.0.1", help="where to listen")
        parser.add_argument("--port", type=int, default=8000, help="on which port")
        parser.add_argument("--workers", type=int, default=2, help="web processes")
        parser.add_argument(
            "--threads", type=int, default=4, help="threads of a process"
        )
        parser.add_argument(
            "--with-worker", action="store_true", help="run one background worker too"
        )

    def handle(
        self,
        *,
        address: str,
        port: int,
        workers: int,
        threads: int,
        with_worker: bool,
        **options: object,
    ) -> None:
        """Serve until interrupted."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("The database is not up to date. Run: mosty migrate")
        call_command("collectstatic", interactive=False, verbosity=0)
        # Web processes are forked from this one. With an open pool they would share its
        # connections, and one visitor could read another's rows.
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's own
        background = Watched(_start_worker) if with_worker else None
        self.stdout.write(f"Mosty is on http://{address}:{port}/ (Ctrl-C stops it)")
        self.stdout.flush()
        try:
            Server(
                "mosty.config.wsgi:application",
                address=address,
                port=port,
                interface=Interfaces.WSGI,
                workers=workers,
                blocking_threads=threads,
                respawn_failed_workers=True,
                log_enabled=False,
                static_path_mount=[Path(settings.STATIC_ROOT)],
                static_path_route=[settings.STATIC_URL.rstrip("/")],
                # Names carry a digest of the content, so a copy never goes stale.
                static_path_expires=31_536_000,
            ).serve()
        finally:
            if background is not None:
                background.stop()


class Watched:
    """A process that is started again where it dies: without a worker nothing is sent."""

    def __init__(
        self, start: Callable[[], subprocess.Popen[bytes]], *, look_every: float = 5
    ) -> None:
        self._start, self._look_every = start, look_every
        self._process = start()
        self._is_over = Event()
        self._watch = Thread(target=self._look, daemon=True)
        self._watch.start()

    def _look(self) -> None:
        while not self._is_over.wait(self._look_every):
            if self._process.poll() is not None:
                self._process = self._start()

    def stop(self) -> None:
        """End it, and start it no more."""
        self._is_over.set()
        self._watch.join()
        self._process.terminate()
        self._process.wait(timeout=20)


def _start_worker() -> subprocess.Popen[bytes]:
    """Start a worker beside the server; it shares our own PostgreSQL, where there is one."""
    return subprocess.Popen([sys.executable, "-m", "mosty.config.cli", "worker"])
