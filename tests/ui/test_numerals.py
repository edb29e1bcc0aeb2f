"""Roman numerals."""

import pytest

from mosty.ui.numerals import roman


@pytest.mark.parametrize(
    ("number", "written"),
    (
        (1, "I"),
        (2, "II"),
        (3, "III"),
        (4, "IV"),
        (6, "VI"),
        (9, "IX"),
        (14, "XIV"),
        (39, "XXXIX"),
        (0, "0"),
        (40, "40"),
    ),
)
def test_parts_are_numbered_as_titles_do(number, written):
    assert roman(number) == written
