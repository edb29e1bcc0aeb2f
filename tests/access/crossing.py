"""
Asks for an address as a reader, takes back what it did, and says what came of it.

The site is asked through all its middleware. Three things are left out, so that a
crossing of some ten thousand requests takes about a minute: sessions, and accounts with
their roles, are found once for each reader, since everything that a request changes is
taken back; and pages are drawn only where the caller says so.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any
from unittest.mock import patch

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.http.cookie import SimpleCookie
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from psycopg.pq import TransactionStatus

from mosty.accounts.backends import Backend
from mosty.accounts.models import User
from tests.access.circles import Reader
from tests.access.table import ALL
from tests.e2e import pages
from tests.e2e.academy import Academy
from tests.e2e.pages.page import Args

SIGN_IN = "/en/account/login/"
WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")


def paths(academy: Academy) -> dict[str, Callable[[], str]]:
    """
    Return what tells where each row of the table leads in the played Academy, in English.

    Only when it is asked: the code on a screen is good for a minute.
    """
    found: dict[str, Callable[[], str]] = {}
    for page in pages.ALL:
        special = f"{page.name}/{page.variant}"
        if special in ALL:
            found[special] = partial(page.path, academy, "en")
        elif page.name not in found and page.status == 200:
            found[page.name] = partial(page.path, academy, "en")
    for name, args in pages.NO_PAGES.items():
        found[name] = partial(_path, name, args, academy)
    return found


def _path(name: str, args: Args, academy: Academy) -> str:
    with translation.override("en"):
        return reverse(name, kwargs=dict(args(academy)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request."""

    status: int
    to_sign_in: bool
    # The tables it wrote to.
    wrote: frozenset[str]
    # What it says to caches.
    keeps: str = ""

    @property
    def is_refusal(self) -> bool:
        return self.to_sign_in or self.status in {401, 403, 404, 405}


@dataclass(slots=True)
class Crossing:
    """Everybody, signed in once."""

    academy: Academy
    people: Mapping[Reader, User | None]
    clients: dict[Reader, Client]
    cookies: dict[Reader, dict[str, str]]
    before: str = ""

    def begin(self) -> None:
        """
        Note the state to which everything that is asked for leads back.

        Not by ``atomic``: within it actions, which own their transaction, would refuse.
        """
        self.before = transaction.savepoint()

    def ask(
        self,
        reader: Reader,
        method: str,
        path: str,
        sent: Mapping[str, object] | None = None,
    ) -> Answer:
        """Ask for ``path``, and take back whatever that changed."""
        client = self.clients[reader]
        client.cookies = SimpleCookie(self.cookies[reader])
        wrote: set[str] = set()
        try:
            with connection.execute_wrapper(_watching(wrote)):
                response = getattr(client, method)(path, dict(sent or {}))
                if response.streaming:
                    # Not ``close``, which closes the connection, too.
                    b"".join(response.streaming_content)
        finally:
            if wrote or _is_broken():
                transaction.set_rollback(False)
                transaction.savepoint_rollback(self.before)
        leads = response.headers.get("Location", "")
        return Answer(
            response.status_code,
            leads.startswith(SIGN_IN),
            frozenset(wrote),
            response.headers.get("Cache-Control", ""),
        )


@contextmanager
def crossing(
    academy: Academy, people: Mapping[Reader, User | None]
) -> Iterator[Crossing]:
    """Sign everybody in, for as long as the crossing takes."""
    known: dict[int, User | None] = {}
    loaded: dict[str, dict[str, Any]] = {}
    ask, load = Backend.get_user, SessionStore.load

    def get_user(self: Backend, key: int) -> User | None:
        if key not in known:
            known[key] = ask(self, key)
        # A copy, since a view may change the user it is given.
        return copy(known[key])

    def session(self: SessionStore) -> dict[str, Any]:
        key = self.session_key or ""
        if key not in loaded:
            loaded[key] = load(self)
        return dict(loaded[key])

    with (
        patch.object(Backend, "get_user", get_user),
        patch.object(SessionStore, "load", session),
    ):
        made = Crossing(academy, people, {}, {})
        for reader, user in people.items():
            client = made.clients[reader] = Client(raise_request_exception=False)
            if user is not None:
                client.force_login(user)
            made.cookies[reader] = {
                key: morsel.value for key, morsel in client.cookies.items()
            }
        yield made


@contextmanager
def undrawn() -> Iterator[None]:
    """Let everything run but the drawing of pages."""
    with patch.object(Template, "render", lambda *args, **kwargs: SafeString("")):
        yield


def _is_broken() -> bool:
    """Test if an error of the database, or a view, left a transaction to be rolled back."""
    status = connection.connection.info.transaction_status
    return connection.needs_rollback or status == TransactionStatus.INERROR


def _watching(wrote: set[str]) -> Callable[..., Any]:
    """Return what notes the tables that statements write to."""

    def watch(
        execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        words = sql.split(maxsplit=3)
        if words[0].upper() in WRITES:
            wrote.add(words[1 if words[0].upper() == "UPDATE" else 2].strip('"'))
        elif "procrastinate_defer" in sql:
            wrote.add("procrastinate_jobs")
        return execute(sql, params, many, context)

    return watch
