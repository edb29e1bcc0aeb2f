"""The solver's own little ways, kept in one place: options, infinities, calls."""

import highspy
import numpy as np
from numpy.typing import NDArray

from mosty.engines.errors import SolverFailed
from mosty.engines.selection.watch import present_watch

INFINITY = float(highspy.kHighsInf)

# One thread and one seed: two runs walk the same way.
OPTIONS = {"output_flag": False, "threads": 1, "random_seed": 0}

# From so many rows and columns on, a linear programme may last. Below, asking would
# cost as much as solving: some thousands of them are solved in a tenth of a second.
LARGE = 1_000


def new_model(**options: bool | float | str) -> highspy.Highs:
    """Return an empty model with our options and ``options``."""
    # HiGHS refuses to run with another number of threads than the last time in
    # this thread, whoever that was, until its scheduler starts anew.
    highspy.Highs.resetGlobalScheduler(True)
    model = highspy.Highs()  # type: ignore[no-untyped-call]  # has no annotations
    for option, setting in {**OPTIONS, **options}.items():
        must(model.setOptionValue(option, setting))
    model.cbMipInterrupt.subscribe(_ask)
    return model


def solve(model: highspy.Highs) -> None:
    """
    Solve ``model``.

    :raises SolverFailed: if HiGHS refuses.
    :raises Cancelled: if the present watch wants no more.
    """
    is_large = model.getNumCol() + model.getNumRow() > LARGE
    if is_large and not model.cbSimplexInterrupt.callbacks:
        model.cbSimplexInterrupt.subscribe(_ask)
    must(model.run())
    if (watch := present_watch()) is not None:
        watch.go_on()


def _ask(event: highspy.HighsCallbackEvent) -> None:
    """Let the present watch end the solver, which calls this in its caller's thread."""
    watch = present_watch()
    if watch is not None and watch.must_stop():
        event.interrupt()


def sides(lower: int | None, upper: int | None) -> tuple[float, float]:
    """Return the range from ``lower`` to ``upper`` as HiGHS takes it; None is no side."""
    return (
        -INFINITY if lower is None else float(lower),
        INFINITY if upper is None else float(upper),
    )


def numbers(start: int, stop: int) -> tuple[int, NDArray[np.int32]]:
    """Return how many numbers there are from ``start`` to ``stop`` - 1, and them."""
    return stop - start, np.arange(start, stop, dtype=np.int32)


def must(status: highspy.HighsStatus) -> None:
    """Raise :class:`SolverFailed` if a call was refused."""
    # A warning is no failure: HiGHS warns, for one, about an empty row.
    if status == highspy.HighsStatus.kError:
        raise SolverFailed("HiGHS refused a call")
