"""Certificates one by one: against the rule, revoked, issued anew, shown to others."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.kernel.access import require
from mosty.kernel.names import clean
from mosty.kernel.refusal import Refusal
from mosty.outbox.models import Link
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training import letters, policies
from mosty.training.actions import minting
from mosty.training.models import Certificate
from mosty.training.queries.contents import Frame
from mosty.training.queries.readiness import frame_or_refusal
from mosty.training.queries.standing import Status, standings


class CannotIssue(Refusal):
    """No certificate can be issued now, or not for this person."""


class CannotRevoke(Refusal):
    """The certificate cannot be revoked, or not without saying why."""


@transaction.atomic(durable=True)
def issue_against_rule(
    *, offer: Offer, reason: str, actor: User, now: datetime
) -> Certificate:
    """
    Issue a certificate to somebody whom the batch passes over.

    She did not complete by the rule, or her certificate was revoked.

    The reason stays in the ledger and is never shown on the certificate.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotIssue: if it is too early, no reason is given, she was never there, has
        one already or has given her seat back.
    """
    course = offer.seat.call.course
    require(policies.can_issue(actor, course))
    frame = ready(course, now)
    if not reason.strip():
        sentence = _("Say why the rule does not hold here.")
        raise CannotIssue(sentence, fields={"reason": sentence})
    held = minting.locked([offer.pk])
    if not held:
        raise CannotIssue(_("This person has given her seat back."))
    offer = held[0]
    standing = standings([course.pk], now)[offer.pk]
    is_first = not Certificate.objects.filter(offer=offer).exists()
    if is_first and standing.status == Status.COMPLETED:
        raise CannotIssue(
            _("This person completed the course: issue the certificates of everybody.")
        )
    if standing.status == Status.NO_PART:
        raise CannotIssue(_("This person was present at no session."))
    made = minting.mint(
        [
            (
                offer,
                frame.content(
                    offer.nomination, minutes=standing.attended, of=standing.total
                ),
            )
        ],
        course=course,
        actor=actor,
        now=now,
        exception=reason.strip(),
    )
    if not made:
        raise CannotIssue(_("This person has a certificate already."))
    return made[0]


def ready(course: Course, now: datetime) -> Frame:
    """
    Return what certificates of ``course`` say, if they can be issued now.

    :raises CannotIssue: if the course is not over, or nothing says what they say.
    """
    frame, refusal = frame_or_refusal(course, now)
    if frame is None:
        raise CannotIssue(refusal)
    return frame


@transaction.atomic(durable=True)
def revoke(
    *, certificate: Certificate, reason: str, actor: User, now: datetime
) -> Certificate:
    """
    Say that a certificate no longer holds; whoever checks its number learns so.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotRevoke: if no reason is given, or it was revoked before.
    """
    require(policies.can_issue(actor, certificate.offer.seat.call.course))
    certificate = _revoke(certificate, reason, actor, now)
    letters.revoked(certificate=certificate, now=now)
    return certificate


@transaction.atomic(durable=True)
def reissue(
    *, certificate: Certificate, name: str, reason: str, actor: User, now: datetime
) -> Certificate:
    """
    Replace a certificate by one with another name on it, and a number of its own.

    All else it says stays as it was.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotRevoke: if no name or reason is given, the name is the same, or it was
        revoked before.
    """
    course = certificate.offer.seat.call.course
    require(policies.can_issue(actor, course))
    name = clean(name)
    if not name or name == certificate.content["name"]:
        sentence = _("Write the name as it should stand on the new certificate.")
        raise CannotRevoke(sentence, fields={"name": sentence})
    old = _revoke(certificate, reason, actor, now)
    made = minting.mint(
        [(old.offer, {**old.content, "name": name})],
        course=course,
        actor=actor,
        now=now,
        exception=old.exception,
        replaces=old,
    )
    if not made:
        # Somebody issued one in this moment; nothing of ours is kept.
        raise CannotRevoke(_("This person has a newer certificate already."))
    return made[0]


def _revoke(
    certificate: Certificate, reason: str, actor: User, now: datetime
) -> Certificate:
    row = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related(
            "offer__nomination__call__course__programme", "offer__seat__call__course"
        )
        .get(pk=certificate.pk)
    )
    if row.state != Certificate.State.ISSUED:
        raise CannotRevoke(_("This certificate was revoked before."))
    if not reason.strip():
        sentence = _("Say why the certificate is revoked.")
        raise CannotRevoke(sentence, fields={"reason": sentence})
    row.state = Certificate.State.REVOKED
    row.revoked_at, row.revoked_by = now, actor.ledger_label
    row.revoked_reason = reason.strip()
    row.save(update_fields=["state", "revoked_at", "revoked_by", "revoked_reason"])
    audit.record(
        actor=actor,
        verb="certificate.revoked",
        target=row,
        at=now,
        scope=row.offer.seat.call.course.programme.slug,
        reason=row.revoked_reason,
    )
    return row


@transaction.atomic(durable=True)
def show_name(
    *, certificate: Certificate, shows: bool, actor: Link | Actor, now: datetime
) -> Certificate:
    """
    Let whoever checks the number see the holder's name, or no longer.

    :raises PermissionDenied: if ``actor`` is not the holder.
    """
    require(policies.can_show(actor, certificate))
    row = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if row.shows_name == shows:
        return row
    row.shows_name = shows
    row.save(update_fields=["shows_name"])
    audit.record(
        actor=actor,
        verb="certificate.name_shown" if shows else "certificate.name_hidden",
        target=row,
        at=now,
        scope=certificate.offer.seat.call.course.programme.slug,
    )
    return row


__all__ = [
    "CannotIssue",
    "CannotRevoke",
    "issue_against_rule",
    "ready",
    "reissue",
    "revoke",
    "show_name",
]
