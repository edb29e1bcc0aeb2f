"""The played Academy, served, and somebody who looks at it."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.e2e.academy import Academy
from tests.e2e.visitor import Visitor, sessions

# Machines that test have more to do: what is awaited comes, but maybe late.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def site(academy: Academy) -> Iterator[str]:
    """Return the address of the running site: one for all tests, unlike live_server."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def signed_in(academy: Academy, django_db_blocker: DjangoDbBlocker) -> dict[str, str]:
    """Return the session of each role; what a test writes later, the site does not see."""
    with django_db_blocker.unblock():
        return sessions(academy)


@pytest.fixture(scope="session")
def visitor(
    browser: Browser, site: str, academy: Academy, signed_in: dict[str, str]
) -> Iterator[Visitor]:
    """Return somebody who opens any page of the table."""
    visitor = Visitor(browser, site, academy, signed_in)
    yield visitor
    visitor.close()


@pytest.fixture(scope="session")
def reader(signed_in: dict[str, str]) -> Callable[[str], Client]:
    """Return what asks for pages with a role, without a browser."""

    def client_of(role: str) -> Client:
        client = Client()
        if role:
            client.cookies[settings.SESSION_COOKIE_NAME] = signed_in[role]
        return client

    return client_of
