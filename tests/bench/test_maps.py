"""The page that the bench of maps writes."""

from bench.maps.measure import GOAL, SIZES, made_up, page


def row(actors, ties, seconds):
    times = {
        f"{what}_{which}": seconds
        for what in ("network", "grid")
        for which in ("middle", "longest")
    }
    return {"actors": actors, "ties": ties, "named": 5, "bytes": 12_345, **times}


def test_the_page_says_what_was_measured_and_whether_the_goal_is_reached():
    assert set(GOAL) <= set(SIZES)
    for seconds, word in ((0.2, "reached (400 ms"), (0.3, "missed (600 ms")):
        text = page([row(12, 16, 0.01), row(300, 1_000, seconds)], {"cores": "2"})
        assert "| 12 | 16 | 10.0 ms | 10.0 ms | 10.0 ms | 10.0 ms | 5 | 12 kB |" in text
        assert text.count("Goal:") == 1
        assert word in text
        assert "| cores | 2 |" in text


def test_made_up_maps_are_the_same_each_time():
    nodes, lines = made_up(20, 30, 1)
    assert (nodes, lines) == made_up(20, 30, 1)
    assert (len(nodes), len({(one.source, one.target) for one in lines})) == (20, 30)
