"""The one PostgreSQL of a run, with its data in ``var/bench/postgres``."""

from urllib.parse import parse_qs, urlsplit

import psycopg
from psycopg import sql

from bench.places import VAR
from mosty.config.database import own_server


class Server:
    """PostgreSQL for all three systems; it stops when this process ends."""

    def __init__(self) -> None:
        VAR.mkdir(parents=True, exist_ok=True)
        self._address = own_server(VAR / "postgres")

    @property
    def host(self) -> str:
        """Return the folder of its socket, which serves as host."""
        return parse_qs(urlsplit(self._address).query)["host"][0]

    def url(self, name: str) -> str:
        """Return the address of the database ``name``."""
        return self._address.replace("/postgres?", f"/{name}?")

    def exists(self, name: str) -> bool:
        """Test if there is a database ``name``."""
        query = "select 1 from pg_database where datname = %s"
        with self._maintenance() as connection:
            return connection.execute(query, [name]).fetchone() is not None

    def create(self, name: str, template: str = "template0") -> None:
        """Create the database ``name`` anew, as a copy of ``template``."""
        with self._maintenance() as connection:
            for statement in (
                # With force: what an interrupted run left may still hold it.
                "drop database if exists {name} with (force)",
                "create database {name} template {template} encoding 'UTF8'",
                # As docs/how-to/install.md advises; for all systems alike.
                "alter database {name} set random_page_cost = 1.1",
            ):
                connection.execute(
                    sql.SQL(statement).format(
                        name=sql.Identifier(name), template=sql.Identifier(template)
                    )
                )

    def settle(self, name: str) -> None:
        """Collect statistics, so that nothing is cleaned up while it is measured."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute("vacuum analyze")
            connection.execute("checkpoint")

    def version(self) -> str:
        """Return the server's version."""
        with self._maintenance() as connection:
            found = connection.execute("show server_version").fetchone()
            assert found is not None
            return str(found[0])

    def _maintenance(self) -> psycopg.Connection:
        return psycopg.connect(self._address, autocommit=True)
