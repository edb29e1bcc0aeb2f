"""``mosty doctor``: what is configured, what is reachable, what is missing."""

import os
import shutil
import socket
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from mosty.training.queries import materials

Finding = tuple[str, str, str]  # (how it is: ok, note or fault; what; words)


class Command(BaseCommand):
    """Looks at the installation and says what an administrator should know."""

    help = (
        "Say what is configured, reachable and missing, one tab-separated line each. "
        "Exit 0: all is well; 1: something is at fault."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take no arguments of its own."""

    def handle(self, **options: object) -> None:
        """Print every finding; exit 1 if one of them is a fault."""
        findings = [finding for look in LOOKS for finding in look()]
        for state, what, words in findings:
            self.stdout.write(f"{state}\t{what}\t{words}")
        if any(state == "fault" for state, _what, _words in findings):
            raise SystemExit(1)


def _database() -> Iterator[Finding]:
    own = (
        "own PostgreSQL in MOSTY_VAR"
        if os.environ.get("MOSTY_OWN_POSTGRES")
        else "server"
    )
    try:
        with connection.cursor() as cursor:
            cursor.execute("select current_setting('server_version_num')::int")
            version = cursor.fetchone()[0] // 10_000
    except Error as fault:
        yield "fault", "database", f"not reachable: {type(fault).__name__}"
        return
    if version < 15:
        yield "fault", "database", f"PostgreSQL {version}; 15 or newer is needed"
    else:
        yield "ok", "database", f"PostgreSQL {version}, {own}"
    yield from _letters()
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        yield "fault", "migrations", f"{waiting} to be applied: mosty migrate"
    else:
        yield "ok", "migrations", "all applied"
        yield from _queue()
        yield from _materials()


def _letters() -> Iterator[Finding]:
    """Look at what the database makes of letters; lists are sorted by keys of our own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select getdatabaseencoding(), lower('ŁÓDŹ') = 'łódź' and upper('ć') = 'Ć',"
            " coalesce(datcollversion <> pg_database_collation_actual_version(oid), false)"
            " from pg_database where datname = current_database()"
        )
        yield from letters(*cursor.fetchone())


def letters(encoding: str, folds: bool, is_stale: bool) -> Iterator[Finding]:
    """Yield what is to be said of a database: its encoding, and if it knows ł and Ł."""
    if encoding != "UTF8":
        yield "fault", "letters", f"encoding {encoding}; UTF8 is needed"
        return
    if not folds:
        yield (
            "fault",
            "letters",
            (
                "Ł and ł are not one letter to the database, so searching misses names: "
                "make it with a locale of UTF-8, such as pl-PL by ICU, or C.UTF-8"
            ),
        )
    else:
        yield "ok", "letters", "capitals are known"
    if is_stale:
        yield (
            "fault",
            "collation",
            (
                "the server's rules of sorting have changed since the database was made: "
                "reindex database, then alter database … refresh collation version"
            ),
        )


def _queue() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) filter (where status = 'todo'),"
            " count(*) filter (where status = 'failed') from procrastinate_jobs"
        )
        todo, failed = cursor.fetchone()
        cursor.execute(
            "select count(*) from procrastinate_workers"
            " where last_heartbeat > now() - interval '2 minutes'"
        )
        workers = cursor.fetchone()[0]
    state = "ok" if workers else "note"
    yield state, "workers", f"{workers} at work, {todo} jobs wait, {failed} failed"


def _materials() -> Iterator[Finding]:
    files, missing = materials.missing_files()
    if missing:
        yield (
            "fault",
            "materials",
            f"{missing} of {files} files are not in MOSTY_VAR/files: restore it",
        )
    else:
        yield "ok", "materials", f"{files} files, all there"


def _mail() -> Iterator[Finding]:
    if not settings.MAIL_HOST:
        yield (
            "note",
            "mail",
            "MOSTY_MAIL_HOST is not set: messages go to MOSTY_VAR/mail",
        )
        return
    try:
        with socket.create_connection(
            (settings.MAIL_HOST, settings.EMAIL_PORT), timeout=5
        ):
            yield "ok", "mail", "server answers"
    except OSError as fault:
        yield "fault", "mail", f"server does not answer: {type(fault).__name__}"


def _files() -> Iterator[Finding]:
    vendor = Path(settings.BASE_DIR) / "build" / "vendor" / "tabler.min.css"
    if vendor.exists():
        yield "ok", "front-end files", "present"
    else:
        yield "fault", "front-end files", "missing: make install"
    free = shutil.disk_usage(settings.VAR).free // 2**20
    yield ("ok" if free > 500 else "fault"), "disk", f"{free} MiB free in MOSTY_VAR"
    if not os.access(settings.VAR, os.W_OK):
        yield "fault", "MOSTY_VAR", "cannot be written"


def _safety() -> Iterator[Finding]:
    if not (settings.OPERATOR and settings.CONTACT):
        yield (
            "note",
            "operator",
            "MOSTY_OPERATOR or MOSTY_CONTACT is not set: public pages name nobody",
        )
    if settings.DEBUG:
        yield "fault", "MOSTY_DEBUG", "is on: errors are shown to everybody"
    if settings.DEMO:
        yield "note", "MOSTY_DEMO", "is on: anybody can sign in as a demo user"
    elif not settings.REQUIRE_SECOND_FACTOR:
        yield "note", "MOSTY_SECOND_FACTOR", "is off: staff sign in without one"
    if settings.HTTPS:
        yield "ok", "HTTPS", "asked for, cookies are secure"
    else:
        yield "note", "HTTPS", "is off: right on this machine, wrong anywhere else"


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (_database, _mail, _files, _safety)
