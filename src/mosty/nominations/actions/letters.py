"""The messages of calls and nominations, each put into the outbox by one function."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import translation

from mosty.nominations.models import Call, Invitation, Nomination
from mosty.nominations.queries import participants
from mosty.nominations.rules import Rules
from mosty.nominations.rules.words import Sentence, sentences
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Copy, Letter, Recipient
from mosty.outbox.models import Link, Message

# A nominee may still confirm a while after closing, while nominations are checked.
CONFIRM_FOR = timedelta(days=21)
# So much of a name fits into a message's head.
NAME = 200


def invitation(*, invitation: Invitation, now: datetime) -> Message:
    """Write to a city that a call is open for it, with its nominating link."""
    return _to_city(
        invitation=invitation,
        kind="nominations.invitation",
        now=now,
        # A new address is written to anew, however often it changes.
        again="" if invitation.sent_at == now else f":{now.isoformat()}",
    )


def reminder(*, invitation: Invitation, now: datetime) -> Message:
    """Remind a city that has not answered, once a day at most."""
    local = invitation.call.course.programme.local(now)
    return _to_city(
        invitation=invitation,
        kind="nominations.reminder",
        now=now,
        again=f":{local.date().isoformat()}",
    )


def _to_city(
    *, invitation: Invitation, kind: str, now: datetime, again: str
) -> Message:
    call = invitation.call
    link = outbox.make_link(
        purpose=Link.Purpose.NOMINATE,
        subject=invitation.code,
        now=now,
        expires_at=max(call.closes_at, now + timedelta(days=1)),
    )
    language = invitation.language
    with translation.override(language):
        rules = rules_in_words(call, call.rules)
    return outbox.put(
        key=f"{kind}:{invitation.code}{again}",
        kind=kind,
        to=Recipient(
            invitation.contact_name or str(invitation.organisation.short_name),
            invitation.contact_email,
            language,
        ),
        template=f"nominations/mail/{kind.rpartition('.')[2]}.txt",
        context={**about(call), "rules": rules, "city": invitation.organisation},
        now=now,
        scope=call.slug,
        link=link,
        reply_to=call.contact_email,
    )


def nominated(
    *, nominations: Sequence[Nomination], now: datetime, at_once: bool
) -> list[Message]:
    """
    Tell nominees of one call, each with the link by which she reads and answers.

    Return the messages that are new, in the order of the nominations.
    The links are named in the keys: a new address has a new one, and is written to
    even where it is the address that the nomination had first.
    """
    return _to_nominees(nominations, now=now, at_once=at_once)


def reminded(*, nomination: Nomination, now: datetime) -> Message | None:
    """Ask a nominee for her answer again; ``None`` if that was done today already."""
    day = nomination.call.course.programme.local(now).date().isoformat()
    key = f"nominations.reminded:{nomination.code}:{day}"
    if Message.objects.filter(key=key).exists():
        return None
    return _to_nominees([nomination], now=now, at_once=False, key=key)[0]


def _to_nominees(
    nominations: Sequence[Nomination], *, now: datetime, at_once: bool, key: str = ""
) -> list[Message]:
    """Write to nominees with their links; with a ``key`` of its own, as a reminder."""
    if not nominations:
        return []
    call = nominations[0].call
    expires_at = call.closes_at + CONFIRM_FOR
    links = outbox.make_links(
        purpose=Link.Purpose.CONFIRM,
        subjects=[nomination.code for nomination in nominations],
        now=now,
        expires_at=expires_at,
    )
    context = {
        **about(call),
        "again": bool(key),
        "answer_until": call.course.programme.local(expires_at - timedelta(minutes=1)),
    }
    # The same letter for everybody of a city.
    written: dict[int, Letter] = {}
    copies = []
    for nomination, link in zip(nominations, links, strict=True):
        letter = written.get(nomination.organisation_id)
        if letter is None:
            letter = written[nomination.organisation_id] = Letter(
                kind="nominations.nominated",
                template="nominations/mail/nominated.txt",
                context={**context, "city": nomination.organisation},
                scope=call.slug,
                reply_to=call.contact_email,
            )
        copies.append(
            Copy(
                letter,
                key or f"nominations.nominated:{nomination.code}:{link.pk}",
                _nominee(nomination),
                link,
            )
        )
    return outbox.put_many(copies, now=now, at_once=at_once)


def withdrawn(*, nomination: Nomination, now: datetime) -> Message:
    """Tell a nominee that her city has withdrawn the nomination."""
    return outbox.put(
        key=f"nominations.withdrawn:{nomination.code}:{now.isoformat()}",
        kind="nominations.withdrawn",
        to=_nominee(nomination),
        template="nominations/mail/withdrawn.txt",
        context={**about(nomination.call), "city": nomination.organisation},
        now=now,
        scope=nomination.call.slug,
        reply_to=nomination.call.contact_email,
        at_once=True,
    )


def rules_in_words(call: Call, rules: Rules) -> list[Sentence]:
    """Return the call's rules as sentences, in the language that is active."""
    names = participants.names(rules)
    return sentences(rules, names, str(call.seed_source), call.casting)


def about(call: Call) -> dict[str, object]:
    """Return what every message about a call may speak of."""
    programme = call.course.programme
    return {
        "call": call,
        "course": call.course,
        "programme": programme,
        # The last minute that counts, on the programme's clocks.
        "until": programme.local(call.closes_at - timedelta(minutes=1)),
        "zone": programme.time_zone,
    }


def _nominee(nomination: Nomination) -> Recipient:
    return Recipient(str(nomination)[:NAME], nomination.email, nomination.language)
