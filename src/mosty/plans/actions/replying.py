"""How a check-in is answered: whole, once; a correction is a new reply with a reason."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.kernel.access import require
from mosty.kernel.files import CannotTake, Kind, examine, on_disk, safe_name
from mosty.kernel.refusal import Refusal
from mosty.outbox import actions as outbox
from mosty.outbox.models import Message
from mosty.plans import policies
from mosty.plans.actions.drafting import scope_of
from mosty.plans.models import (
    Action,
    CheckIn,
    Evidence,
    HelpKind,
    HelpNote,
    Plan,
    Reply,
    Report,
    Status,
)


class CannotReply(Refusal):
    """The check-in cannot be answered so; ``fields`` are named as the form's are."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent: what is in it, and what the sender called it."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one action."""

    action: int
    status: str
    percent: int | None = None
    happened: str = ""
    obstacle: str = ""
    evidence_url: str = ""
    file: Sent | None = None
    # Files of the reply that this one corrects, which are carried on.
    kept_files: frozenset[int] = field(default_factory=frozenset)
    help_kind: str = ""
    help_text: str = ""


@transaction.atomic(durable=True)
def send(
    *,
    check_in: CheckIn,
    said: Sequence[Said],
    seen: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> Reply:
    """
    Keep what a city answers to a check-in.

    ``seen`` is how many replies the sender knew of: of two that answer at once, the
    second is told, and sends a correction if she has more to say.

    :raises PermissionDenied: if ``actor`` holds neither its link nor the city's role.
    :raises CannotReply: if it was answered meanwhile, something is not said, the plan is
        closed, or a correction gives no reason.
    :raises CannotTake: if a file is of a kind that is not taken.
    """
    require(policies.can_answer(actor, check_in))
    check_in = (
        CheckIn.objects.select_for_update(of=("self",))
        .select_related("plan__programme", "plan__owner")
        .get(pk=check_in.pk)
    )
    plan = check_in.plan
    last = check_in.replies.order_by("-number").first()
    number = last.number + 1 if last else 1
    _refuse_time(check_in, plan, seen, number, now)
    if number > 1 and not reason.strip():
        sentence = _("Say why you correct what was sent.")
        raise CannotReply(sentence, fields={"reason": sentence})
    actions = {
        action.pk: action
        for action in Action.objects.select_for_update()
        .filter(plan=plan)
        .order_by("pk")
    }
    by_action = {one.action: one for one in said}
    if set(by_action) != set(actions):
        raise CannotReply(
            _(
                "The plan's actions changed while you were answering. Look through them "
                "once more, and send."
            )
        )
    # All of it is looked at before anything is kept, a file on the disk above all.
    checked = [_checked(actions[key], one) for key, one in by_action.items()]
    reply = Reply.objects.create(
        check_in=check_in,
        number=number,
        sent_at=now,
        sent_by=actor.ledger_label,
        reason=reason.strip()[:500] if number > 1 else "",
    )
    for one in checked:
        _report(reply, last, one, actor, now)
    outbox.withdraw_unread(
        scope=scope_of(plan),
        among=Message.objects.filter(
            kind__in=("plans.check_in", "plans.reminder", "plans.escalation"),
            key__contains=f":{check_in.code}:",
        ),
        reason=str(_("The check-in has been answered.")),
        actor=actor,
        now=now,
    )
    audit.record(
        actor=actor,
        verb="check_in.corrected" if number > 1 else "check_in.answered",
        target=check_in,
        at=now,
        scope=scope_of(plan),
        reason=reply.reason,
        after={
            "reply": number,
            "months": check_in.months,
            **{
                str(status): sum(one.status == status for one in said)
                for status in Status
            },
        },
    )
    return reply


def _refuse_time(
    check_in: CheckIn, plan: Plan, seen: int, number: int, now: datetime
) -> None:
    if plan.state == Plan.State.CLOSED:
        raise CannotReply(_("This plan is closed: no check-in is awaited any more."))
    if plan.programme.local(now).date() < check_in.due_on:
        raise CannotReply(_("The day of this check-in has not come yet."))
    if seen != number - 1:
        raise CannotReply(
            _(
                "Somebody of your city sent this check-in meanwhile. Look at what was "
                "sent; if something is missing, correct it."
            )
        )


@dataclass(frozen=True, slots=True)
class _Checked:
    """What is said of one action, once nothing of it can be refused any more."""

    action: Action
    said: Said
    status: str
    percent: int
    url: str
    kind: Kind | None


def _checked(action: Action, said: Said) -> _Checked:
    status, percent = _standing(action, said)
    if said.help_kind and (
        said.help_kind not in HelpKind.values or not said.help_text.strip()
    ):
        sentence = _("Say what help this is about.")
        raise CannotReply(sentence, fields={f"a{action.pk}-help_text": sentence})
    kind = None
    if said.file is not None:
        try:
            kind = examine(said.file.content, said.file.name)
        except CannotTake as refusal:
            fields = {f"a{action.pk}-file": refusal.sentence}
            raise CannotTake(refusal.sentence, fields=fields) from refusal
    url = _address(action, said.evidence_url)
    return _Checked(action, said, status, percent, url, kind)


def _report(
    reply: Reply, last: Reply | None, checked: _Checked, actor: Actor, now: datetime
) -> None:
    action, said = checked.action, checked.said
    report = Report.objects.create(
        action=action,
        reply=reply,
        said_at=now,
        said_by=actor.ledger_label,
        status=checked.status,
        percent=checked.percent,
        happened=said.happened.strip()[:2000],
        obstacle=said.obstacle.strip()[:2000],
        evidence_url=checked.url,
    )
    if said.kept_files and last is not None:
        kept = Evidence.objects.filter(
            pk__in=said.kept_files, report__reply=last, report__action=action
        )
        Evidence.objects.bulk_create(
            Evidence(
                report=report,
                file=one.file.name,
                name=one.name,
                size=one.size,
                sha256=one.sha256,
                content_type=one.content_type,
            )
            for one in kept
        )
    if said.file is not None and checked.kind is not None:
        _keep(report, said.file, checked.kind)
    _help(action, said, actor, now)


def _standing(action: Action, said: Said) -> tuple[str, int]:
    """Return status and percent that fit together, as the constraint wants them."""
    if said.status not in Status.values:
        sentence = _("Say how this action stands.")
        raise CannotReply(sentence, fields={f"a{action.pk}-status": sentence})
    if said.status == Status.NOT_STARTED:
        return said.status, 0
    if said.status == Status.DONE:
        return said.status, 100
    if said.percent is None or not 0 <= said.percent <= 100:
        sentence = _("Say how much is done, from 0 to 100 percent.")
        raise CannotReply(sentence, fields={f"a{action.pk}-percent": sentence})
    return said.status, said.percent


def _address(action: Action, url: str) -> str:
    """Return ``url`` if it is the address of a page in form; nobody fetches it."""
    url = url.strip()
    if not url:
        return ""
    sentence = _("Write the whole address, beginning with https://.")
    try:
        URLValidator(schemes=["https", "http"])(url)
        parts = urlsplit(url)
    except (ValidationError, ValueError) as mistake:
        fields = {f"a{action.pk}-evidence_url": sentence}
        raise CannotReply(sentence, fields=fields) from mistake
    if parts.username is not None or len(url) > 1000:
        raise CannotReply(sentence, fields={f"a{action.pk}-evidence_url": sentence})
    return url


def _keep(report: Report, sent: Sent, kind: Kind) -> None:
    """Keep a file that shows what is said."""
    evidence = Evidence(
        report=report,
        name=safe_name(sent.name, kind),
        size=len(sent.content),
        sha256=hashlib.sha256(sent.content).hexdigest(),
        content_type=kind.content_type,
    )
    field = f"a{report.action_id}-file"
    with on_disk(evidence.file, evidence.name, sent.content, field=field):
        evidence.save()


def _help(action: Action, said: Said, actor: Actor, now: datetime) -> None:
    """Put what is asked or offered on the board; what was said before makes room."""
    if not said.help_kind:
        return
    open_notes = HelpNote.objects.filter(
        action=action, kind=said.help_kind, ended_at__isnull=True
    )
    text = said.help_text.strip()[:1000]
    if open_notes.filter(text=text).exists():
        return
    open_notes.update(ended_at=now)
    HelpNote.objects.create(
        plan=action.plan,
        action=action,
        kind=said.help_kind,
        topic=action.topic,
        topic_key=action.topic_key,
        text=text,
        made_at=now,
        made_by=actor.ledger_label,
    )
