"""Watching a long calculation, and ending it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

Progress = Callable[[str, int], None]

# The solver offers to stop far more often than anybody wants to be asked.
SECONDS_BETWEEN = 0.2


class Cancelled(Exception):
    """The caller asked to stop; nothing was decided."""


class Watch:
    """
    Tells ``progress`` the step and a rising number, and asks ``cancelled``.

    Steps are ``priorities``, ``odds``, ``cohorts``, ``reasons``, ``rules``. While the
    solver is silent, the last step is told again, so that a wish to stop is heard.
    """

    def __init__(
        self,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._last = ("priorities", 0)
        self._asked_at = monotonic()
        self._stopped_by: BaseException | None = None

    def step(self, name: str, number: int) -> None:
        """
        Say how far the step called ``name`` is.

        :raises Cancelled: if the caller wants no more.
        """
        self._last = name, number
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if self._progress is not None:
            self._progress(name, number)

    def must_stop(self) -> bool:
        """
        Test if the solver must end; for its callback, through which nothing is raised.

        What was raised instead is kept for :meth:`go_on`.
        """
        now = monotonic()
        if self._stopped_by is None and now >= self._asked_at + SECONDS_BETWEEN:
            self._asked_at = now
            try:
                self.step(*self._last)
            except BaseException as why:  # noqa: BLE001  # raised again by go_on
                self._stopped_by = why
        return self._stopped_by is not None

    def go_on(self) -> None:
        """
        Go on after the solver, unless it was stopped.

        :raises Cancelled: if the caller wanted no more; or what asking has raised.
        """
        why, self._stopped_by = self._stopped_by, None
        if why is not None:
            raise why


# Which watch the solver asks. It is no argument of all that is solved: it can change
# whether there is a result, never which.
_watching: ContextVar[Watch | None] = ContextVar("watching", default=None)


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    """Let ``watch`` end what is solved inside the block."""
    token = _watching.set(watch)
    try:
        yield
    finally:
        _watching.reset(token)


def present_watch() -> Watch | None:
    """Return the watch of the innermost block around."""
    return _watching.get()
