"""What a reader sees of a table: a few lines without a number, or those apart."""

from dataclasses import replace

import pytest

from mosty.figures.releases.reading import MOST_BARE, Line, TableView

SHOWN = Line("pol", "Poland", 0, (12, 3), (80, 20))
HALF = Line("ukr", "Ukraine", 0, (7, None), (70, None))
SUM = Line("_total", "", 0, (None, None), (None, None), is_sum=True)


def bare(number: int) -> tuple[Line, ...]:
    return tuple(
        Line(f"c{place}", f"Country {place}", 0, (None, None), (None, None))
        for place in range(number)
    )


def table(lines: tuple[Line, ...]) -> TableView:
    empty = TableView("n", "N", None, "of", "unit", (), (), 0, 5, None, False)  # type: ignore[arg-type]  # not looked at
    return replace(empty, lines=lines)


@pytest.mark.parametrize("number", (0, 1, MOST_BARE))
def test_a_few_lines_without_a_number_stay_in_the_table(number):
    lines = (SHOWN, *bare(number), HALF, SUM)
    assert (table(lines).listed, table(lines).bare) == (lines, ())


def test_many_lines_without_a_number_are_named_apart():
    lines = bare(MOST_BARE + 1)
    found = table((SHOWN, *lines, HALF, SUM))
    assert (found.listed, found.bare) == ((SHOWN, HALF, SUM), lines)
