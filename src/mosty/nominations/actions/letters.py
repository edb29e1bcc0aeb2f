"""The messages of calls and nominations, each put into the outbox by one function."""

from datetime import datetime, timedelta

from django.utils import translation

from mosty.nominations.models import Call, Invitation, Nomination, RulesVersion
from mosty.nominations.queries import participants
from mosty.nominations.rules.words import sentences
from mosty.outbox import actions as outbox
from mosty.outbox.actions import Recipient
from mosty.outbox.models import Link, Message

# A nominee may still confirm a while after closing, while nominations are checked.
CONFIRM_FOR = timedelta(days=21)


def invitation(*, invitation: Invitation, now: datetime) -> Message:
    """Write to a city that a call is open for it, with its nominating link."""
    return _to_city(invitation=invitation, kind="nominations.invitation", now=now)


def reminder(*, invitation: Invitation, now: datetime) -> Message:
    """Remind a city that has not answered, once a day at most."""
    return _to_city(
        invitation=invitation,
        kind="nominations.reminder",
        now=now,
        again=f":{now.date().isoformat()}",
    )


def _to_city(
    *, invitation: Invitation, kind: str, now: datetime, again: str = ""
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
        rules = sentences(
            call.rules, participants.names(call.rules), str(call.seed_source)
        )
    return outbox.put(
        key=f"{kind}:{invitation.code}{again}",
        kind=kind,
        to=Recipient(
            invitation.contact_name or str(invitation.organisation.short_name),
            invitation.contact_email,
            language,
        ),
        template=f"nominations/mail/{kind.rpartition('.')[2]}.txt",
        context={**_about(call), "rules": rules, "city": invitation.organisation},
        now=now,
        scope=call.slug,
        link=link,
        reply_to=call.contact_email,
    )


def nominated(*, nomination: Nomination, now: datetime, at_once: bool) -> Message:
    """Tell a nominee, with the link by which she reads the notice and answers."""
    call = nomination.call
    link = outbox.make_link(
        purpose=Link.Purpose.CONFIRM,
        subject=nomination.code,
        now=now,
        expires_at=call.closes_at + CONFIRM_FOR,
    )
    return outbox.put(
        key=f"nominations.nominated:{nomination.code}:{nomination.email.casefold()}",
        kind="nominations.nominated",
        to=_nominee(nomination),
        template="nominations/mail/nominated.txt",
        context={**_about(call), "city": nomination.organisation},
        now=now,
        scope=call.slug,
        link=link,
        reply_to=call.contact_email,
        at_once=at_once,
    )


def withdrawn(*, nomination: Nomination, now: datetime) -> Message:
    """Tell a nominee that her city has withdrawn the nomination."""
    return outbox.put(
        key=f"nominations.withdrawn:{nomination.code}:{now.isoformat()}",
        kind="nominations.withdrawn",
        to=_nominee(nomination),
        template="nominations/mail/withdrawn.txt",
        context={**_about(nomination.call), "city": nomination.organisation},
        now=now,
        scope=nomination.call.slug,
        reply_to=nomination.call.contact_email,
        at_once=True,
    )


def rules_changed(*, call: Call, version: RulesVersion, now: datetime) -> list[Message]:
    """Tell every city that has nominated somebody that the rules changed, and why."""
    nominating = Nomination.objects.filter(
        call=call, state=Nomination.State.SUBMITTED
    ).values("organisation")
    told = []
    for invited in call.invitations.filter(organisation__in=nominating).exclude(
        contact_email=""
    ):
        with translation.override(invited.language):
            rules = sentences(
                version.rules, participants.names(version.rules), str(call.seed_source)
            )
        told.append(
            outbox.put(
                key=f"nominations.rules_changed:{invited.code}:{version.number}",
                kind="nominations.rules_changed",
                to=Recipient(
                    invited.contact_name or str(invited.organisation.short_name),
                    invited.contact_email,
                    invited.language,
                ),
                template="nominations/mail/rules_changed.txt",
                context={**_about(call), "rules": rules, "reason": version.reason},
                now=now,
                scope=call.slug,
                reply_to=call.contact_email,
            )
        )
    return told


def _about(call: Call) -> dict[str, object]:
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
    return Recipient(str(nomination), nomination.email, nomination.language)
