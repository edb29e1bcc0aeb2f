"""How often one address may ask for something without signing in."""

import hashlib
import time
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from mosty.kernel.locks import hold

# What one household is given of IPv6: within it, it may change its address at will.
_NETWORK = 64


def address_of(request: HttpRequest) -> str:
    """Return by what a visitor is told apart: the address, or network, that proxies saw."""
    seen: str = get_adapter().get_client_ip(request)
    try:
        if isinstance(ip_address(seen), IPv6Address):
            return str(ip_network(f"{seen}/{_NETWORK}", strict=False))
    except ValueError:
        pass
    return seen


def within(request: HttpRequest, action: str, *, most: int, seconds: int) -> bool:
    """
    Count one more ``action`` of who asks; tell if it is one of the first ``most``.

    Visitors are told apart by :func:`address_of`, of which only a digest is kept, and
    only for ``seconds``.
    """
    digest = hashlib.sha256(f"{action}:{address_of(request)}".encode()).hexdigest()
    return count(f"limit:{digest[:40]}", seconds=seconds) <= most


def count(key: str, *, seconds: int) -> int:
    """
    Count one more under ``key``; return how many there were since the first, so long ago.

    Not by the cache's own counting: the one in the database lets what is counted live
    for its usual time anew, so that a limit would never end, or end too early. Whoever
    asks many times in one moment is counted each time: they wait for one another.
    """
    with transaction.atomic():
        hold("accounts.limit", key)
        now = time.time()
        number, began = _standing(cache.get(key), now, seconds)
        cache.set(key, (number + 1, began), began + seconds - now)
    return number + 1


def counted(*keys: str, seconds: int) -> dict[str, int]:
    """Return how many :func:`count` has counted under each; one look, nothing is counted."""
    known, now = cache.get_many(keys), time.time()
    return {key: _standing(known.get(key), now, seconds)[0] for key in keys}


def _standing(
    kept: tuple[int, float] | None, now: float, seconds: int
) -> tuple[int, float]:
    """Return how many were counted since when; none where that is over, or yet to come."""
    number, began = kept or (0, now)
    # What was counted before the clock was set back must not keep anybody out for long.
    return (number, began) if began <= now < began + seconds else (0, now)
