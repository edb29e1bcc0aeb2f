"""A city's own acts: nominate, change, withdraw, put in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations import policies
from mosty.nominations.actions import duplicates, letters
from mosty.nominations.actions.entries import (
    CannotNominate,
    Person,
    lock,
    lock_and_see,
    require_open,
    require_rules,
)
from mosty.nominations.models import Call, Invitation, Needs, Nomination
from mosty.nominations.models.nominations import LIVE
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link


class CannotWithdraw(Refusal):
    """The nomination cannot be withdrawn now."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a city has in a call: live nominations, the last place, this form's own."""

    live: int
    last: int
    same: int | None


@transaction.atomic(durable=True)
def nominate(
    *,
    call: Call,
    organisation: Organisation,
    person: Person,
    submit: bool,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> Nomination:
    """
    Nominate somebody for a city, or save a draft of it.

    A draft may leave rules about the person open, never the number of nominations.
    The same ``key`` again means the same nomination: it is changed where it differs,
    and otherwise left as it is.

    :raises PermissionDenied: if ``actor`` does not speak for the city.
    :raises CannotNominate: if the call is not open, or a rule is not kept.
    """
    require(policies.can_nominate(actor, call, organisation.pk))
    invitation, takes_part = lock_and_see(call, organisation)
    standing = _standing(call, organisation, key)
    if standing.same is not None:
        return _change(
            _locked(standing.same, call, organisation),
            person=person,
            takes_part=takes_part,
            submit=submit,
            actor=actor,
            now=now,
        )
    require_open(call, now)
    require_rules(
        call=call,
        organisation=organisation,
        person=person,
        takes_part=takes_part,
        draft=not submit,
        others=standing.live,
    )
    if invitation.declined_at is not None:
        # The city has thought better of nominating nobody.
        Invitation.objects.filter(pk=invitation.pk).update(declined_at=None)
    nomination = person.onto(
        Nomination(
            call=call,
            organisation=organisation,
            preference=standing.last + 1,
            created_at=now,
            changed_at=now,
            form_key=key,
        )
    )
    if submit:
        nomination.state = Nomination.State.SUBMITTED
        nomination.submitted_at = now
    nomination.save()
    audit.record(
        actor=actor,
        verb="nomination.submitted" if submit else "nomination.drafted",
        target=nomination,
        at=now,
        scope=call.slug,
        after={"city": organisation.slug, "state": nomination.state},
    )
    if submit:
        duplicates.note(nomination)
        letters.nominated(nominations=[nomination], now=now, at_once=True)
    return nomination


def _standing(call: Call, organisation: Organisation, key: UUID | None) -> Standing:
    """Return what the city has in the call; one query."""
    live = Q(state__in=LIVE)
    found = Nomination.objects.filter(call=call, organisation=organisation).aggregate(
        live=Count("pk", filter=live),
        last=Max("preference", filter=live),
        same=Max("pk", filter=Q(form_key=key) & Q(form_key__isnull=False)),
    )
    return Standing(found["live"], found["last"] or 0, found["same"])


def _locked(pk: int, call: Call, organisation: Organisation) -> Nomination:
    """Return the nomination as it is now, locked, with what is known of it already."""
    nomination = Nomination.objects.select_for_update(of=("self",)).get(pk=pk)
    nomination.call, nomination.organisation = call, organisation
    return nomination


@transaction.atomic(durable=True)
def change(
    *,
    nomination: Nomination,
    person: Person,
    submit: bool,
    actor: Actor,
    now: datetime,
    seen: datetime | None = None,
) -> Nomination:
    """
    Change a nomination while the call is open; submit it if it is a draft.

    A new e-mail address makes the old link useless: the nominee is told anew. What the
    secretariat had checked is to be checked again, unless it changes it itself.
    ``seen`` is the ``changed_at`` that the actor started from.

    :raises PermissionDenied: if ``actor`` does not speak for the city.
    :raises CannotNominate: if the call is not open, the nomination is withdrawn,
        somebody else changed it after ``seen``, or a rule is not kept.
    """
    call, organisation = nomination.call, nomination.organisation
    require(policies.can_nominate(actor, call, organisation.pk))
    _invitation, takes_part = lock_and_see(call, organisation)
    return _change(
        _locked(nomination.pk, call, organisation),
        person=person,
        takes_part=takes_part,
        submit=submit,
        actor=actor,
        now=now,
        seen=seen,
    )


def _change(
    nomination: Nomination,
    *,
    person: Person,
    takes_part: bool,
    submit: bool,
    actor: Actor,
    now: datetime,
    seen: datetime | None = None,
) -> Nomination:
    """Change a nomination whose city is locked; see :func:`change`."""
    call, organisation = nomination.call, nomination.organisation
    changed = [
        name
        for name in Person.__dataclass_fields__
        if getattr(nomination, name) != getattr(person, name)
    ]
    draft = nomination.state == Nomination.State.DRAFT
    if not changed and not (submit and draft) and nomination.state in LIVE:
        return nomination
    require_open(call, now)
    if nomination.state not in LIVE:
        raise CannotNominate(_("This nomination has been withdrawn."))
    if seen is not None and nomination.changed_at != seen:
        raise CannotNominate(
            _(
                "Somebody else has changed this nomination meanwhile. What you typed is "
                "still here: compare, then save again."
            )
        )
    submitting = submit and draft
    require_rules(
        call=call,
        organisation=organisation,
        person=person,
        takes_part=takes_part,
        draft=draft and not submit,
        # A draft may be left over from rules that allowed more.
        others=_standing(call, organisation, None).live - 1 if submitting else None,
    )
    before = {"state": nomination.state}
    new_address = nomination.email.casefold() != person.email.casefold()
    person.onto(nomination)
    nomination.changed_at = now
    if submitting:
        nomination.state = Nomination.State.SUBMITTED
        nomination.submitted_at = now
    if new_address:
        outbox.revoke_links(
            purpose=Link.Purpose.CONFIRM, subject=nomination.code, now=now
        )
        Needs.objects.filter(nomination=nomination).delete()
        nomination.answer = Nomination.Answer.PENDING
        nomination.answered_at = nomination.notice_version = None
    if changed and not policies.can_gather(actor, call):
        nomination.checked_at = None
    nomination.save()
    audit.record(
        actor=actor,
        verb="nomination.submitted" if submitting else "nomination.changed",
        target=nomination,
        at=now,
        scope=call.slug,
        before=before,
        after={"state": nomination.state, "changed": changed},
    )
    if nomination.state == Nomination.State.SUBMITTED:
        if submitting or {"given_name", "family_name", "email"} & set(changed):
            duplicates.renew(nomination)
        if submitting or new_address:
            letters.nominated(nominations=[nomination], now=now, at_once=True)
    return nomination


@transaction.atomic(durable=True)
def withdraw(
    *, nomination: Nomination, reason: str, actor: Actor, now: datetime
) -> Nomination:
    """
    Withdraw a nomination; a nominee who had been told is told again.

    Until closing the city does so itself; afterwards whoever gathers the call.

    :raises PermissionDenied: if ``actor`` does not speak for the city.
    :raises CannotWithdraw: if it is withdrawn already, the call has closed for the
        city, or no reason is given.
    """
    call, organisation = nomination.call, nomination.organisation
    require(policies.can_nominate(actor, call, organisation.pk))
    lock(call, organisation)
    nomination = _locked(nomination.pk, call, organisation)
    if nomination.state not in LIVE:
        raise CannotWithdraw(_("This nomination has already been withdrawn."))
    if call.is_closed(now) and not policies.can_gather(actor, call):
        raise CannotWithdraw(
            _("The call has closed. Ask the union to withdraw this nomination.")
        )
    if not reason.strip():
        raise CannotWithdraw(
            _("Say why the nomination is withdrawn."),
            fields={"reason": _("Enter the reason.")},
        )
    before = nomination.state
    nomination.state = Nomination.State.WITHDRAWN
    nomination.withdrawn_at = nomination.changed_at = now
    nomination.save(update_fields=["state", "withdrawn_at", "changed_at"])
    outbox.revoke_links(purpose=Link.Purpose.CONFIRM, subject=nomination.code, now=now)
    Needs.objects.filter(nomination=nomination).delete()
    audit.record(
        actor=actor,
        verb="nomination.withdrawn",
        target=nomination,
        at=now,
        scope=call.slug,
        reason=reason.strip(),
        before={"state": before},
        after={"state": nomination.state},
    )
    if before == Nomination.State.SUBMITTED:
        letters.withdrawn(nomination=nomination, now=now)
    return nomination


@transaction.atomic(durable=True)
def put_in_order(
    *,
    call: Call,
    organisation: Organisation,
    codes: Sequence[str],
    actor: Actor,
    now: datetime,
) -> None:
    """
    Set the city's own order of its nominations, first to last.

    :raises PermissionDenied: if ``actor`` does not speak for the city.
    :raises CannotNominate: if the call is not open, or the codes are not just the
        city's live nominations.
    """
    require(policies.can_nominate(actor, call, organisation.pk))
    lock(call, organisation)
    require_open(call, now)
    standing = {
        nomination.code: nomination
        for nomination in Nomination.objects.select_for_update(of=("self",)).filter(
            call=call, organisation=organisation, state__in=LIVE
        )
    }
    if set(codes) != set(standing) or len(codes) != len(standing):
        raise CannotNominate(_("The list has changed meanwhile. Look at it again."))
    before = sorted(
        standing, key=lambda code: (standing[code].preference, standing[code].pk)
    )
    if before == list(codes):
        return
    for place, code in enumerate(codes, 1):
        standing[code].preference = place
    Nomination.objects.bulk_update(standing.values(), ["preference"])
    audit.record(
        actor=actor,
        verb="nominations.ordered",
        target=organisation,
        at=now,
        scope=call.slug,
        before={"order": before},
        after={"order": list(codes)},
    )
