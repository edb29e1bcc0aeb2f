import pytest
from bench.goals import goals
from bench.report import on_screen, page


def results(*, mosty_ms=10.0, peer_ms=1000.0, floor_ms=5.0, rate=300.0, seconds=5.0):
    def times(ms, rate=None):
        return {"ms": ms, "rate": rate, "kib": 50.0, "runs": 16}

    return {
        "load": 0.1,
        "machine": {"Date": "2024-05-31"},
        "pages": {
            "list": {
                "mosty": times(mosty_ms, 100.0),
                "peer": times(peer_ms, 1.25),
                "floor": times(floor_ms, 200.0),
            },
            "submit": {
                "mosty": times(mosty_ms, rate),
                "peer": times(peer_ms),
                "floor": times(floor_ms, 600.0),
            },
        },
        "imports": {"csv": {"seconds": seconds, "cpu": 1.0, "mb": 200.0}},
        "queries": {"list": [9, 9]},
    }


ALL = ["import-csv", "list-floor", "list-peer", "queries", "sizes", "submit-floor", "submit-peer"]  # fmt: skip


def test_everything_measured_is_held_against_its_goal():
    assert sorted((goal.key, goal.met) for goal in goals(results())) == [
        (key, True) for key in ALL
    ]


@pytest.mark.parametrize(
    ("given", "missed"),
    (
        ({"peer_ms": 199.0}, ["list-peer"]),
        ({"peer_ms": 99.0}, ["list-peer", "submit-peer"]),
        ({"floor_ms": 3.0}, ["list-floor"]),
        ({"rate": 199.0}, ["submit-floor"]),
        ({"seconds": 20.0}, ["import-csv"]),
    ),
)
def test_missed_goals_come_first(given, missed):
    found = goals(results(**given))

    assert [goal.key for goal in found[: len(missed)]] == missed
    assert [goal.met for goal in found] == [False] * len(missed) + [True] * (
        len(found) - len(missed)
    )


def test_more_queries_for_more_rows_miss_the_goal():
    measured = results() | {"queries": {"list": [9, 9], "call": [6, 7]}}

    assert [goal.key for goal in goals(measured) if not goal.met] == ["queries"]


def test_page_tells_what_was_missed_before_all_else():
    text = page(results(floor_ms=3.0))

    assert "6 of 7 goals are met." in text
    assert text.index("### Missed") < text.index("### All")
    assert "| List of 50 among 10,000 | peer | 1000.0 ms | 16 | 1.2 a second | 50 KiB |" in text  # fmt: skip
    assert "busy with other work" not in text
    assert "busy with other work" in page(results() | {"load": 3.0})


def test_screen_has_a_line_for_each_goal():
    assert on_screen(results(seconds=20.0)).splitlines()[0] == (
        "10,000 rows imported from CSV: under 20 s and 300 MB\t"
        "20.0 s (processor: 1.0 s), 200 MB\t**missed**"
    )
