"""Agreements: written, put into force, reviewed, ended; their documents."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.files import CannotTake, Kind, examine, on_disk, safe_name
from mosty.kernel.locks import hold
from mosty.kernel.names import clean
from mosty.kernel.refusal import Refusal
from mosty.partnerships import policies
from mosty.partnerships.models import Agreement, AgreementFile
from mosty.programmes.actions.rows import refuse_unless_valid

# What is signed, or about to be: no pictures, sounds or tables.
KINDS = frozenset({"pdf", "docx", "odt"})


class CannotAgree(Refusal):
    """The agreement cannot be kept so; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an agreement says."""

    title: str
    parties: tuple[str, ...]
    scope: str = ""
    roles: str = ""
    resources: str = ""
    data_sharing: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    review_on: date | None = None


FIELDS = tuple(Details.__dataclass_fields__)


@transaction.atomic(durable=True)
def make(
    *, city: Organisation, details: Details, actor: User, now: datetime
) -> Agreement:
    """
    Write down an agreement of ``city``; it is being prepared until it is in force.

    :raises PermissionDenied: if ``actor`` is no contact of the city.
    :raises CannotAgree: if something is missing, or one of that title is there.
    """
    require(policies.can_keep_agreements(actor, city))
    row = Agreement(city=city, created_at=now, created_by=actor.ledger_label)
    _write(row, details)
    row.save()
    _note("agreement.made", row, actor, now)
    return row


@transaction.atomic(durable=True)
def change(
    *, agreement: Agreement, details: Details, seen: int, actor: User, now: datetime
) -> Agreement:
    """
    Change what an agreement says. Saying the same again changes nothing.

    :raises PermissionDenied: if ``actor`` is no contact of the city.
    :raises CannotAgree: if somebody changed it after ``seen``, it has ended, or
        something is missing.
    """
    row = _locked(agreement, actor)
    was = {name: getattr(row, name) for name in FIELDS}
    _write(row, details)
    changed = [name for name in FIELDS if getattr(row, name) != was[name]]
    if changed:
        _refuse_unless_seen(row, seen)
        _save(row)
        _note("agreement.changed", row, actor, now, after={"fields": changed})
    return row


@transaction.atomic(durable=True)
def put_in_force(
    *, agreement: Agreement, seen: int, actor: User, now: datetime
) -> Agreement:
    """
    Say that an agreement holds. Twice is as once.

    :raises PermissionDenied: if ``actor`` is no contact of the city.
    :raises CannotAgree: if it has no start, has ended, or somebody changed it.
    """
    row = _locked(agreement, actor)
    if row.state == Agreement.State.IN_FORCE:
        return row
    _refuse_unless_seen(row, seen)
    if row.starts_on is None:
        raise CannotAgree(_("Say from which day the agreement holds."))
    row.state = Agreement.State.IN_FORCE
    _save(row)
    _note("agreement.in_force", row, actor, now)
    return row


@transaction.atomic(durable=True)
def review(
    *,
    agreement: Agreement,
    next_on: date | None,
    seen: int,
    actor: User,
    now: datetime,
) -> Agreement:
    """
    Say that an agreement was reviewed, and when it is next.

    :raises PermissionDenied: if ``actor`` is no contact of the city.
    :raises CannotAgree: if it is not in force, the next day is not to come, or somebody
        changed it.
    """
    row = _locked(agreement, actor)
    if row.state != Agreement.State.IN_FORCE:
        raise CannotAgree(_("Only an agreement in force is reviewed."))
    if next_on is not None and next_on <= now.date():
        sentence = _("The next review is on a day to come.")
        raise CannotAgree(sentence, fields={"next_on": sentence})
    _refuse_unless_seen(row, seen)
    before = {"review_on": _iso(row.review_on)}
    row.review_on = next_on
    _save(row)
    after = {"review_on": _iso(next_on)}
    _note("agreement.reviewed", row, actor, now, before=before, after=after)
    return row


@transaction.atomic(durable=True)
def end(
    *, agreement: Agreement, reason: str, seen: int, actor: User, now: datetime
) -> Agreement:
    """
    End an agreement, with a reason that stays in the city. Twice is as once.

    :raises PermissionDenied: if ``actor`` is no contact of the city.
    :raises CannotAgree: if no reason is given, it never held, or somebody changed it.
    """
    require(policies.can_keep_agreements(actor, agreement.city))
    row = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if row.state == Agreement.State.ENDED:
        return row
    reason = clean(reason)
    if not reason:
        sentence = _("Say why the agreement ends.")
        raise CannotAgree(sentence, fields={"reason": sentence})
    if row.state != Agreement.State.IN_FORCE:
        raise CannotAgree(_("Only an agreement in force can end."))
    _refuse_unless_seen(row, seen)
    row.state = Agreement.State.ENDED
    row.ended_reason = reason[:500]
    _save(row)
    _note("agreement.ended", row, actor, now)
    return row


@transaction.atomic(durable=True)
def add_file(
    *, agreement: Agreement, content: bytes, name: str, actor: User, now: datetime
) -> AgreementFile:
    """
    Add the document, or a newer one; older ones stay. The same one again is as once.

    :raises PermissionDenied: if ``actor`` is no contact of the city.
    :raises CannotTake: if it is no PDF, DOCX or ODT.
    """
    require(policies.can_keep_agreements(actor, agreement.city))
    kind = _kind(content, name)
    row = Agreement.objects.select_for_update().get(pk=agreement.pk)
    sha256 = hashlib.sha256(content).hexdigest()
    if there := row.files.filter(sha256=sha256).first():
        return there
    document = AgreementFile(
        agreement=row,
        number=row.files.count() + 1,
        name=safe_name(name, kind),
        size=len(content),
        sha256=sha256,
        content_type=kind.content_type,
        added_at=now,
        added_by=actor.ledger_label,
    )
    after = {"version": document.number, "sha256": sha256}
    with on_disk(document.file, document.name, content):
        document.save()
        _note("agreement.document_added", row, actor, now, after=after)
    return document


def _kind(content: bytes, name: str) -> Kind:
    """Return what kind of document it is, or refuse it."""
    try:
        kind = examine(content, name)
    except CannotTake as refusal:
        raise CannotTake(
            refusal.sentence, fields={"file": refusal.sentence}
        ) from refusal
    if kind.ending not in KINDS:
        sentence = _("Send the document as PDF, DOCX or ODT.")
        raise CannotTake(sentence, fields={"file": sentence})
    return kind


def _locked(agreement: Agreement, actor: User) -> Agreement:
    require(policies.can_keep_agreements(actor, agreement.city))
    row = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if row.state == Agreement.State.ENDED:
        raise CannotAgree(_("The agreement has ended."))
    return row


def _refuse_unless_seen(row: Agreement, seen: int) -> None:
    if row.revision != seen:
        raise CannotAgree(_("Somebody else has changed this meanwhile. Open it again."))


def _save(row: Agreement) -> None:
    row.revision += 1
    row.save()


def _write(row: Agreement, details: Details) -> None:
    """Put ``details`` in ``row``, or refuse them."""
    for name, value in asdict(details).items():
        setattr(row, name, value)
    row.title = clean(details.title)
    row.parties = [one for one in map(clean, details.parties) if one]
    # Whether a city has one of this title is looked up, and holds until this is done.
    hold("partnerships.agreements", row.city_id)
    refuse_unless_valid(row, CannotAgree)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _note(
    verb: str,
    row: Agreement,
    actor: User,
    now: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write into the ledger what happened, without title or parties: others read it."""
    audit.record(
        actor=actor,
        verb=verb,
        target=row,
        at=now,
        scope=row.city.slug,
        before=before,
        after=after,
    )
