"""Calls: made, published, changed, cancelled; and the seed of their draw."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.nominations import policies
from mosty.nominations.actions import notices
from mosty.nominations.models import Call, RulesVersion
from mosty.nominations.queries import calls_desk, participants
from mosty.nominations.rules import BadRules, Rules, parse
from mosty.outbox import actions as outbox
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course

# Words that stand in addresses where a call's own stands.
RESERVED = frozenset({"calls", "new", "preview"})
TOO_LATE = _("The call must close on a day before the course begins.")


class CannotEdit(Refusal):
    """The call cannot be changed in this way now."""


class CannotPublish(Refusal):
    """Something that a published call must have is missing."""


@dataclass(frozen=True, slots=True)
class CallText:
    """Everything of a call but its course and its rules."""

    slug: str
    opens_at: datetime
    closes_at: datetime
    channel: Organisation
    contact: str
    contact_email: str
    costs: LazyI18nString
    notice: LazyI18nString
    seed_source: LazyI18nString
    casting: str = Call.Casting.SEED


@transaction.atomic(durable=True)
def create(
    *,
    course: Course,
    text: CallText,
    rules: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> Call:
    """
    Make a call, as a draft, with version 1 of its rules.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotEdit: if the rules or times make no sense, or the course has a call.
    """
    require(isinstance(actor, User) and programmes.can_edit(actor, course.programme))
    checked = _checked(rules)
    _check_text(text)
    try:
        with transaction.atomic():
            call = Call.objects.create(course=course, **_values(text))
    except IntegrityError as clash:
        raise _clash(clash) from clash
    _store(call, checked, number=1, reason="", actor=actor, now=now)
    audit.record(
        actor=actor,
        verb="call.created",
        target=call,
        at=now,
        scope=call.slug,
        after={"rules": checked.as_json()},
    )
    return call


@transaction.atomic(durable=True)
def edit(
    *, call: Call, text: CallText, rules: Mapping[str, Any], actor: Actor, now: datetime
) -> Call:
    """
    Change a call that is still a draft.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotEdit: if the call is published, or rules or times make no sense.
    """
    require(policies.can_edit_call(actor, call))
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.state != Call.State.DRAFT:
        raise CannotEdit(
            _(
                "The call is published. Change its rules with a reason, as a new version."
            )
        )
    checked = _checked(rules)
    _check_text(text)
    before = call.rules_version
    for name, value in _values(text).items():
        setattr(call, name, value)
    try:
        with transaction.atomic():
            call.save()
    except IntegrityError as clash:
        raise _clash(clash) from clash
    changed = before.stored != checked.as_json()
    if changed:
        RulesVersion.objects.filter(pk=before.pk).update(
            stored=checked.as_json(), made_by=actor.ledger_label, made_at=now
        )
        call.forget_rules()
    audit.record(
        actor=actor,
        verb="call.edited",
        target=call,
        at=now,
        scope=call.slug,
        before={"rules": before.stored} if changed else {},
        after={"rules": checked.as_json()} if changed else {},
    )
    return call


@transaction.atomic(durable=True)
def publish(*, call: Call, actor: Actor, now: datetime) -> Call:
    """
    Publish a draft: its rules are frozen, and it opens at its hour.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotPublish: if it is no draft, would close in the past or once the course
        has begun, or does not name the source of its seed.
    """
    require(policies.can_edit_call(actor, call))
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.state != Call.State.DRAFT:
        raise CannotPublish(_("This call has already been published."))
    if call.closes_at <= now:
        raise CannotPublish(_("The closing time has passed. Set a later one."))
    if _closes_too_late(call, call.closes_at):
        raise CannotPublish(TOO_LATE)
    if not str(call.seed_source).strip():
        raise CannotPublish(
            _(
                "Name the source of the draw's seed: it must be known before the call closes."
            )
        )
    if not str(call.notice).strip():
        raise CannotPublish(
            _("Write the privacy notice that nominated people will read.")
        )
    call.state = Call.State.PUBLISHED
    call.published_at = now
    call.save(update_fields=["state", "published_at"])
    audit.record(
        actor=actor,
        verb="call.published",
        target=call,
        at=now,
        scope=call.slug,
        after={
            "rules": call.rules_version.number,
            "seed_source": str(call.seed_source),
            "casting": call.casting,
        },
    )
    return call


@transaction.atomic(durable=True)
def change_rules(
    *,
    call: Call,
    rules: Mapping[str, Any],
    reason: str,
    actor: Actor,
    now: datetime,
    seen: int | None = None,
) -> RulesVersion:
    """
    Give a published call a new version of its rules, and tell everybody who nominated.

    ``seen`` is the number of the version that the form was opened on, where there was one.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotEdit: if the call is not published, no reason is given, nothing
        changes, another version has come since she opened the form, the rules make no
        sense, or the seed is known and the rules in force can be kept.
    """
    require(policies.can_edit_call(actor, call))
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.state != Call.State.PUBLISHED:
        raise CannotEdit(_("Only a published call has versions of its rules."))
    if not reason.strip():
        raise CannotEdit(
            _("Say why the rules change: everybody who nominated will read it."),
            fields={"reason": _("Enter the reason.")},
        )
    before = call.rules_version
    if seen is not None and seen != before.number:
        raise CannotEdit(
            _(
                "Somebody else has changed the rules meanwhile: version %(number)s. What "
                "you typed is still here: compare it with that version, then save again."
            )
            % {"number": before.number}
        )
    # Whoever knows the seed could otherwise choose the rules by whom they select.
    if not calls_desk.may_rules_change(call):
        raise CannotEdit(
            _(
                "The seed of the draw is known, so the rules stay. They can change only "
                "after a draw has found that no group keeps them."
            )
        )
    checked = _checked(rules)
    if before.stored == checked.as_json():
        raise CannotEdit(_("The rules are the same as before."))
    version = _store(
        call,
        checked,
        number=before.number + 1,
        reason=reason.strip(),
        actor=actor,
        now=now,
    )
    audit.record(
        actor=actor,
        verb="call.rules_changed",
        target=call,
        at=now,
        scope=call.slug,
        reason=reason.strip(),
        before={"rules": before.stored},
        after={"rules": version.stored, "number": version.number},
    )
    notices.rules_changed(call=call, version=version, now=now)
    return version


@transaction.atomic(durable=True)
def move_closing(
    *, call: Call, closes_at: datetime, reason: str, actor: Actor, now: datetime
) -> Call:
    """
    Move the closing time of a published call that has not closed yet, and tell cities.

    Links by which cities nominate live as long as the call.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotEdit: if the call has closed, the new time is past or once the course
        has begun, or no reason.
    """
    require(policies.can_edit_call(actor, call))
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.state != Call.State.PUBLISHED or call.is_closed(now):
        raise CannotEdit(
            _("The closing time can be moved only while the call is open.")
        )
    if not reason.strip():
        raise CannotEdit(
            _("Say why the closing time moves."),
            fields={"reason": _("Enter the reason.")},
        )
    if closes_at <= now or closes_at <= call.opens_at:
        sentence = _("The new closing time must lie in the future.")
        raise CannotEdit(sentence, fields={"closes_at": sentence})
    if _closes_too_late(call, closes_at):
        raise CannotEdit(TOO_LATE, fields={"closes_at": TOO_LATE})
    before = call.closes_at
    if closes_at == before:
        raise CannotEdit(_("The call closes then already."))
    call.closes_at = closes_at
    call.save(update_fields=["closes_at"])
    audit.record(
        actor=actor,
        verb="call.closing_moved",
        target=call,
        at=now,
        scope=call.slug,
        reason=reason.strip(),
        before={"closes_at": before.isoformat()},
        after={"closes_at": closes_at.isoformat()},
    )
    notices.closing_moved(call=call, reason=reason.strip(), now=now)
    return call


@transaction.atomic(durable=True)
def cancel(*, call: Call, reason: str, actor: Actor, now: datetime) -> Call:
    """
    Cancel a call and tell its cities; what was nominated stays on record.

    Messages about it that nobody has let leave are withdrawn.

    Whoever was offered a seat, or has one, loses it and is told within minutes: the
    selection sweeps, and takes no answer any more.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotEdit: if it is cancelled already, or no reason is given.
    """
    require(policies.can_edit_call(actor, call))
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.state == Call.State.CANCELLED:
        raise CannotEdit(_("This call has already been cancelled."))
    if not reason.strip():
        raise CannotEdit(
            _("Say why the call is cancelled."),
            fields={"reason": _("Enter the reason.")},
        )
    before = call.state
    call.state = Call.State.CANCELLED
    call.cancelled_at, call.cancel_reason = now, reason.strip()
    call.save(update_fields=["state", "cancelled_at", "cancel_reason"])
    audit.record(
        actor=actor,
        verb="call.cancelled",
        target=call,
        at=now,
        scope=call.slug,
        reason=reason.strip(),
        before={"state": before},
        after={"state": call.state},
    )
    # An offer or a question that nobody has let leave would only mislead.
    outbox.withdraw_unread(scope=call.slug, reason=reason.strip(), actor=actor, now=now)
    notices.cancelled(call=call, reason=reason.strip(), now=now)
    return call


def closing_moment(
    last_day: date, zone: ZoneInfo, last_minute: time = time(23, 59)
) -> datetime:
    """
    Return the first moment after ``last_minute`` of ``last_day``, all of which counts.

    Without a minute 23:59:59 still counts, on any clock.

    :raises ValueError: if clocks do not show that minute, or show it twice, that day.
    """
    there = datetime.combine(last_day, last_minute, tzinfo=zone)
    if there.utcoffset() != there.replace(fold=1).utcoffset():
        raise ValueError(last_minute)
    # Through UTC: on the clocks themselves a minute later may be an hour later.
    return (there.astimezone(UTC) + timedelta(minutes=1)).astimezone(zone)


def _values(text: CallText) -> dict[str, Any]:
    return {field.name: getattr(text, field.name) for field in fields(text)}


def _checked(rules: Mapping[str, Any]) -> Rules:
    try:
        checked = parse(rules)
    except BadRules as bad:
        raise _bad(
            {mistake.field: mistake.sentence for mistake in bad.mistakes}
        ) from bad
    unknown = participants.unknown(checked)
    if unknown:
        raise _bad(unknown)
    return checked


def _bad(fields: Mapping[str, object]) -> CannotEdit:
    return CannotEdit(_("The rules do not fit together."), fields=fields)


def _closes_too_late(call: Call, closes_at: datetime) -> bool:
    """Test if nominations could still come in once the course has begun."""
    begins, programme = call.course.starts_on, call.course.programme
    return begins is not None and programme.local(closes_at).date() >= begins


def _check_text(text: CallText) -> None:
    if text.slug in RESERVED:
        sentence = _("The site itself uses this word. Choose another address.")
        raise CannotEdit(sentence, fields={"slug": sentence})
    if text.closes_at <= text.opens_at:
        sentence = _("The call must close after it opens.")
        raise CannotEdit(sentence, fields={"closes_at": sentence})


def _clash(clash: IntegrityError) -> CannotEdit:
    if "call_one_per_course" in str(clash):
        return CannotEdit(_("This course already has a call. Cancel it first."))
    sentence = _("Another call has this address. Choose another one.")
    return CannotEdit(sentence, fields={"slug": sentence})


def _store(
    call: Call, rules: Rules, *, number: int, reason: str, actor: Actor, now: datetime
) -> RulesVersion:
    call.forget_rules()
    return RulesVersion.objects.create(
        call=call,
        number=number,
        stored=rules.as_json(),
        reason=reason,
        made_by=actor.ledger_label,
        made_at=now,
    )
