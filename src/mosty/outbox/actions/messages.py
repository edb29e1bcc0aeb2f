"""How messages come into the outbox and leave it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as queue
from procrastinate.types import JSONDict

from mosty.audit import actions as audit
from mosty.audit.actors import SYSTEM, Actor
from mosty.kernel import jobs
from mosty.kernel.access import require
from mosty.kernel.rows import batches, insert_new
from mosty.outbox import text
from mosty.outbox.actions.links import address
from mosty.outbox.letters import CannotSend, Copy, Letter, Recipient
from mosty.outbox.models import Link, Message

MOST_ATTEMPTS = 5
# Longer than all tries of a message together wait for one another.
STRANDED_AFTER = timedelta(minutes=20)


def put(
    *,
    key: str,
    kind: str,
    to: Recipient,
    template: str,
    context: Mapping[str, object],
    now: datetime,
    scope: str = "",
    link: Link | None = None,
    reply_to: str = "",
    at_once: bool = False,
) -> Message:
    """Write one message into the outbox, as :func:`put_many` does with several."""
    letter = Letter(kind, template, context, scope, reply_to)
    return put_many([Copy(letter, key, to, link)], now=now, at_once=at_once)[0]


def put_many(
    copies: Sequence[Copy], *, now: datetime, at_once: bool = False
) -> list[Message]:
    """
    Write messages into the outbox, each in its recipient's language; return them.

    The same key again changes nothing. A receipt goes ``at_once``; everything else
    waits until a person has read it. Call it inside an action's transaction.

    :raises CannotSend: if a letter has a gap, or its place for a link does not fit.
    """
    messages = [_message(copy, now, at_once=at_once) for copy in copies]
    made: list[Message] = []
    for batch in batches(messages):
        made += insert_new(batch, by="key")
    if at_once:
        _queue(made)
    if len(made) == len(messages):
        return messages
    there = Message.objects.in_bulk([one.key for one in messages], field_name="key")
    return [there[one.key] for one in messages]


def _message(copy: Copy, now: datetime, *, at_once: bool) -> Message:
    to, letter = copy.to, copy.letter
    language = to.language if to.language in dict(settings.LANGUAGES) else "en"
    subject, body = letter.written_to(
        replace(to, language=language), with_link=copy.link is not None
    )
    message = Message(
        key=copy.key,
        kind=letter.kind,
        scope=letter.scope,
        # Given and family name may together be longer than one field.
        to_name=to.name[:200],
        to_email=to.email,
        reply_to=letter.reply_to,
        language=language,
        subject=subject,
        body=body,
        link=copy.link,
        created_at=now,
    )
    if at_once:
        _mark_leaving(message, SYSTEM, now)
    return message


@transaction.atomic(durable=True)
def release(*, messages: Iterable[int], actor: Actor, now: datetime) -> int:
    """
    Let messages leave that somebody has read; return how many.

    Who may call this is the caller's policy, since it depends on what the messages
    are about. Messages that have left already are passed over.
    """
    waiting = list(
        Message.objects.select_for_update()
        .filter(pk__in=list(messages), state=Message.State.DRAFT)
        .order_by("pk")
    )
    _leave(waiting, actor=actor, now=now)
    for scope in sorted({message.scope for message in waiting}):
        audit.record_many(
            actor=actor,
            verb="message.released",
            acts=[(m, {}, _as_kept(m)) for m in waiting if m.scope == scope],
            at=now,
            scope=scope,
        )
    return len(waiting)


@transaction.atomic(durable=True)
def retry(*, message: Message, actor: Actor, now: datetime) -> None:
    """
    Try again to send a message that was given up.

    :raises CannotSend: if it was not given up.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != Message.State.FAILED:
        raise CannotSend(_("Only a message that was not delivered can be tried again."))
    message.attempts = 0
    message.save(update_fields=["attempts"])
    _leave([message], actor=actor, now=now)
    _record("message.retried", message, actor=actor, now=now)


