"""
Mean change of pairs, with a confidence interval by Student's t.

The distribution is summed exactly for whole degrees of freedom: Abramowitz and Stegun,
Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4. No table, no library.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

CONFIDENCE = 0.95
_STEPS = 200


@dataclass(frozen=True, slots=True)
class Change:
    """
    By how much ``n`` pairs changed on average; ``low`` to ``high`` is the interval.

    All three in the unit of the answers: points of their scale.
    """

    n: int
    mean: float
    low: float
    high: float


def within(t: float, degrees: int) -> float:
    """
    Return how likely a t with ``degrees`` of freedom lies between ``-t`` and ``t``.

    A share from 0 to 1; ``t`` >= 0 and ``degrees`` >= 1. O(degrees).
    Source: Abramowitz & Stegun (1964), 26.7.3 and 26.7.4.
    """
    angle = math.atan(t / math.sqrt(degrees))
    sine, cosine = math.sin(angle), math.cos(angle)
    if degrees % 2:
        if degrees == 1:
            return 2 * angle / math.pi
        term = total = cosine
        for k in range(3, degrees - 1, 2):
            term *= cosine**2 * (k - 1) / k
            total += term
        return 2 / math.pi * (angle + sine * total)
    term = total = 1.0
    for k in range(2, degrees - 1, 2):
        term *= cosine**2 * (k - 1) / k
        total += term
    return sine * total


def quantile(degrees: int, confidence: float = CONFIDENCE) -> float:
    """
    Return the t between whose two signs ``confidence`` of the distribution lies.

    ``confidence`` is a share between 0 and 1, t a number of standard errors. Halved
    until two neighbouring floating-point numbers are left: the upper one is returned.

    :raises ValueError: without a degree of freedom, or a confidence between 0 and 1.
    """
    if degrees < 1 or not 0 < confidence < 1:
        raise ValueError("no such quantile")
    low, high = 0.0, 1.0
    while within(high, degrees) < confidence:
        high *= 2
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        if within(middle, degrees) < confidence:
            low = middle
        else:
            high = middle
    return high


def change(pairs: Sequence[tuple[float, float]]) -> Change:
    """
    Return the mean of after minus before, with its interval of ``CONFIDENCE``.

    ``pairs`` are before and after, in points of one scale.

    :raises ValueError: for fewer than two pairs.
    """
    n = len(pairs)
    if n < 2:
        raise ValueError("two pairs at least")
    moved = [after - before for before, after in pairs]
    mean = math.fsum(moved) / n
    spread = math.sqrt(math.fsum((one - mean) ** 2 for one in moved) / (n - 1))
    half = quantile(n - 1) * spread / math.sqrt(n)
    return Change(n, mean, mean - half, mean + half)
