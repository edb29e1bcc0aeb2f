"""
An installation of the first version, with data in it, becomes one of the last.

Each app is filled by the models of its own first migration, at the moment when that one
had just been run; then everything is brought up to date. What was known stays, column by
column. Runs every migration on a database of its own: `make test-installation`.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker

from tests.installation import first

NAME = "test_mosty_upgrade"
Rows = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture
def empty_database(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the connection lead to an empty database of its own."""
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"drop database if exists {NAME} with (force)")
            cursor.execute(f"create database {NAME} template template0 encoding 'UTF8'")
        connection.close()
        connection.settings_dict["NAME"] = NAME
        yield
        connection.close()
        connection.settings_dict["NAME"] = before
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"drop database if exists {NAME} with (force)")


def test_what_the_first_version_knew_is_kept(empty_database: None) -> None:
    written = first.First()
    _migrate(written, *first.GROUND)
    first.ground(written)
    before = _rows()
    for fill in first.LATER:
        _migrate(written, (fill.__name__, "0001_initial"))
        fill(written)
        # What was there stands as it was first: a migration on the way may not change it.
        for table, rows in _rows().items():
            before[table] = {**rows, **before.get(table, {})}

    call_command("migrate", interactive=False, verbosity=0)

    after = _rows()
    kept = {
        table: {
            key: {name: after[table][key].get(name, "column is gone") for name in row}
            for key, row in rows.items()
        }
        for table, rows in before.items()
    }
    assert kept == before
    # Every app that keeps anything was filled.
    assert {table.split("_")[0] for table, rows in before.items() if rows} == {
        "accounts", "audit", "directory", "evaluation", "figures", "inbox", "infopoint",
        "library", "nominations", "outbox", "partnerships", "plans", "programmes",
        "selection", "training",
    }  # fmt: skip
    # What later versions ask of old rows is known of them.
    offer, call = written.Offer, written.Call
    (taken,) = after["selection_offer"].values()
    assert taken["accepted_at"] == taken["answered_at"]
    assert offer.pk == taken["id"]
    assert after["nominations_call"][str(call.pk)]["casting"] == "seed"
    published = [row["number"] for row in after["programmes_timetableversion"].values()]
    assert published == [1]


def _migrate(written: first.First, *targets: tuple[str, str]) -> None:
    """Bring apps to a migration, with what it needs of others; models follow."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(targets))
    executor = MigrationExecutor(connection)
    applied = list(executor.loader.applied_migrations)
    leaves = [key for key in applied if key in executor.loader.graph.nodes]
    written.apps = executor.loader.project_state(leaves).apps


def _rows() -> Rows:
    """Return every row of our tables, by table and key, as JSON has it."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.split("_")[0] in {
                "django",
                "auth",
                "procrastinate",
                "account",
                "mfa",
            }:
                continue
            # Names of our own tables.
            cursor.execute(f"select to_jsonb(one) from {table} one")  # noqa: S608
            rows = [json.loads(row[0]) for row in cursor.fetchall()]
            found[table] = {str(_key(row)): row for row in rows}
    return found


def _key(row: dict[str, Any]) -> Any:
    return row.get("id") or row.get("key") or next(iter(row.values()))
