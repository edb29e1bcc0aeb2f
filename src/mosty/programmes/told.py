"""Who wants to know when what the public sees of a programme has changed: apps above."""

from collections.abc import Callable

from mosty.programmes.models import Programme

Listener = Callable[[Programme], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Let ``listener`` be called in the transaction of every such change; at the start."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(programme: Programme) -> None:
    """Say that ``programme`` or a course of it has changed."""
    for listener in _listeners:
        listener(programme)
