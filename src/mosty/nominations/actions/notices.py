"""What cities are told when something about a call changes after it was published."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils import timezone, translation

from mosty.nominations.actions.letters import about, rules_in_words
from mosty.nominations.models import Call, Nomination, RulesVersion
from mosty.nominations.models.nominations import LIVE
from mosty.nominations.queries.calls_contacts import addresses
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Recipient
from mosty.outbox.models import Link, Message


def rules_changed(*, call: Call, version: RulesVersion, now: datetime) -> list[Message]:
    """
    Tell everybody who nominated that the rules changed, and why; each person once.

    Return the messages.
    """
    return _tell(
        call=call,
        kind="nominations.rules_changed",
        again=str(version.number),
        cities=nominating(call),
        context={"reason": version.reason},
        version=version,
        now=now,
    )


def closing_moved(*, call: Call, reason: str, now: datetime) -> list[Message]:
    """
    Tell every city that the call went to; its link lives as long as the call.

    Return the messages.
    """
    outbox.make_links(
        purpose=Link.Purpose.NOMINATE,
        subjects=list(
            call.invitations.filter(sent_at__isnull=False).values_list(
                "code", flat=True
            )
        ),
        now=now,
        expires_at=call.closes_at,
    )
    return _tell(
        call=call,
        kind="nominations.closing_moved",
        again=now.isoformat(),
        cities=concerned(call),
        context={"reason": reason},
        now=now,
    )


def cancelled(*, call: Call, reason: str, now: datetime) -> list[Message]:
    """
    Tell every city that the call went to, or that nominated, that it is cancelled.

    Return the messages.
    """
    return _tell(
        call=call,
        kind="nominations.cancelled",
        again="1",
        cities=concerned(call),
        context={"reason": reason},
        now=now,
    )


def nominating(call: Call) -> set[int]:
    """Return the cities that have nominated somebody, or have begun to."""
    return set(
        Nomination.objects.filter(call=call, state__in=LIVE).values_list(
            "organisation", flat=True
        )
    )


def concerned(call: Call) -> set[int]:
    """Return the cities that the call went to, and those that nominate."""
    return nominating(call) | set(
        call.invitations.filter(sent_at__isnull=False).values_list(
            "organisation", flat=True
        )
    )


def _tell(
    *,
    call: Call,
    kind: str,
    again: str,
    cities: Collection[int],
    context: Mapping[str, object],
    now: datetime,
    version: RulesVersion | None = None,
) -> list[Message]:
    told = []
    rules: dict[str, object] = {}
    for address in addresses(call, cities, timezone.localdate(now)):
        with translation.override(address.language):
            if address.language not in rules and version is not None:
                rules[address.language] = rules_in_words(call, version.rules)
        told.append(
            outbox.put(
                key=f"{kind}:{call.slug}:{address.key}:{again}",
                kind=kind,
                to=Recipient(address.name, address.email, address.language),
                template=f"nominations/mail/{kind.rpartition('.')[2]}.txt",
                context={
                    **about(call),
                    **context,
                    "rules": rules.get(address.language, ()),
                },
                now=now,
                scope=call.slug,
                reply_to=call.contact_email,
            )
        )
    return told
