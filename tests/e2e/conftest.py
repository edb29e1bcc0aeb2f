"""The played Academy, served once for a whole module, and somebody who looks at it."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone, translation
from playwright.sync_api import Browser, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.e2e import stage
from tests.e2e.academy import Academy
from tests.e2e.visitor import Visitor

# Machines that test have more to do: what is awaited comes, but maybe late.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="module")
def academy(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Academy]:
    """
    Return the played Academy; it is emptied when the module is done.

    It is there before a test's own transaction begins, so that the site sees it. The
    tests need the mark ``django_db``: without any, pytest-django makes no database.
    """
    assert str(connection.settings_dict["NAME"]).startswith("test_")
    with django_db_blocker.unblock():
        now = timezone.now()
        with translation.override("en"):
            stage.play(now, lambda said: None)
        yield Academy(now)
        with connection.cursor() as cursor:
            cursor.execute("truncate procrastinate_jobs cascade")
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)


@pytest.fixture(scope="module")
def site(academy: Academy) -> Iterator[str]:
    """Return the address of the running site: one for the module, unlike live_server."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()


@pytest.fixture(scope="module")
def visitor(browser: Browser, site: str, academy: Academy) -> Iterator[Visitor]:
    """Return somebody who opens any page of the table."""
    visitor = Visitor(browser, site, academy)
    yield visitor
    visitor.close()
