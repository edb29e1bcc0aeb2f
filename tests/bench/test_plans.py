"""What the overview of plans came to is held against what was promised."""

import pytest
from bench.plans import goals

from tests.bench.verdicts import verdicts


@pytest.mark.parametrize(("ms", "met"), ((29.9, True), (30.0, False)))
def test_the_overview_is_held_against_the_bare_view(ms, met):
    pages = {key: {"ms": ms, "floor_ms": 10.0, "kib": 50.0} for key in goals.PAGES}
    assert verdicts(goals, pages) == dict.fromkeys(goals.PAGES, met)
