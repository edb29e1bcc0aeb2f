"""Lists of past consultations, as offices keep them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest

from mosty.accounts.models import User
from mosty.infopoint.actions import imports
from mosty.infopoint.models import ImportedFile, Point
from mosty.infopoint.queries.imports import pages

# A right row by the names of its columns.
ROW = {
    "Data": "04.03.2024",
    "Temat": "rynek pracy",
    "Kanał": "telefon",
    "Język": "ukraiński",
    "Wynik": "udzielono informacji",
}


def row(**changes: str) -> Mapping[str, str]:
    """Return a right row with other cells."""
    return {**ROW, **changes}


def csv(*rows: Mapping[str, str]) -> bytes:
    """Return a CSV with a column for whatever one of the rows has."""
    given = rows or (ROW,)
    names = list(dict.fromkeys(name for one in given for name in one))
    lines = [";".join(names)]
    lines += [";".join(f'"{one.get(name, "")}"' for name in names) for one in given]
    return "\r\n".join(lines).encode()


Upload = Callable[..., ImportedFile]


@pytest.fixture
def upload(point: Point, lead: User, now: datetime) -> Upload:
    """Return what uploads a file that then waits."""

    def upload_(content: bytes | None = None, **changes: Any) -> ImportedFile:
        given = {"point": point, "file_name": "list.csv", "actor": lead, "now": now}
        return imports.upload(
            content=csv() if content is None else content, **{**given, **changes}
        )

    return upload_


@pytest.fixture
def take(upload: Upload, lead: User, now: datetime) -> Upload:
    """Return what uploads a file and takes over, as it was seen, whatever is new."""

    def take_(content: bytes | None = None) -> ImportedFile:
        imported = upload(content)
        shown = pages.trial(imported, now)
        if not shown.new:
            return imported
        seen = shown.digest
        return imports.take_over(imported=imported, seen=seen, actor=lead, now=now)

    return take_
