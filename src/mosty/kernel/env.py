"""
Typed readers of the environment, for settings, and what a new process is given of it.

Each refuses a value it cannot read when the program starts, naming the variable.
"""

import os
from collections.abc import Sequence
from pathlib import Path


class BadSetting(Exception):
    """An environment variable holds what cannot be used."""


def text(name: str, default: str) -> str:
    """Return the variable ``name``, stripped, or ``default`` where it is not set."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool) -> bool:
    """
    Return the variable as a yes or no.

    :raises BadSetting: if it is neither 1/true/yes/on nor 0/false/no/off.
    """
    raw = text(name, "yes" if default else "no").lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(f"{name} must be yes or no, not {raw!r}.")


def whole(name: str, default: int, *, least: int = 0) -> int:
    """
    Return the variable as a whole number of at least ``least``.

    :raises BadSetting: if it is no such number.
    """
    raw = text(name, str(default))
    try:
        number = int(raw)
    except ValueError:
        raise BadSetting(f"{name} must be a whole number, not {raw!r}.") from None
    if number < least:
        raise BadSetting(f"{name} must be at least {least}, not {number}.")
    return number


def words(name: str, default: Sequence[str]) -> list[str]:
    """Return the variable as a list, separated by commas."""
    return [
        word.strip()
        for word in text(name, ",".join(default)).split(",")
        if word.strip()
    ]


def folder(name: str, default: Path) -> Path:
    """Return the variable as a folder's absolute path."""
    return Path(text(name, str(default))).expanduser().resolve()


def as_given() -> dict[str, str]:
    """
    Return the environment as it was before settings wrote to it.

    Our own PostgreSQL is stopped by whoever leaves last: a process that begins anew
    must find it by itself, and hold it.
    """
    given = dict(os.environ)
    if given.pop("MOSTY_OWN_POSTGRES", ""):
        del given["DATABASE_URL"]
    return given
