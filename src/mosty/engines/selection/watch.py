"""Watching a long calculation, and ending it."""

from collections.abc import Callable

Progress = Callable[[str, int], None]


class Cancelled(Exception):
    """The caller asked to stop; nothing was decided."""


class Watch:
    """
    Tells ``progress`` the step and a rising number, and asks ``cancelled``.

    Steps are ``priorities``, ``odds``, ``cohorts``, ``reasons``, ``rules``.
    """

    def __init__(
        self,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        self._progress = progress
        self._cancelled = cancelled

    def step(self, name: str, number: int) -> None:
        """
        Say how far the step called ``name`` is.

        :raises Cancelled: if the caller wants no more.
        """
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if self._progress is not None:
            self._progress(name, number)
