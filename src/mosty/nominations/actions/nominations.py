"""Nominations: saved, submitted, changed, withdrawn, put in order, checked, answered."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations import policies
from mosty.nominations.actions import duplicates, letters
from mosty.nominations.actions.entries import (
    LIVE,
    CannotNominate,
    Person,
    lock,
    require_open,
    require_rules,
    standing_of,
    takes_part,
)
from mosty.nominations.models import Call, Comment, Needs, Nomination
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link

# Needs are deleted so long after the course, or after closing where it has no date.
KEEP_NEEDS = timedelta(days=30)
KEEP_NEEDS_WITHOUT_DATE = timedelta(days=180)


class CannotAnswer(Refusal):
    """The nominee cannot answer now."""


class CannotWithdraw(Refusal):
    """The nomination cannot be withdrawn now."""


@transaction.atomic(durable=True)
def nominate(
    *,
    call: Call,
    organisation: Organisation,
    person: Person,
    submit: bool,
    actor: Actor,
    now: datetime,
) -> Nomination:
    """
    Nominate somebody for a city, or save a draft of it.

    A draft may leave rules about the person open, never the number of nominations.

    :raises PermissionDenied: if ``actor`` does not speak for the city.
    :raises CannotNominate: if the call is not open, or a rule is not kept.
    """
    require(policies.can_nominate(actor, call, organisation.pk))
    lock(call, organisation)
    require_open(call, now)
    require_rules(
        call=call,
        person=person,
        organisation=organisation,
        takes_part=takes_part(call, organisation),
        standing=standing_of(call, organisation),
    )
    last = Nomination.objects.filter(
        call=call, organisation=organisation, state__in=LIVE
    ).aggregate(last=Max("preference"))["last"]
    nomination = person.onto(
        Nomination(
            call=call,
            organisation=organisation,
            preference=(last or 0) + 1,
            created_at=now,
            changed_at=now,
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
        letters.nominated(nomination=nomination, now=now, at_once=True)
    return nomination


@transaction.atomic(durable=True)
def change(
    *, nomination: Nomination, person: Person, submit: bool, actor: Actor, now: datetime
) -> Nomination:
    """
    Change a nomination while the call is open; submit it if it is a draft.

    A new e-mail address makes the old link useless: the nominee is told anew.

    :raises PermissionDenied: if ``actor`` does not speak for the city.
    :raises CannotNominate: if the call is not open, the nomination is withdrawn, or a
        rule is not kept.
    """
    call, organisation = nomination.call, nomination.organisation
    require(policies.can_nominate(actor, call, organisation.pk))
    lock(call, organisation)
    require_open(call, now)
    nomination = Nomination.objects.select_for_update(of=("self",)).get(
        pk=nomination.pk
    )
    nomination.call, nomination.organisation = call, organisation
    if nomination.state not in LIVE:
        raise CannotNominate(_("This nomination has been withdrawn."))
    require_rules(
        call=call,
        person=person,
        organisation=organisation,
        takes_part=takes_part(call, organisation),
        standing=None,
    )
    changed = [
        name
        for name in Person.__dataclass_fields__
        if getattr(nomination, name) != getattr(person, name)
    ]
    before = {"state": nomination.state}
    new_address = nomination.email.casefold() != person.email.casefold()
    person.onto(nomination)
    nomination.changed_at = now
    submitting = submit and nomination.state == Nomination.State.DRAFT
    if submitting:
        nomination.state = Nomination.State.SUBMITTED
        nomination.submitted_at = now
    if new_address:
        outbox.revoke_links(
            purpose=Link.Purpose.CONFIRM, subject=nomination.code, now=now
        )
        nomination.answer = Nomination.Answer.PENDING
        nomination.answered_at = nomination.notice_version = None
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
    if nomination.state == Nomination.State.SUBMITTED and (submitting or changed):
        duplicates.note(nomination)
        if submitting or new_address:
            letters.nominated(nomination=nomination, now=now, at_once=True)
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
    call = nomination.call
    require(policies.can_nominate(actor, call, nomination.organisation_id))
    lock(call, nomination.organisation)
    nomination = Nomination.objects.select_for_update(of=("self",)).get(
        pk=nomination.pk
    )
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
    before = sorted(standing, key=lambda code: standing[code].preference)
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


@transaction.atomic(durable=True)
def check(
    *, nomination: Nomination, passed: bool, actor: Actor, now: datetime
) -> Nomination:
    """
    Note that the secretariat has checked a nomination, or take that back.

    :raises PermissionDenied: if ``actor`` does not gather the call.
    :raises CannotNominate: if the nomination is not submitted.
    """
    require(policies.can_gather(actor, nomination.call))
    nomination = Nomination.objects.select_for_update(of=("self",)).get(
        pk=nomination.pk
    )
    if nomination.state != Nomination.State.SUBMITTED:
        raise CannotNominate(_("Only a submitted nomination is checked."))
    if (nomination.checked_at is not None) == passed:
        return nomination
    nomination.checked_at = now if passed else None
    nomination.save(update_fields=["checked_at"])
    audit.record(
        actor=actor,
        verb="nomination.checked" if passed else "nomination.unchecked",
        target=nomination,
        at=now,
        scope=nomination.call.slug,
    )
    return nomination


@transaction.atomic(durable=True)
def comment(
    *, nomination: Nomination, text: str, for_city: bool, actor: Actor, now: datetime
) -> Comment:
    """
    Write a note on a nomination. A city's notes are always read by both sides.

    :raises PermissionDenied: if ``actor`` neither gathers the call nor is the city.
    :raises CannotNominate: if the note is empty.
    """
    require(policies.can_comment(actor, nomination))
    if not text.strip():
        raise CannotNominate(
            _("The comment is empty."), fields={"text": _("Write the comment.")}
        )
    comment = Comment.objects.create(
        nomination=nomination,
        author=actor.ledger_label,
        text=text.strip(),
        written_at=now,
        for_city=for_city or not policies.can_gather(actor, nomination.call),
    )
    audit.record(
        actor=actor,
        verb="nomination.commented",
        target=nomination,
        at=now,
        scope=nomination.call.slug,
    )
    return comment


@transaction.atomic(durable=True)
def answer(
    *,
    nomination: Nomination,
    confirm: bool,
    diet: str = "",
    access: str = "",
    actor: Actor,
    now: datetime,
) -> Nomination:
    """
    Take the nominee's own answer: she has read the notice and confirms or declines.

    May be given again until the selection, the last answer counts. Needs are kept
    only with a confirmation, apart, and not after the course.

    :raises PermissionDenied: if ``actor`` is not this nominee's link.
    :raises CannotAnswer: if the nomination is not submitted any more.
    """
    require(policies.can_answer(actor, nomination))
    call = nomination.call
    nomination = Nomination.objects.select_for_update(of=("self",)).get(
        pk=nomination.pk
    )
    if nomination.state != Nomination.State.SUBMITTED:
        raise CannotAnswer(_("Your city has withdrawn this nomination."))
    before = nomination.answer
    nomination.answer = (
        Nomination.Answer.CONFIRMED if confirm else Nomination.Answer.DECLINED
    )
    nomination.answered_at = now
    nomination.notice_version = call.notice_version
    nomination.save(update_fields=["answer", "answered_at", "notice_version"])
    if confirm and (diet.strip() or access.strip()):
        Needs.objects.update_or_create(
            nomination=nomination,
            defaults={
                "diet": diet.strip(),
                "access": access.strip(),
                "delete_after": _needs_end(call, now),
            },
        )
    else:
        Needs.objects.filter(nomination=nomination).delete()
    audit.record(
        actor=actor,
        verb="nominee.confirmed" if confirm else "nominee.declined",
        target=nomination,
        at=now,
        scope=call.slug,
        before={"answer": before},
        after={"answer": nomination.answer, "notice": call.notice_version},
    )
    return nomination


def _needs_end(call: Call, now: datetime) -> date:
    """Return the day after which needs are deleted."""
    if call.course.ends_on is not None:
        return max(call.course.ends_on, now.date()) + KEEP_NEEDS
    return max(call.closes_at, now).date() + KEEP_NEEDS_WITHOUT_DATE


@transaction.atomic(durable=True)
def delete_old_needs(*, actor: Actor, now: datetime) -> int:
    """
    Delete needs whose day has passed; return how many.

    :raises PermissionDenied: if ``actor`` is not the installation itself.
    """
    require(policies.can_sweep(actor))
    due = Needs.objects.filter(delete_after__lt=now.date()).select_related(
        "nomination__call"
    )
    deleted = 0
    for needs in due.select_for_update(of=("self",)):
        audit.record(
            actor=actor,
            verb="needs.deleted",
            target=needs.nomination,
            at=now,
            scope=needs.nomination.call.slug,
        )
        needs.delete()
        deleted += 1
    return deleted
