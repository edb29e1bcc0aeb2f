"""The page of the mixing benchmark."""

from bench.mixing.measure import HEAD, page, people


def test_page_shows_time_values_and_bounds():
    row = {
        "people": 24,
        "groups": 6,
        "rounds": 4,
        "cities": 13,
        "spread": ["city"],
        "seconds": 0.0123,
        "aims": [(0, 0), (3, 1)],
    }

    assert page([row], {"Python": "3.11"}) == (
        HEAD
        + "| people | groups | rounds | cities | time | repeated pairs | alike in city |"
        " alike in department |\n"
        "|---|---|---|---|---|---|---|---|\n"
        "| 24 | 6 | 4 | 13 | 0.01 s | 0 of 0 | 3 of 1 | not asked |\n"
        "\n## Machine\n\n| | |\n|---|---|\n| Python | 3.11 |\n"
    )


def test_people_are_spread_over_cities():
    cities = [person.attributes["city"] for person in people(24, 13, 5)]

    assert sorted(map(cities.count, set(cities))) == [1, 1] + [2] * 11
