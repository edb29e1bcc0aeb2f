"""
Many phones at one moment, from one thread and with as little work as can be.

The crowd stands on the same cores as the server: a browser for each phone would take
more of them than what is measured.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from bench.client import PATIENCE, BadAnswer

_END = b"\r\n\r\n"


@dataclass(slots=True)
class _Wire:
    """One connection, and the answer that comes in on it."""

    sock: socket.socket
    began: float = 0
    got: bytearray = field(default_factory=bytearray)

    def send(self, request: bytes) -> None:
        self.got.clear()
        self.began = time.perf_counter()
        self.sock.sendall(request)

    def is_done(self) -> bool:
        """Test if the whole answer is there."""
        head, end, body = bytes(self.got).partition(_END)
        if not end:
            return False
        for line in head.split(b"\r\n")[1:]:
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                return len(body) >= int(value)
        raise BadAnswer("An answer does not say how long it is.")


def send(
    port: int, requests: Sequence[bytes], *, at_once: int, refill: bool, must: bytes
) -> list[float]:
    """
    Send all ``requests`` over ``at_once`` connections; return how long each took, in seconds.

    With ``refill`` so many are always on the way; without, so many are sent at one moment,
    and the next ones when all of these are answered.

    :raises BadAnswer: if an answer does not begin with the status line ``must``.
    """
    if not refill:
        return [
            seconds
            for place in range(0, len(requests), at_once)
            for seconds in _run(port, requests[place : place + at_once], at_once, must)
        ]
    return _run(port, requests, at_once, must)


def _run(
    port: int, requests: Sequence[bytes], at_once: int, must: bytes
) -> list[float]:
    waiting = iter(requests)
    found: list[float] = []
    with selectors.DefaultSelector() as selector, ExitStack() as stack:
        wires = [_open(port) for _place in range(min(at_once, len(requests)))]
        for wire in wires:
            stack.enter_context(wire.sock)
            selector.register(wire.sock, selectors.EVENT_READ, wire)
        for wire, request in zip(wires, waiting, strict=False):
            wire.send(request)
        while len(found) < len(requests):
            ready = selector.select(PATIENCE)
            if not ready:
                raise BadAnswer("No answer comes any more.")
            for key, _events in ready:
                found += _heard(key.data, waiting, must)
    return found


def _heard(wire: _Wire, waiting: Iterator[bytes], must: bytes) -> Iterator[float]:
    """Read what came in; yield the time if that was all, and send the next."""
    part = wire.sock.recv(65536)
    if not part:
        raise BadAnswer("The server hung up.")
    wire.got += part
    if not wire.is_done():
        return
    yield time.perf_counter() - wire.began
    if not wire.got.startswith(must):
        raise BadAnswer(bytes(wire.got[:2000]).decode("utf-8", "replace"))
    if (request := next(waiting, None)) is not None:
        wire.send(request)


def _open(port: int) -> _Wire:
    sock = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return _Wire(sock)
