"""What several of these tests begin with."""

import pytest

from mosty.selection.actions import calculations


@pytest.fixture
def asked(closed, coordinator, now):
    return calculations.ask_draw(call=closed, actor=coordinator, now=now)
