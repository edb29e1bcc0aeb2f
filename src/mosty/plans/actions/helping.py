"""The help board: cities ask and offer, and answer each other through the outbox."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Copy, Letter
from mosty.plans import policies
from mosty.plans.actions.drafting import scope_of
from mosty.plans.models import HelpAnswer, HelpKind, HelpNote, Plan
from mosty.plans.queries.people import contacts_of
from mosty.plans.queries.topics import Topic


class CannotHelp(Refusal):
    """The note says nothing, is over, or was answered already."""


@transaction.atomic(durable=True)
def add(
    *,
    plan: Plan,
    kind: str,
    topic: Topic | None,
    text: str,
    actor: User,
    now: datetime,
) -> HelpNote:
    """
    Put an ask or an offer on the board.

    :raises PermissionDenied: if ``actor`` is not the city's contact.
    :raises CannotHelp: if it says nothing.
    """
    require(policies.speaks_for(actor, plan))
    if kind not in HelpKind.values or not text.strip():
        sentence = _("Say what help this is about.")
        raise CannotHelp(sentence, fields={"text": sentence})
    note = HelpNote.objects.create(
        plan=plan,
        kind=kind,
        topic=topic.text if topic else "",
        topic_key=topic.key if topic else "",
        text=text.strip()[:1000],
        made_at=now,
        made_by=actor.ledger_label,
    )
    _record("help.noted", note, actor, now)
    return note


@transaction.atomic(durable=True)
def end(*, note: HelpNote, actor: User, now: datetime) -> None:
    """
    Take a note off the board. Twice is as once.

    :raises PermissionDenied: if ``actor`` is not the city's contact.
    """
    require(policies.can_end_note(actor, note))
    if HelpNote.objects.filter(pk=note.pk, ended_at__isnull=True).update(ended_at=now):
        _record("help.ended", note, actor, now)


@transaction.atomic(durable=True)
def answer(
    *, note: HelpNote, city: Organisation, text: str, actor: User, now: datetime
) -> HelpAnswer:
    """
    Write to the contact of the note's city, who can answer ``actor`` directly.

    :raises PermissionDenied: if ``actor`` does not speak for ``city``, or it is the note's.
    :raises CannotHelp: if the note is over, was answered by this city, or nothing is said.
    """
    require(policies.answering_cities(actor, note).filter(pk=city.pk).exists())
    note = (
        HelpNote.objects.select_for_update(of=("self",))
        .select_related("plan__programme", "plan__owner")
        .get(pk=note.pk)
    )
    if note.ended_at is not None:
        raise CannotHelp(_("This is not on the board any more."))
    if not text.strip():
        sentence = _("Write a few words to the other city.")
        raise CannotHelp(sentence, fields={"text": sentence})
    if HelpAnswer.objects.filter(note=note, city=city).exists():
        raise CannotHelp(_("Your city has written about this already."))
    made = HelpAnswer.objects.create(
        note=note,
        city=city,
        text=text.strip()[:1000],
        made_at=now,
        made_by=actor.ledger_label,
    )
    letter = Letter(
        kind="plans.help_answer",
        template="plans/mail/help_answer.txt",
        context={
            "from_city": city,
            "from_name": actor.name,
            "from_email": actor.email,
            "is_ask": note.kind == HelpKind.ASK,
            "about": note.text,
            "words": made.text,
        },
        scope=scope_of(note.plan),
        reply_to=actor.email,
    )
    outbox.put_many(
        [
            Copy(letter, f"plans.help_answer:{made.pk}:{one.key}", one.to)
            for one in contacts_of(note.plan, timezone.localdate(now))
        ],
        now=now,
    )
    _record("help.answered", note, actor, now)
    return made


def _record(verb: str, note: HelpNote, actor: User, now: datetime) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=note,
        at=now,
        scope=scope_of(note.plan),
        after={"kind": note.kind},
    )
