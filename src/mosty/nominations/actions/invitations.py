"""How a call goes out to cities, and how they are reminded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations import policies
from mosty.nominations.actions import letters
from mosty.nominations.actions.entries import SETTLED, lock
from mosty.nominations.models import Call, Invitation, Nomination
from mosty.nominations.queries import calls_contacts, participants
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link


class CannotInvite(Refusal):
    """The call cannot go to this city now."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Who is written to in a city, and in which language."""

    organisation: Organisation
    name: str
    email: str
    language: str = "pl"


@transaction.atomic(durable=True)
def invite(
    *, call: Call, contacts: Iterable[Contact], actor: Actor, now: datetime
) -> list[Invitation]:
    """
    Pass a call to cities: one message each, into the outbox. Twice changes nothing.

    Returns the invitations that were written. A city whose address changes is written
    to anew, and its old link opens nothing any more.

    :raises PermissionDenied: if ``actor`` does not gather the call.
    :raises CannotInvite: if the call is not published or has closed, no city is named,
        one does not take part, or a contact has no address.
    """
    require(policies.can_gather(actor, call))
    contacts = list(contacts)
    if not contacts:
        raise CannotInvite(
            _("No city is ticked, so nothing was written. Tick the cities to write to.")
        )
    if call.state != Call.State.PUBLISHED or call.is_closed(now):
        raise CannotInvite(
            _("Only a published call that has not closed goes to cities.")
        )
    taking_part = set(participants.for_call(call).values_list("pk", flat=True))
    written = []
    for contact in contacts:
        if contact.organisation.pk not in taking_part:
            raise CannotInvite(
                _("The call is not for this city: %(city)s.")
                % {"city": contact.organisation}
            )
        if not contact.email:
            raise CannotInvite(
                _("There is no e-mail address for this city: %(city)s.")
                % {"city": contact.organisation}
            )
        invitation = lock(call, contact.organisation)
        invitation.call, invitation.organisation = call, contact.organisation
        sent_before = invitation.sent_at is not None
        moved = invitation.contact_email.casefold() != contact.email.casefold()
        invitation.contact_name = contact.name
        invitation.contact_email = contact.email
        invitation.language = contact.language
        invitation.sent_at = invitation.sent_at or now
        invitation.save(
            update_fields=["contact_name", "contact_email", "language", "sent_at"]
        )
        if sent_before and not moved:
            continue
        outbox.revoke_links(
            purpose=Link.Purpose.NOMINATE, subject=invitation.code, now=now
        )
        letters.invitation(invitation=invitation, now=now)
        audit.record(
            actor=actor,
            verb="call.sent",
            target=invitation,
            at=now,
            scope=call.slug,
            after={"city": contact.organisation.slug, "again": sent_before},
        )
        written.append(invitation)
    return written


@transaction.atomic(durable=True)
def remind(
    *, call: Call, cities: Iterable[int], actor: Actor, now: datetime
) -> list[Invitation]:
    """
    Remind cities that have not answered, at most once a day each; return those reminded.

    :raises PermissionDenied: if ``actor`` does not gather the call.
    :raises CannotInvite: if the call is not open.
    """
    require(policies.can_gather(actor, call))
    if not call.is_open(now):
        raise CannotInvite(_("Cities can be reminded only while the call is open."))
    reminded = []
    for invitation in (
        calls_contacts.to_remind(call, now)
        .select_for_update(of=("self",))
        .filter(organisation__in=list(cities))
    ):
        invitation.call = call
        invitation.reminded_at = now
        invitation.save(update_fields=["reminded_at"])
        letters.reminder(invitation=invitation, now=now)
        audit.record(
            actor=actor,
            verb="city.reminded",
            target=invitation,
            at=now,
            scope=call.slug,
            after={"city": invitation.organisation.slug},
        )
        reminded.append(invitation)
    return reminded


@transaction.atomic(durable=True)
def decline(
    *, call: Call, organisation: Organisation, actor: Actor, now: datetime
) -> Invitation:
    """
    Note that a city nominates nobody this time.

    :raises PermissionDenied: if ``actor`` does not speak for the city.
    :raises CannotInvite: if the call is not open, or the city has nominations.
    """
    require(policies.can_nominate(actor, call, organisation.pk))
    invitation = lock(call, organisation)
    if not call.is_open(now):
        raise CannotInvite(_("This call is not open."))
    if Nomination.objects.filter(
        call=call, organisation=organisation, state=Nomination.State.SUBMITTED
    ).exists():
        raise CannotInvite(_("Your city has nominated people. Withdraw them first."))
    invitation.declined_at = now
    invitation.save(update_fields=["declined_at"])
    audit.record(
        actor=actor,
        verb="city.declined",
        target=invitation,
        at=now,
        scope=call.slug,
        after={"city": organisation.slug},
    )
    return invitation


@transaction.atomic(durable=True)
def waive(
    *, invitation: Invitation, reason: str, actor: Actor, now: datetime
) -> Invitation:
    """
    Let a city through that nominated fewer people than the rules ask for.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotInvite: if no reason is given, or the seed of the draw is known.
    """
    require(policies.can_edit_call(actor, invitation.call))
    invitation = Invitation.objects.select_for_update(of=("self",)).get(
        pk=invitation.pk
    )
    if invitation.call.seed:
        raise CannotInvite(SETTLED)
    if not reason.strip():
        raise CannotInvite(
            _("Say why the city is let through."),
            fields={"reason": _("Enter the reason.")},
        )
    before = invitation.waiver
    invitation.waiver = reason.strip()
    invitation.save(update_fields=["waiver"])
    audit.record(
        actor=actor,
        verb="city.let_through",
        target=invitation,
        at=now,
        scope=invitation.call.slug,
        reason=invitation.waiver,
        before={"waived": bool(before)},
        after={"waived": True, "city": invitation.organisation.slug},
    )
    return invitation
