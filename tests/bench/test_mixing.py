"""What mixing took and came to."""

from bench.mixing import goals
from bench.mixing.run import people


def test_time_values_and_bounds_are_told():
    row = {
        "people": 24,
        "groups": 6,
        "rounds": 4,
        "cities": 13,
        "spread": ["city"],
        "seconds": 0.0123,
        "aims": [(0, 0), (3, 1)],
    }

    [told] = goals.rows([row])
    assert (told.what, told.value, told.note) == (
        "24 people in 6 groups, 4 rounds, by city",
        0.0123,
        "repeated pairs: 0 of 0; alike in city: 3 of 1",
    )


def test_people_are_spread_over_cities():
    cities = [person.attributes["city"] for person in people(24, 13, 5)]

    assert sorted(map(cities.count, set(cities))) == [1, 1] + [2] * 11
