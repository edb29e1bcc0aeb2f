"""``mosty demo`` after the story: it serves from a Python that has just begun."""

import os
import sys

import pytest
from django.core.management import call_command

from mosty.demo.management.commands import demo

SERVE = [sys.executable, "-m", "mosty.config.cli", "serve", "--address", "127.0.0.1",
         "--port", "8123", "--workers", "1", "--with-worker"]  # fmt: skip


@pytest.fixture
def begun(monkeypatch):
    """Play nothing, and note what would go on instead of this process."""
    found = []
    monkeypatch.setattr(demo, "call_command", lambda *args, **options: None)
    monkeypatch.setattr(demo.load, "empty", lambda: None)
    monkeypatch.setattr(demo.story, "play", lambda now, say: {})
    monkeypatch.setattr(os, "execve", lambda path, args, env: found.append((args, env)))
    return found


@pytest.mark.parametrize("own", (True, False))
def test_it_goes_on_as_a_new_process(begun, monkeypatch, own):
    # Web processes forked from one that has set a document would set none.
    monkeypatch.setenv("DATABASE_URL", "postgresql:///x")
    monkeypatch.setenv("MOSTY_OWN_POSTGRES", "yes" if own else "")
    call_command("demo", port=8123)
    ((args, environment),) = begun
    assert args == SERVE
    # Our own PostgreSQL is found, and held, anew; somebody's own is kept.
    assert environment.get("DATABASE_URL") == (None if own else "postgresql:///x")


def test_a_check_serves_nothing(begun):
    call_command("demo", check=True)
    assert begun == []
