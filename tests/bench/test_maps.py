"""What drawing took is held against what was promised."""

from bench.maps import goals
from bench.maps.run import SIZES, made_up

from tests.bench.verdicts import verdicts


def row(actors, ties, seconds):
    times = {
        f"{what}_{which}": seconds
        for what in ("network", "grid")
        for which in ("middle", "longest")
    }
    return {"actors": actors, "ties": ties, "named": 5, "bytes": 12_345, **times}


def test_both_pictures_together_are_held_against_the_goal():
    assert (goals.ACTORS, goals.TIES) in SIZES
    for seconds, met in ((0.24, True), (0.25, False)):
        results = [row(12, 16, 0.01), row(300, 1_000, seconds)]
        assert verdicts(goals, results) == {"both": met}
    told = {one.what: one.value for one in goals.rows(results)}
    assert told["Network of 12 actors and 16 ties"] == 10


def test_made_up_maps_are_the_same_each_time():
    nodes, lines = made_up(20, 30, 1)
    assert (nodes, lines) == made_up(20, 30, 1)
    assert (len(nodes), len({(one.source, one.target) for one in lines})) == (20, 30)
