"""How messages that somebody has read leave: after a look at how many and which."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.office import policies
from mosty.office.batches import Batch
from mosty.outbox import actions as outbox
from mosty.outbox.models import Message


class CannotRelease(Refusal):
    """What would leave is not what was looked at."""


def release(*, batch: Batch, count: int, actor: User, now: datetime) -> int:
    """
    Let a batch leave of which ``count`` messages were looked at; return how many left.

    :raises PermissionDenied: if ``actor`` may read some of them, but not send them.
    :raises CannotRelease: if there are more or fewer by now, or none.
    """
    wanted = _keys(batch.of(policies.messages_visible_to(actor)))
    allowed = _keys(batch.of(policies.messages_sent_by(actor)))
    require(set(wanted) <= set(allowed))
    if not wanted or len(wanted) != count:
        raise CannotRelease(
            _("The messages have changed since you looked at them. Look again, please.")
        )
    return outbox.release(messages=wanted, actor=actor, now=now)


def _keys(messages: QuerySet[Message]) -> Sequence[int]:
    return list(messages.order_by("pk").values_list("pk", flat=True))


def withdraw(*, message: Message, reason: str, actor: User, now: datetime) -> None:
    """
    Take a message back that has not left.

    :raises PermissionDenied: if it is not ``actor``'s to send.
    :raises CannotSend: if it has left, or no reason is given.
    """
    require(policies.can_send(actor, message))
    outbox.withdraw(message=message, reason=reason, actor=actor, now=now)


def retry(*, message: Message, actor: User, now: datetime) -> None:
    """
    Try again to send a message that was given up.

    :raises PermissionDenied: if it is not ``actor``'s to send.
    :raises CannotSend: if it was not given up.
    """
    require(policies.can_send(actor, message))
    outbox.retry(message=message, actor=actor, now=now)
