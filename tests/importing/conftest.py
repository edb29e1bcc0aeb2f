"""Two apps that take lists in: each test here is of what both must do alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from mosty.accounts.models import User
from mosty.importing.models import WaitingFile
from mosty.infopoint.actions import imports as of_points
from mosty.infopoint.actions.codes import load_common
from mosty.infopoint.models import ImportedFile as PointFile
from mosty.nominations.actions import imports as of_calls
from mosty.nominations.actions.imports.files import drop_old
from mosty.nominations.models import Call
from mosty.nominations.models import ImportedFile as CallFile
from tests.infopoint.conftest import make_point
from tests.infopoint.imports.conftest import csv as consultations
from tests.nominations.imports.files import csv as nominees

Act = Callable[..., Any]


@dataclass(frozen=True)
class Desk:
    """An app that takes lists in, with everything filled in that is its own."""

    kind: type[WaitingFile]
    content: bytes
    # Something that the header of the content has, and what it is.
    key: str
    actor: User
    upload: Act
    put_in_columns: Act
    take_over: Act
    drop: Act
    drop_old: Act


@pytest.fixture
def calls(
    call: Call, krakow: object, lodz: object, secretariat: User, now: datetime
) -> Desk:
    """Return lists of nominations."""
    by = {"actor": secretariat, "now": now}
    return Desk(
        CallFile,
        nominees(),
        "email",
        secretariat,
        partial(of_calls.upload, call=call, organisation=None, **by),
        partial(of_calls.put_in_columns, **by),
        partial(of_calls.take_over, **by),
        partial(of_calls.drop, **by),
        drop_old,
    )


@pytest.fixture
def points(krakow: Any, operator: Any, lead: User, now: datetime) -> Desk:
    """Return lists of past consultations."""
    load_common()
    by = {"actor": lead, "now": now}
    return Desk(
        PointFile,
        consultations(),
        "topic",
        lead,
        partial(of_points.upload, point=make_point(krakow, operator, "krakow"), **by),
        partial(of_points.put_in_columns, content=None, **by),
        partial(of_points.take_over, **by),
        partial(of_points.drop, **by),
        of_points.drop_old,
    )


@pytest.fixture(params=("calls", "points"))
def desk(request: pytest.FixtureRequest) -> Desk:
    """Return each of both."""
    found: Desk = request.getfixturevalue(request.param)
    return found
