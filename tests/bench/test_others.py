"""Goals of the selection, of recording and of certificates."""

import pytest
from bench.certificates import goals as certificates
from bench.infopoint import goals as infopoint
from bench.selection import goals as selection

from tests.bench.verdicts import missed


def drawn(*, seconds=0.001, least=0.1, peer=2.0, large=0.05, priorities=1.0):
    one = {"seconds": seconds, "least": least, "types": 4, "cohorts": 1, "mb": 40.0}
    theirs = {"seconds": peer, "least": 0.1, "mb": 80.0}
    size = {"people": 2000, "seats": 200, "attributes": 2}
    return {
        "beside": [
            {
                **one,
                "name": name,
                "peer": {"a": {**theirs, "seconds": 9.0}, "b": theirs},
            }
            for name in selection.FASTER
        ],
        "alone": [{**one, **size, "seconds": large}, {**one, **size}],
        "priorities": {"seconds": priorities, "types": 9, "mb": 50.0},
    }


ODDS = sorted(f"{name}-odds" for name in selection.FASTER)


@pytest.mark.parametrize(
    ("given", "keys"),
    (
        ({}, []),
        # The faster of its back ends counts.
        ({"peer": 0.99}, ["even-200-20"]),
        ({"least": 0.0999}, ODDS),
        ({"large": 0.1}, ["large"]),
        ({"priorities": 10.0}, ["priorities"]),
    ),
)
def test_the_selection_is_held_against_its_goals(given, keys):
    assert missed(selection, drawn(**given)) == keys


@pytest.mark.parametrize(("rate", "keys"), ((100.0, []), (99.0, ["share"])))
def test_the_middle_round_of_recording_counts(rate, keys):
    def one(rate):
        return {
            "bare": {"rate": 300.0},
            "ours": {"rate": rate, "median": 5.0, "p95": 9.0},
        }

    rounds = [one(rate), one(250.0), one(10.0)]
    parts = dict.fromkeys(infopoint.PARTS, 0.1)
    assert missed(infopoint, {"rounds": rounds, "parts": parts}) == keys


@pytest.mark.parametrize(("seconds", "keys"), ((14.9, []), (15.0, ["thousand"])))
def test_a_thousand_certificates(seconds, keys):
    ours = {"seconds": seconds, "worked": 20.0, "bytes": 32_000}
    results = {"ours": ours, "theirs": {"seconds": 0.06}}
    assert missed(certificates, results) == keys
    [row] = certificates.rows(results)
    assert row.peer == 60.0