@transaction.atomic(durable=True)
def send_stranded(*, actor: Actor, now: datetime) -> int:
    """
    Queue again what was released and has no job any more; return how many.

    A worker that died while it sent leaves such a message: whether the mail server had
    it is not known, and twice is better than never.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(actor == SYSTEM)
    queued = [
        job.args["message"] for job in jobs.in_hand(now).filter(task_name="outbox.send")
    ]
    stranded = list(
        Message.objects.select_for_update(skip_locked=True)
        .filter(state=Message.State.RELEASED, released_at__lt=now - STRANDED_AFTER)
        .exclude(pk__in=queued)
        .order_by("pk")
    )
    _queue(stranded)
    return len(stranded)


def _leave(messages: Sequence[Message], *, actor: Actor, now: datetime) -> None:
    """Mark messages that are there as leaving, and queue them."""
    for message in messages:
        _mark_leaving(message, actor, now)
    Message.objects.bulk_update(messages, ["state", "released_at", "released_by"])
    _queue(messages)


def _mark_leaving(message: Message, actor: Actor, now: datetime) -> None:
    message.state = Message.State.RELEASED
    message.released_at = now
    message.released_by = actor.ledger_label


def _queue(messages: Iterable[Message]) -> None:
    """
    Queue messages for the worker.

    The queue is in the same database: the jobs exist if, and only if, this commits.
    """
    wanted: list[JSONDict] = [{"message": message.pk} for message in messages]
    if wanted:
        queue.configure_task("outbox.send", queue="mail").batch_defer(*wanted)


def _record(
    verb: str, message: Message, *, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """Write into the ledger what was done with a message, but not what it says."""
    audit.record(
        actor=actor,
        verb=verb,
        target=message,
        at=now,
        scope=message.scope,
        reason=reason,
        after=_as_kept(message),
    )


def _as_kept(message: Message) -> dict[str, object]:
    return {"kind": message.kind, "state": message.state}


@transaction.atomic(durable=True)
def withdraw(*, message: Message, actor: Actor, now: datetime, reason: str) -> None:
    """
    Take a message back that has not left.

    :raises CannotSend: if it has left, or no reason is given.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != Message.State.DRAFT:
        raise CannotSend(_("This message has already left."))
    if not reason.strip():
        sentence = _("Say why this message is withdrawn.")
        raise CannotSend(sentence, fields={"reason": sentence})
    message.state = Message.State.WITHDRAWN
    message.save(update_fields=["state"])
    _record("message.withdrawn", message, actor=actor, now=now, reason=reason)


def withdraw_unread(
    *,
    scope: str,
    reason: str,
    actor: Actor,
    now: datetime,
    among: QuerySet[Message] | None = None,
) -> int:
    """
    Take back every message of ``scope`` that nobody has let leave; return how many.

    With ``among`` only those of them. What they speak of is no longer so. Call it inside
    an action's transaction.
    """
    found = Message.objects.all() if among is None else among
    waiting = list(
        found.select_for_update(of=("self",))
        .filter(scope=scope, state=Message.State.DRAFT)
        .order_by("pk")
    )
    for message in waiting:
        message.state = Message.State.WITHDRAWN
    Message.objects.bulk_update(waiting, ["state"])
    audit.record_many(
        actor=actor,
        verb="message.withdrawn",
        acts=[(message, {}, _as_kept(message)) for message in waiting],
        at=now,
        scope=scope,
        reason=reason,
    )
    return len(waiting)


@transaction.atomic(durable=True)
def deliver(*, message: int, now: datetime) -> Message | None:
    """
    Hand one released message to the mail server; ``None`` if it is not waiting.

    The row is locked meanwhile, so two workers cannot send it twice. A fault is kept
    and the message tried again; after five times it is marked as not delivered, and
    at once where no try can help. A message whose link has been revoked is withdrawn
    instead. If the machine dies between the mail server's yes
    and our commit, the message goes twice, which is better than never.
    """
    row = (
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("link")
        .filter(pk=message, state=Message.State.RELEASED)
        .first()
    )
    if row is None:
        return None
    if row.link is not None and row.link.revoked_at is not None:
        # What it asks for has been settled meanwhile; a dead link helps nobody.
        row.state = Message.State.WITHDRAWN
        row.save(update_fields=["state"])
        return row
    row.attempts += 1
    body = row.body
    if row.link is not None:
        body = body.replace(text.LINK, address(row.link, row.language))
    try:
        EmailMessage(
            subject=row.subject,
            body=body,
            to=[_recipient(row)],
            reply_to=[row.reply_to] if row.reply_to else None,
            headers={
                "Content-Language": row.language,
                "Auto-Submitted": "auto-generated",
            },
        ).send()
    except (OSError, ValueError) as fault:
        # smtplib's errors are OSErrors; an address that cannot be written is a
        # ValueError. The text may hold the address: only the error's kind stays.
        kind = UnicodeError if isinstance(fault, UnicodeError) else type(fault)
        row.fault = kind.__name__
        if row.attempts >= MOST_ATTEMPTS or isinstance(fault, ValueError):
            row.state = Message.State.FAILED
    else:
        row.state = Message.State.SENT
        row.sent_at = now
        row.fault = ""
    row.save(update_fields=["attempts", "fault", "state", "sent_at"])
    return row


def _recipient(message: Message) -> str:
    """Return the name and address as headers have them: domains in ASCII."""
    local, _at, domain = message.to_email.rpartition("@")
    ascii_domain = domain.encode("idna").decode("ascii")
    return formataddr((message.to_name, f"{local}@{ascii_domain}"))
