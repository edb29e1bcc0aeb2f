"""The t distribution against published quantiles; the interval against a worked example."""

import math

import pytest

from mosty.engines.feedback.student import change, quantile, within


# The 0.975 quantiles as every table of the t distribution prints them.
@pytest.mark.parametrize(
    ("degrees", "expected"),
    (
        (1, 12.706),
        (2, 4.303),
        (3, 3.182),
        (4, 2.776),
        (5, 2.571),
        (9, 2.262),
        (10, 2.228),
        (19, 2.093),
        (30, 2.042),
        (120, 1.980),
    ),
)
def test_quantiles_are_those_of_the_tables(degrees, expected):
    assert round(quantile(degrees), 3) == expected


@pytest.mark.parametrize(
    ("degrees", "expected"), ((1, 63.657), (2, 9.925), (5, 4.032), (10, 3.169))
)
def test_at_99_per_cent_too(degrees, expected):
    assert round(quantile(degrees, 0.99), 3) == expected


def test_one_and_two_degrees_have_closed_forms():
    assert math.isclose(within(1, 1), 0.5)
    assert math.isclose(within(3, 2), 3 / math.sqrt(11))


def test_the_quantile_is_the_inverse():
    assert [
        math.isclose(within(quantile(degrees), degrees), 0.95)
        for degrees in range(1, 200)
    ] == [True] * 199


# Student's own sleep data, 1908: two soporifics, ten patients.
SLEEP_1 = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SLEEP_2 = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)


def test_students_own_data():
    found = change(list(zip(SLEEP_1, SLEEP_2, strict=True)))
    assert (
        found.n,
        round(found.mean, 4),
        round(found.low, 4),
        round(found.high, 4),
    ) == (10, 1.58, 0.7001, 2.4599)


@pytest.mark.parametrize("pairs", ([], [(1, 2)]))
def test_one_pair_is_no_change(pairs):
    with pytest.raises(ValueError, match="two pairs"):
        change(pairs)


@pytest.mark.parametrize(("degrees", "confidence"), ((0, 0.95), (3, 0), (3, 1)))
def test_no_quantile_without_degrees(degrees, confidence):
    with pytest.raises(ValueError, match="no such"):
        quantile(degrees, confidence)
