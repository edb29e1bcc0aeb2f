"""What search came to is held against what was promised."""

import pytest
from bench.search.goals import goals
from bench.search.report import page


def results(*, share=0.95, ours=0.02, mb=300.0, load=0.1, count=100_000):
    groups = ("all", "held out", "inflected", "plain", "misspelt", "cross")
    groups += ("pl", "uk", "et", "lv", "lt", "en")
    return {
        "load": load,
        "load_after": 0.1,
        "machine": {"Date": "2026-05-31"},
        "index": {"documents": count, "seconds": 300.0, "cpu": 200.0, "mb": mb},
        "speed": {"ours": [ours] * 20, "bare": [0.01] * 20, "plain": [0.005] * 20},
        "save": 0.01,
        "trigrams": 2.0,
        "judged": {
            "count": dict.fromkeys(groups, 10),
            "ways": {"Mosty": dict.fromkeys(groups, share)},
            "missed": ["pl-01: x"],
        },
    }


@pytest.mark.parametrize(
    ("changes", "missed"),
    (
        ({}, 0),
        ({"share": 0.89}, 2),
        ({"ours": 0.04}, 1),
        ({"ours": 0.06}, 2),
        ({"mb": 500.0}, 1),
        ({"count": 20_000}, 2),
    ),
)
def test_goals_say_what_was_missed_first(changes, missed):
    found = [goal.met for goal in goals(results(**changes))]
    assert found == [False] * missed + [True] * (6 - missed)


def test_the_page_says_that_the_machine_was_shared():
    assert "The machine was shared" in page(results(load=3.0))
    assert "The machine was shared" not in page(results())
    assert "Missed: pl-01: x." in page(results())
