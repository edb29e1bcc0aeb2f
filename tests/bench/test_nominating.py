"""What nominating came to is held against what was promised."""

import pytest
from bench.nominating import goals

from tests.bench.verdicts import missed


def results(*, mosty_ms=10.0, peer_ms=1000.0, floor_ms=5.0, rate=300.0, seconds=5.0):
    def times(ms, rate=None):
        return {"ms": ms, "rate": rate, "kib": 50.0, "runs": 16}

    both = {"mosty": times(mosty_ms, 100.0), "peer": times(peer_ms, 1.25)}
    return {
        "pages": {
            "list": {**both, "floor": times(floor_ms, 200.0)},
            "search": both,
            "call": both,
            "submit": {
                "mosty": times(mosty_ms, rate),
                "peer": times(peer_ms),
                "floor": times(floor_ms, 600.0),
            },
        },
        "imports": {
            kind: {"seconds": seconds, "cpu": 1.0, "mb": 200.0}
            for kind in ("csv", "xlsx")
        },
        "queries": {"list": [9, 9]},
        "memory": {"mosty": 500.0},
    }


PAGES = ["call-peer", "list-peer", "search-peer"]


@pytest.mark.parametrize(
    ("given", "keys"),
    (
        ({}, []),
        ({"peer_ms": 199.0}, PAGES),
        ({"peer_ms": 99.0}, [*PAGES, "submit-peer"]),
        ({"floor_ms": 3.0}, ["list-floor"]),
        ({"rate": 199.0}, ["submit-floor"]),
        ({"seconds": 20.0}, ["import-csv", "import-xlsx"]),
    ),
)
def test_what_is_measured_is_held_against_its_goal(given, keys):
    assert missed(goals, results(**given)) == keys


def test_more_queries_for_more_rows_miss_the_goal():
    measured = results() | {"queries": {"list": [9, 9], "call": [6, 7]}}
    assert missed(goals, measured) == ["queries"]


def test_what_nobody_promised_is_told_too():
    [listed] = [
        row for row in goals.rows(results()) if row.what.startswith("List of 50")
    ]
    assert (listed.value, listed.floor, listed.peer) == (100.0, 200.0, 1.25)
