"""How messages come into the outbox and leave it, and how links are made and ended."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as queue
from procrastinate.types import JSONDict

from mosty.audit import actions as audit
from mosty.audit.actors import SYSTEM, Actor
from mosty.kernel import tokens
from mosty.kernel.refusal import Refusal
from mosty.outbox import text
from mosty.outbox.models import Link, Message

MOST_ATTEMPTS = 5


class CannotSend(Refusal):
    """The message has a gap, or is not in a state for what is asked of it."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom, and in which language."""

    name: str
    email: str
    language: str


def make_link(
    *, purpose: Link.Purpose, subject: str, now: datetime, expires_at: datetime
) -> Link:
    """
    Return the live link for ``subject``, made where there is none.

    An expired one is revoked and replaced; a live one is kept, its end moved to
    ``expires_at`` if that is later. Call it inside an action's transaction.
    """
    live = (
        Link.objects.select_for_update()
        .filter(purpose=purpose, subject=subject, revoked_at__isnull=True)
        .first()
    )
    if live is not None:
        if live.expires_at > now:
            if expires_at > live.expires_at:
                live.expires_at = expires_at
                live.save(update_fields=["expires_at"])
            return live
        live.revoked_at = now
        live.save(update_fields=["revoked_at"])
    nonce = tokens.new_nonce()
    return Link.objects.create(
        purpose=purpose,
        subject=subject,
        nonce=nonce,
        digest=tokens.digest(tokens.derive(nonce)),
        created_at=now,
        expires_at=expires_at,
    )


def revoke_links(*, purpose: Link.Purpose, subject: str, now: datetime) -> None:
    """End every live link of this purpose for ``subject``."""
    Link.objects.filter(
        purpose=purpose, subject=subject, revoked_at__isnull=True
    ).update(revoked_at=now)


def address(link: Link, language: str) -> str:
    """Return the whole address of a link, token included. Never store or log it."""
    token = tokens.derive(bytes(link.nonce))
    return f"{settings.BASE_URL}/{language}/link/{link.purpose}/{token}/"


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
    """
    Write one message into the outbox, in the recipient's language.

    ``template`` names a text template whose first line is the subject; it writes
    ``{{ link }}`` where ``link`` belongs. The same ``key`` again changes nothing. A
    receipt goes ``at_once``; everything else waits until a person has read it.
    Call it inside an action's transaction.

    :raises CannotSend: if the template asks for what ``context`` does not hold, or
        shows no place for ``link``.
    """
    language = to.language if to.language in dict(settings.LANGUAGES) else "en"
    with translation.override(language):
        written = text.render(template, {**context, "link": text.LINK, "to": to})
    if gaps := text.gaps(written):
        raise CannotSend(
            _("The message has a place that was not filled in: %(place)s")
            % {"place": gaps[0]}
        )
    subject, _newline, body = written.strip().partition("\n")
    if (text.LINK in body) != (link is not None) or text.LINK in subject:
        raise CannotSend(
            _("The personal link is missing from the message, or too many.")
        )
    message, made = Message.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "scope": scope,
            # Given and family name may together be longer than one field.
            "to_name": to.name[:200],
            "to_email": to.email,
            "reply_to": reply_to,
            "language": language,
            "subject": subject.strip()[:250],
            "body": body.strip() + "\n",
            "link": link,
            "created_at": now,
        },
    )
    if made and at_once:
        _leave([message], actor=SYSTEM, now=now)
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


def _leave(messages: Sequence[Message], *, actor: Actor, now: datetime) -> None:
    """
    Mark messages as leaving and queue them for the worker.

    The queue is in the same database: the jobs exist if, and only if, this commits.
    """
    for message in messages:
        message.state = Message.State.RELEASED
        message.released_at = now
        message.released_by = actor.ledger_label
    Message.objects.bulk_update(messages, ["state", "released_at", "released_by"])
    jobs: list[JSONDict] = [{"message": message.pk} for message in messages]
    if jobs:
        queue.configure_task("outbox.send", queue="mail").batch_defer(*jobs)


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
        row.fault = type(fault).__name__
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
