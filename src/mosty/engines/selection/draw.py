"""
The draw: an order of codes that anybody can compute again from the seed.

SHA-256 in counter mode: the i-th number, from 0, is the digest of the seed, a
comma and i in decimal digits (all UTF-8), read as a big-endian integer below
2**256. Integers only. ``docs/explanation/selection.md`` has it in 20 lines.
"""

from collections.abc import Iterable
from hashlib import sha256

from mosty.engines.selection.errors import BadProblem, check_text

SPAN = 2**256


class Draw:
    """
    A stream of fair integers from a seed.

    :raises BadProblem: if the seed is empty or not well-formed text. There is no
        default: a seed that nobody chose cannot be named in a record.
    """

    def __init__(self, seed: str) -> None:
        check_seed(seed)
        self._seed = seed
        self._counter = 0

    def below(self, n: int) -> int:
        """
        Return an integer from 0 to ``n`` - 1, each equally likely.

        Numbers from the incomplete last stretch of the span are rejected, since
        a remainder of those would favour small results. Takes 1 <= n <= 2**256.
        """
        fair = SPAN - SPAN % n
        while (number := self._next()) >= fair:
            pass
        return number % n

    def _next(self) -> int:
        text = f"{self._seed},{self._counter}"
        self._counter += 1
        return int.from_bytes(sha256(text.encode()).digest(), "big")


def shuffle(codes: Iterable[str], seed: str) -> tuple[str, ...]:
    """
    Return ``codes`` in drawn order.

    Sorted by code point first, so that their order does not matter; then Fisher
    and Yates's shuffle from the last place to the second (Durstenfeld 1964).
    """
    draw = Draw(seed)
    order = sorted(codes)
    for last in range(len(order) - 1, 0, -1):
        chosen = draw.below(last + 1)
        order[last], order[chosen] = order[chosen], order[last]
    return tuple(order)


def check_seed(seed: str) -> None:
    """Refuse a seed that says nothing or cannot be written down."""
    check_text(seed, "seed")
    if not seed.strip():
        raise BadProblem("empty_seed")
