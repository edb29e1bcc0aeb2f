"""The systems, filled and served, for as long as they are measured."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.database import Server
from bench.peer import install
from bench.places import VAR
from bench.processes import Running, call, free_port, served
from bench.rows import Asked
from bench.systems import Floor, Mosty, Peer, System

WORKERS = 2
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Stage:
    """What runs: its processes, and how visitors meet it."""

    running: dict[str, Running]
    systems: dict[str, System]


def mosty_env(server: Server) -> dict[str, str]:
    """Return the environment of Mosty: production settings, a database of its own."""
    return {
        "DATABASE_URL": server.url("mosty_bench"),
        "MOSTY_VAR": str(VAR / "mosty"),
        "DJANGO_SETTINGS_MODULE": "mosty.config.settings",
    }


def floor_env(server: Server) -> dict[str, str]:
    """Return the environment of the floor."""
    return {
        "FLOOR_HOST": server.host,
        "DJANGO_SETTINGS_MODULE": "bench.floor.settings",
    }


def own_database(name: str, asked: Asked, **more: str) -> tuple[Server, dict[str, str]]:
    """
    Make a database with Mosty's tables anew, and set Django up on it in this process.

    Returns the server and the environment of Mosty's processes, to which ``more`` belongs.
    """
    server = Server()
    server.create(name)
    asked.facts["PostgreSQL"] = server.version()
    env = mosty_env(server) | {"DATABASE_URL": server.url(name), **more}
    call([BIN / "mosty", "migrate", "--noinput", "-v0"], env)
    os.environ.update(env)
    import django

    django.setup()
    return server, env


@contextmanager
def beside_the_floor(
    server: Server, name: str, env: dict[str, str], *, threads: int | None = None
) -> Iterator[tuple[int, int]]:
    """
    Serve the database ``name`` by Mosty, and a copy of it by the floor: their ports.

    Nothing is left open, or the copy could not be made.
    """
    from django.db import connection

    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    server.create("floor", template=name)
    server.settle(name)
    server.settle("floor")
    with ExitStack() as stack:
        port, floor_port = free_port(), free_port()
        command = _mosty(port)
        if threads:
            command += ["--threads", str(threads)]
        stack.enter_context(served("mosty", command, port, env))
        floor = floor_command(floor_port)
        stack.enter_context(served("floor", floor, floor_port, floor_env(server)))
        yield port, floor_port


def fill(server: Server) -> dict[str, Any]:
    """Make Mosty's database and the floor's copy anew; return what is in them."""
    server.create("mosty_bench")
    env = mosty_env(server)
    call([BIN / "mosty", "migrate", "--noinput", "-v0"], env)
    filled: dict[str, Any] = json.loads(
        call([sys.executable, "-m", "bench.ours.fill"], env)
    )
    server.create("floor", template="mosty_bench")
    server.settle("mosty_bench")
    server.settle("floor")
    return filled


@contextmanager
def served_systems(
    server: Server, filled: dict[str, Any], *, peer: bool, peer_python: str | None
) -> Iterator[Stage]:
    """Serve all systems as long as the block lasts."""
    stage = Stage({}, {})
    peer_port = free_port()
    if peer:
        install.set_up(server, peer_port, peer_python)
    with ExitStack() as stack:
        port = free_port()
        stage.running["mosty"] = stack.enter_context(
            served("mosty", _mosty(port), port, mosty_env(server))
        )
        stage.systems["mosty"] = Mosty(port, filled)
        port = free_port()
        stage.running["floor"] = stack.enter_context(
            served(
                "floor",
                floor_command(port),
                port,
                floor_env(server),
            )
        )
        stage.systems["floor"] = Floor(port, filled)
        if peer:
            stage.running["peer"] = stack.enter_context(
                served(
                    "peer",
                    install.command(peer_port, WORKERS),
                    peer_port,
                    install.environment(),
                )
            )
            stage.systems["peer"] = Peer(peer_port)
        yield stage


def _mosty(port: int) -> list[str | Path]:
    workers = ("--workers", str(WORKERS))
    return [BIN / "mosty", "serve", *workers, "--port", str(port)]


def floor_command(port: int) -> list[str | Path]:
    """Return how the floor is served: as ``mosty serve`` does it."""
    return [
        BIN / "granian",
        *("--interface", "wsgi", "--workers", str(WORKERS), "--blocking-threads", "4"),
        *("--port", str(port)),
        "bench.floor.wsgi:application",
    ]
