"""Two cities in an open call, and what tries or takes over a file in one step."""

from collections.abc import Callable

import pytest

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.nominations.actions import imports
from mosty.nominations.models import Call, ImportedFile
from mosty.nominations.queries.imports import pages, plan, reading


@pytest.fixture(autouse=True)
def cities(krakow: Organisation, lodz: Organisation) -> None:
    """Make the cities that the files name."""


@pytest.fixture
def attempt(call, now) -> Callable[..., plan.Plan]:
    """Return what tries a file and returns its plan."""

    def run(
        content: bytes,
        own: Organisation | None = None,
        name: str = "list",
        **fixed: str,
    ) -> plan.Plan:
        _sheet, table = reading.opened(content, name, fixed)
        return plan.make(call=call, table=table, own=own and own.pk, now=now)

    return run


@pytest.fixture
def take(call: Call, secretariat: User, now) -> Callable[..., ImportedFile]:
    """Return what uploads a file and takes it over."""

    def run(
        content: bytes, actor: User = secretariat, own: Organisation | None = None
    ) -> ImportedFile:
        imported = imports.upload(
            call=call,
            organisation=own,
            content=content,
            file_name="list.csv",
            actor=actor,
            now=now,
        )
        seen = pages.trial(imported, now).digest
        return imports.take_over(imported=imported, seen=seen, actor=actor, now=now)

    return run
