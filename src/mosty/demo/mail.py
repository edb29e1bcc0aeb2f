"""How messages leave in the demo: a person releases them, nobody receives them."""

from datetime import datetime, timedelta

from django.db.models import F

from mosty.accounts.models import User
from mosty.nominations.models import Call
from mosty.outbox import actions as outbox
from mosty.outbox.models import Message


def release(call: Call, actor: User, at: datetime, *, unread: int = 0) -> int:
    """Let a person release what waits in the outbox, and the worker send it."""
    waiting = Message.objects.filter(scope=call.slug, state=Message.State.DRAFT)
    # Offers leave first: what stays unread asks nobody for an answer.
    first = sorted(waiting, key=lambda one: (one.kind != "selection.offer", one.pk))
    released = outbox.release(
        messages=[one.pk for one in first[: len(first) - unread]],
        actor=actor,
        now=at,
    )
    deliver()
    return released


def release_each(scope: str, actor: User) -> None:
    """Let a person release what waits of a scope, each message soon after it was written."""
    waiting = Message.objects.filter(scope=scope, state=Message.State.DRAFT)
    for one in waiting.order_by("created_at", "pk"):
        at = one.created_at + timedelta(minutes=5)
        outbox.release(messages=[one.pk], actor=actor, now=at)
    deliver()


def deliver() -> None:
    """Mark what was released as sent: the demo writes to nobody, not even to a file."""
    Message.objects.filter(state=Message.State.RELEASED).update(
        state=Message.State.SENT,
        sent_at=F("released_at") + timedelta(minutes=1),
        attempts=1,
    )
