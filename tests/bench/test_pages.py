"""Pages of a large installation are held against what was promised."""

import pytest
from bench.pages import goals

from tests.bench.verdicts import missed


def page(**changes):
    return {
        "ms": 20.0,
        "queries": 5,
        "status": 200,
        "wanted": 200,
        "bytes": 9,
        **changes,
    }


FILLED = {"gb": 1.0, "people": 10, "cities": 2, "seconds": 60}


@pytest.mark.parametrize(
    ("one", "small", "memory", "keys"),
    (
        (page(), 5, [299.0, 300.0], []),
        (page(ms=300.0), 5, [90.0], ["slowest"]),
        (page(queries=6), 5, [90.0], ["queries"]),
        (page(status=404), 5, [90.0], ["answers"]),
        (page(), 5, [90.0, 301.0], ["memory"]),
    ),
)
def test_a_page_is_held_against_its_goals(one, small, memory, keys):
    results = {
        "pages": {"public-home": page(ms=9.0), "office-today (large)": one},
        "small": {"office-today": small},
        "memory": memory,
        "filled": FILLED,
    }
    assert missed(goals, results) == keys


def test_a_workbook_of_a_whole_list_may_take_longer():
    results = {
        "pages": {"training-roster_xlsx": page(ms=900.0)},
        "small": {},
        "memory": [90.0],
        "filled": FILLED,
    }
    assert missed(goals, results) == []
