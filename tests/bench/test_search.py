"""What search came to is held against what was promised."""

import pytest
from bench.search import goals

from tests.bench.verdicts import missed


def results(*, share=0.95, ours=0.02, mb=300.0, count=100_000):
    groups = ("all", "held out", "inflected", "plain", "misspelt", "cross")
    groups += ("pl", "uk", "et", "lv", "lt", "en")
    return {
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
    ("changes", "keys"),
    (
        ({}, []),
        ({"share": 0.89}, ["all", "held out"]),
        ({"ours": 0.04}, ["median"]),
        ({"ours": 0.06}, ["median", "slow"]),
        ({"mb": 500.0}, ["memory"]),
        ({"count": 20_000}, ["index", "memory"]),
    ),
)
def test_what_is_measured_is_held_against_its_goal(changes, keys):
    assert missed(goals, results(**changes)) == keys
