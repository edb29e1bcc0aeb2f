"""Templates of messages that only tests write."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from mosty.outbox import text


@pytest.fixture
def templates(settings: Settings) -> Iterator[None]:
    """Let messages be written from the templates beside this file."""
    pages = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**pages, "DIRS": [Path(__file__).parent / "templates"]}]
    text._engine.cache_clear()
    yield
    text._engine.cache_clear()
