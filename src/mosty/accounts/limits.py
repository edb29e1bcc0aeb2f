"""How often one address may ask for something without signing in."""

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def within(request: HttpRequest, action: str, *, most: int, seconds: int) -> bool:
    """
    Count one more ``action`` of who asks; tell if it is one of the first ``most``.

    Visitors are told apart by the address that the proxies saw, of which only a digest
    is kept, and only for ``seconds``. Two who ask in one moment may count as one.
    """
    address = get_adapter().get_client_ip(request)
    digest = hashlib.sha256(f"{action}:{address}".encode()).hexdigest()
    return count(f"limit:{digest[:40]}", seconds=seconds) <= most


def count(key: str, *, seconds: int) -> int:
    """
    Count one more under ``key``; return how many there were since the first, so long ago.

    Not by the cache's own counting: the one in the database lets what is counted live
    for its usual time anew, so that a limit would never end, or end too early.
    """
    now = time.time()
    number, until = cache.get(key) or (0, 0.0)
    if until <= now:
        number, until = 0, now + seconds
    cache.set(key, (number + 1, until), until - now)
    return int(number) + 1


def counted(*keys: str) -> dict[str, int]:
    """Return how many :func:`count` has counted under each; one look, nothing is counted."""
    known, now = cache.get_many(keys), time.time()
    found = {key: known.get(key) or (0, 0.0) for key in keys}
    return {
        key: int(number) if until > now else 0 for key, (number, until) in found.items()
    }
