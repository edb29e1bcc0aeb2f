"""How often one address may ask for something without signing in."""

import hashlib

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
    key = f"limit:{digest[:40]}"
    if cache.add(key, 1, seconds):
        return True
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:
        # It ran out in this moment.
        return True
