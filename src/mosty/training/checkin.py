"""
The code that a screen shows and changes, the ticket that a scan gives, and the phone.

Nothing of this is stored. The code is derived from the installation's key, the session
and the half-minute; the ticket is signed, says when the code was scanned and with which
phone, and carries the key under which it is taken once.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from mosty.programmes.models import Session
from mosty.training import times

STEP = 30
TICKET_FOR = timedelta(minutes=3)
# Whoever comes so many minutes after the beginning is not called late.
TOLERANCE = 10
_TICKET = "mosty.training.ticket"
_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Ticket:
    """That a phone scanned the code of a session at a moment."""

    session: int
    key: UUID
    phone: str
    at: datetime


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def _code(session: Session, step: int) -> str:
    mac = salted_hmac(
        "mosty.training.code", f"{session.pk}:{step}", algorithm="sha256"
    ).digest()
    return base64.b32encode(mac).decode()[:_LETTERS]


def code(session: Session, now: datetime) -> str:
    """Return the code that the screen shows ``now``."""
    return _code(session, _step(now))


def is_current(session: Session, given: str, now: datetime) -> bool:
    """Test if ``given`` is the code of now, or the one before: scanning takes a moment."""
    step = _step(now)
    # Both are compared in any case, and each in constant time.
    found = [constant_time_compare(given, _code(session, step - n)) for n in (0, 1)]
    return any(found)


def is_open(session: Session, now: datetime) -> bool:
    """Test if people check in ``now``: from half an hour before to the session's end."""
    return times.is_open(session, now) and now < session.ends_at


def new_phone() -> str:
    """Return what a phone is told apart by for a day: random, and nothing of its own."""
    return secrets.token_urlsafe(16)


def device(session: Session, phone: str) -> bytes:
    """Return what a mark keeps of ``phone``: of another session it is another."""
    return hmac.digest(phone.encode(), str(session.pk).encode(), hashlib.sha256)


def new_ticket(session: Session, phone: str, now: datetime) -> str:
    """Return the ticket of a phone that has just scanned a code that is right."""
    held = [session.pk, uuid4().hex, phone, now.isoformat()]
    return signing.dumps(held, salt=_TICKET)


def read_ticket(text: str) -> Ticket | None:
    """Return what the ticket says, or None if it is not one of ours."""
    try:
        session, key, phone, at = signing.loads(text, salt=_TICKET)
    except (signing.BadSignature, ValueError):
        return None
    return Ticket(session, UUID(key), phone, datetime.fromisoformat(at))
