"""What all tests share: the database's name, the cast, and the browser."""

import fcntl
import gc
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import IO

import pytest
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

pytest_plugins = [
    "tests.fixtures.academy",
    "tests.fixtures.browser",
    "tests.fixtures.cast",
    "tests.fixtures.database",
    "tests.fixtures.flush",
    "tests.fixtures.order",
    "tests.fixtures.processes",
]

# Every run tries the same examples, so that a change is judged by itself;
# `make test-chance` draws others.
hypothesis_settings.register_profile("same", derandomize=True, deadline=None)
hypothesis_settings.register_profile("chance", deadline=None)
hypothesis_settings.load_profile("same")

FILES = pytest.StashKey[TemporaryDirectory[str]]()
LOCK = pytest.StashKey[IO[str]]()
SLOT = pytest.StashKey[int]()
MOST_RUNS = 20


def pytest_configure(config: pytest.Config) -> None:
    """
    Name this run's database, so that runs side by side do not share one.

    The first takes ``test_mosty``, others ``test_mosty_2`` and so on; pytest-django
    appends each worker's name. Settings are loaded before this, by the controller
    first: it starts the server, whose address the workers inherit.
    """
    from django.conf import settings

    given = getattr(config, "workerinput", None)
    slot = given["slot"] if given else _free_slot(config)
    config.stash[SLOT] = slot
    name = "test_mosty" if slot == 1 else f"test_mosty_{slot}"
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = name
    # What tests and their demo upload goes with them.
    config.stash[FILES] = TemporaryDirectory()
    settings.STORAGES["default"]["OPTIONS"]["location"] = config.stash[FILES].name


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: object) -> None:
    """Tell a worker which run it belongs to."""
    node.workerinput["slot"] = node.config.stash[SLOT]


def _free_slot(config: pytest.Config) -> int:
    """Return the first number that no other run holds, and hold it."""
    from django.conf import settings

    settings.VAR.mkdir(parents=True, exist_ok=True)
    for slot in range(1, MOST_RUNS + 1):
        lock = (settings.VAR / f"test-{slot}.lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            continue
        config.stash[LOCK] = lock
        return slot
    raise pytest.UsageError(f"{MOST_RUNS} runs of the tests are under way already.")


def pytest_collection_finish() -> None:
    """
    Let the collector leave alone what is there for good: modules, templates, the tests.

    To go through half a gigabyte of it again and again takes a twentieth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let another run have the number."""
    if FILES in config.stash:
        config.stash[FILES].cleanup()
    if LOCK in config.stash:
        config.stash[LOCK].close()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """End what other threads (a site, a worker) left open, before the database goes."""
    yield
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Start every test in English: addresses begin with /en/ and sentences are msgids."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _empty_queue(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Empty the queue after a test that commits: Django does not flush its tables."""
    yield
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        from django.db import connection

        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("select from procrastinate_jobs limit 1")
            if cursor.fetchone() is not None:
                cursor.execute("truncate procrastinate_jobs cascade")
