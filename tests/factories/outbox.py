"""Messages and links."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from mosty.kernel import tokens
from mosty.outbox.models import Link, Message

_number = count(1)


def make_link(subject: str = "K7PX-2M", **fields: object) -> Link:
    """Return a live link to confirm a nomination, which expires in ten days."""
    now = timezone.now()
    nonce = tokens.new_nonce()
    defaults = {
        "purpose": Link.Purpose.CONFIRM,
        "nonce": nonce,
        "digest": tokens.digest(tokens.derive(nonce)),
        "created_at": now - timedelta(days=1),
        "expires_at": now + timedelta(days=10),
    }
    return Link.objects.create(subject=subject, **{**defaults, **fields})


def make_message(**fields: object) -> Message:
    """Return a message that waits to be read."""
    number = next(_number)
    defaults = {
        "key": f"test:{number}",
        "kind": "nominations.test",
        "to_name": "Ewa Nowak",
        "to_email": f"reader{number}@example.org",
        "language": "en",
        "subject": "A message for tests",
        "body": "Good morning.\n",
        "created_at": timezone.now(),
    }
    given = {**defaults, **fields}
    if given.get("state") in {"released", "sent", "failed"}:
        given.setdefault("released_at", given["created_at"])
    if given.get("state") == "sent":
        given.setdefault("sent_at", given["created_at"])
    return Message.objects.create(**given)
