"""What the overview of plans came to is held against what was promised."""

import pytest
from bench.plans.measure import goals
from bench.plans.report import page


def results(ms, load=0.1):
    pages = {
        key: {"ms": ms, "floor_ms": 10.0, "kib": 50.0}
        for key in ("overview", "overview100", "filtered")
    }
    return {"pages": pages, "load": load, "load_after": 0.2, "machine": {"Date": "x"}}


@pytest.mark.parametrize(("ms", "met"), ((29.9, True), (30.0, False)))
def test_the_overview_is_held_against_the_bare_view(ms, met):
    found = goals(results(ms)["pages"])
    assert [goal.met for goal in found] == [met] * 3
    text = page(results(ms))
    assert ("3 of 3 goals are met" in text) == met
    assert "busy" not in text
    assert "busy with other work (load 2.0" in page(results(ms, load=2.0))
