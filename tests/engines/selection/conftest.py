"""A folder with files for the commands."""

import pytest

from tests.engines.selection.commands import PEOPLE, QUOTAS, RULES


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with files that fit together, and work there."""
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "quotas.csv").write_text(QUOTAS, encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path
