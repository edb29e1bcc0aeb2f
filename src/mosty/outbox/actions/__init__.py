"""How messages come into the outbox and leave it, and how links are made and ended."""

from mosty.outbox.actions.links import address, make_link, make_links, revoke_links
from mosty.outbox.actions.messages import (
    MOST_ATTEMPTS,
    deliver,
    put,
    put_many,
    release,
    retry,
    send_stranded,
    withdraw,
    withdraw_unread,
)

__all__ = [
    "MOST_ATTEMPTS",
    "address",
    "deliver",
    "make_link",
    "make_links",
    "put",
    "put_many",
    "release",
    "retry",
    "revoke_links",
    "send_stranded",
    "withdraw",
    "withdraw_unread",
]
