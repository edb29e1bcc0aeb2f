"""
The draw: what decides among equals, and that anybody can compute again.

SHA-256 in counter mode: the i-th block, from 0, is the digest of the seed, a comma and
i in decimal digits (all UTF-8), read as a big-endian integer below 2**256. Integers
only. ``docs/explanation/selection.md`` has it in 20 lines.
"""

from collections.abc import Iterable
from hashlib import sha256

from mosty.engines.errors import BadProblem, check_text

BLOCK = 256


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
        Return an integer from 0 to ``n`` - 1, each equally likely; ``n`` >= 1.

        Takes as many blocks as ``n`` needs, one for all up to 2**256, the first block
        the highest. Numbers from the incomplete last stretch of the span are rejected,
        since a remainder of those would favour small results.
        """
        blocks = max(1, -(-(n - 1).bit_length() // BLOCK))
        span = 1 << BLOCK * blocks
        fair = span - span % n
        while (number := self._next(blocks)) >= fair:
            pass
        return number % n

    def shuffle(self, codes: Iterable[str]) -> tuple[str, ...]:
        """
        Return ``codes`` in drawn order.

        Sorted by code point first, so that their order does not matter; then Fisher
        and Yates's shuffle from the last place to the second (Durstenfeld 1964).
        """
        order = sorted(codes)
        for last in range(len(order) - 1, 0, -1):
            chosen = self.below(last + 1)
            order[last], order[chosen] = order[chosen], order[last]
        return tuple(order)

    def _next(self, blocks: int) -> int:
        number = 0
        for _ in range(blocks):
            text = f"{self._seed},{self._counter}"
            self._counter += 1
            block = int.from_bytes(sha256(text.encode()).digest(), "big")
            number = number << BLOCK | block
        return number


def shuffle(codes: Iterable[str], seed: str) -> tuple[str, ...]:
    """Return ``codes`` in the order that ``seed`` draws."""
    return Draw(seed).shuffle(codes)


def check_seed(seed: str) -> None:
    """
    Refuse a seed that says nothing or cannot be written down.

    :raises BadProblem: saying which of the two it is.
    """
    check_text(seed, "seed")
    if not seed.strip():
        raise BadProblem("empty_seed")
