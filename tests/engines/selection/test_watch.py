"""A wish to stop is heard while the solver is silent, and costs nothing else."""

from itertools import pairwise
from random import Random
from threading import Timer
from time import monotonic

import numpy as np
import pytest

from mosty.engines.selection import Cancelled, Watch
from mosty.engines.selection.highs import LARGE, new_model, solve
from mosty.engines.selection.program import Program
from mosty.engines.selection.watch import SECONDS_BETWEEN, present_watch, watching


def market_split(columns=40, rows=4):
    """Return a programme that takes minutes: half of each of four sums (Cornuéjols 1998)."""
    source = Random(1)  # noqa: S311  # numbers, no secrets
    program = Program()
    for _ in range(columns):
        program.add_column(0, 1)
    for _ in range(rows):
        terms = {column: source.randrange(100) for column in range(columns)}
        half = sum(terms.values()) // 2
        program.add_row(terms, half, half)
    return program


def large_linear_programme():
    """Return a linear programme that takes seconds at least."""
    source = Random(2)  # noqa: S311  # numbers, no secrets
    model = new_model(presolve="off")
    columns = np.arange(1200, dtype=np.int32)
    for _ in columns:
        model.addVar(0.0, 1.0)
    for _ in range(600):
        own = np.array([float(source.randrange(100)) for _ in columns])
        half = float(own.sum() // 2)
        model.addRow(half, half, len(columns), columns, own)
    assert model.getNumCol() + model.getNumRow() > LARGE
    costs = np.array([source.random() for _ in columns])
    model.changeColsCost(len(columns), columns, costs)
    return model


def stopped(work, after):
    """Return how long ``work`` went on after another thread wanted it to end."""
    wanted = []
    timer = Timer(after, lambda: wanted.append(monotonic()))
    with watching(Watch(cancelled=lambda: bool(wanted))):
        timer.start()
        with pytest.raises(Cancelled):
            work()
    return monotonic() - wanted[0]


def test_an_integer_programme_of_minutes_ends_within_a_second():
    program = market_split()

    assert stopped(program.any_point, after=1.0) < 1.0


def test_a_long_linear_programme_ends_within_a_second():
    model = large_linear_programme()

    assert stopped(lambda: solve(model), after=0.5) < 1.0


def test_what_was_stopped_can_be_solved_again():
    program = market_split(columns=12, rows=1)
    point = program.any_point()
    watch = Watch(cancelled=lambda: True)
    watch._asked_at -= SECONDS_BETWEEN
    with watching(watch), pytest.raises(Cancelled):
        market_split().any_point()

    assert program.any_point() == point


def test_the_last_step_is_told_while_the_solver_is_silent():
    told = []
    watch = Watch(lambda *step: told.append(step), lambda: len(told) > 3)
    watch.step("odds", 7)
    with watching(watch), pytest.raises(Cancelled):
        market_split().any_point()

    assert told == [("odds", 7)] * 4


def test_what_asking_raises_is_raised_after_the_solver():
    def broken(*step):
        raise ConnectionError(*step)

    with watching(Watch(broken)), pytest.raises(ConnectionError):
        market_split().any_point()


def test_the_solver_is_asked_at_most_every_so_often():
    asked = []
    watch = Watch(cancelled=lambda: asked.append(monotonic()) or len(asked) > 3)
    with watching(watch), pytest.raises(Cancelled):
        market_split().any_point()

    between = [b - a for a, b in pairwise(asked)]
    assert [pause >= SECONDS_BETWEEN for pause in between] == [True] * 3


def test_a_watch_is_present_in_its_block_only():
    outer, inner = Watch(), Watch()
    with watching(outer):
        with watching(inner):
            innermost = present_watch()
        assert (innermost, present_watch()) == (inner, outer)

    assert present_watch() is None


def test_small_linear_programmes_do_not_ask():
    # Asking costs as much as solving them.
    assert new_model().cbSimplexInterrupt.callbacks == []
