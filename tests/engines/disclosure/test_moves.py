"""Other worlds near one that is known: found, checked, and never believed."""

import importlib

import numpy as np
import pytest

from mosty.engines.disclosure import Cell, Protected, Table, audit, key, protect
from mosty.engines.disclosure.moves import Moves
from mosty.engines.disclosure.programme import Group
from mosty.engines.disclosure.seen import Seen

intervals = importlib.import_module("mosty.engines.disclosure.intervals")


def group(rows, base, high=20):
    """Return the group of numbers from 0 on in which each row is what it is in ``base``."""
    columns = [sorted(row) for row in rows]
    sums = [sum(row[one] * base[one] for one in row) for row in rows]
    return Group(
        columns=np.arange(len(base)),
        low=np.zeros(len(base), dtype=np.int64),
        high=np.full(len(base), high),
        start=np.cumsum([0, *map(len, columns)]),
        index=np.concatenate([np.array(one) for one in columns]),
        factor=np.concatenate(
            [
                np.array([row[i] for i in one])
                for row, one in zip(rows, columns, strict=True)
            ]
        ),
        row_low=np.array(sums),
        row_high=np.array(sums),
        sources=[str(row) for row in rows],
    )


def test_the_nearest_world_is_a_closed_line():
    """A square of four numbers, and three others beside that need not change."""
    base = np.array([4, 3, 2, 5, 9, 9, 9])
    rows = [{0: 1, 1: 1, 4: 1}, {2: 1, 3: 1, 5: 1}, {0: 1, 2: 1}, {1: 1, 3: 1, 6: 1}]
    moves = Moves(group(rows, base), base)

    assert (moves.to(0, 6) - base).tolist() == [2, -2, -2, 2, 0, 0, 0]
    # There are only two of the number below.
    assert moves.to(0, 7) is None
    assert moves.to(0, 21) is None


def test_a_broken_change_is_mended_among_the_numbers_around_it():
    """Three more of the first are one and a half of the second, or one of each."""
    base = np.array([4, 1, 2])
    around = group([{0: 1, 1: -2, 2: -1}], base)
    moves = Moves(around, base)
    point = moves.to(0, 7)

    assert (point - base).tolist() == [3, 1.5, 0]
    mended = moves.mended(0, point)
    assert around.holds(np.rint(mended).astype(np.int64))
    assert mended[0] == 7


def test_what_cannot_be_mended_is_not():
    base = np.array([4, 2])
    moves = Moves(group([{0: 1, 1: -2}], base), base)

    assert moves.mended(0, moves.to(0, 7)) is None


def square():
    """Return a square of four hidden numbers, of which each sum is shown."""
    values = {"x": (1, 9), "y": (8, 7)}
    cells = {}
    for a, row in values.items():
        for b in "pq":
            cells[a, b] = Cell(None, "hidden")
        cells[a, "Total"] = Cell(sum(row))
    for i, b in enumerate("pq"):
        cells["Total", b] = Cell(sum(row[i] for row in values.values()))
    cells["Total", "Total"] = Cell(25)
    return Protected("t", ("a", "b"), cells)


def test_worlds_that_are_none_are_not_believed():
    """Eight of one kind are shown, so that its three partners are known."""
    table = Protected("t", ("a", "b"), {**square().cells, ("y", "p"): Cell(8, "")})
    keys = [key("n", a=a, b=b) for a, b in table.cells]
    lies = [[1] * len(keys), [30] * len(keys)]

    told = audit([table], seen=Seen(keys, lies))

    assert [(one.cell, one.low, one.high) for one in told.findings] == [
        ("a=x, b=p", 1, 1),
        ("a=x, b=q", 9, 9),
        ("a=y, b=q", 7, 7),
    ]
    assert audit([square()], seen=Seen(keys, lies)).holds


def test_without_a_world_nothing_counts_as_open(monkeypatch):
    monkeypatch.setattr(intervals._Search, "_world", lambda _: None)
    monkeypatch.setattr(intervals, "WALK_FROM", 1)

    found = audit([square()])

    assert found.is_stuck
    assert [one.because for one in found.findings] == [(intervals.NO_WORLD,)] * 4
    table = Table("t", ("a",), {("x",): 1, ("y",): 9, ("z",): 30})
    assert not protect([table]).audit.holds


@pytest.mark.parametrize("width", (3, 9))
def test_worlds_that_were_seen_are_enough_the_second_time(monkeypatch, width):
    monkeypatch.setattr(intervals, "WALK_FROM", 1)
    once = audit([square()], width=width)

    def never(*_):
        raise AssertionError

    monkeypatch.setattr(Moves, "to", never)
    monkeypatch.setattr(intervals._Search, "_interval", never)
    if once.holds:
        again = audit([square()], width=width, seen=once.seen)
        assert again.intervals == once.intervals
    assert once.holds == (width == 3)
