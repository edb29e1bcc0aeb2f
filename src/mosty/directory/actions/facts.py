"""Dated facts about places: a new value replaces an old one, which stays readable."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from mosty.audit import actions as audit
from mosty.directory import policies
from mosty.directory.members import Member
from mosty.directory.models import DatedFact, FactProposal, Territory
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal


class CannotChangeFact(Refusal):
    """The value is not possible, or the proposal is not in a state for what is asked."""


@transaction.atomic(durable=True)
def add_fact(
    *,
    territory: Territory,
    topic: str,
    value: str,
    as_of: date,
    method: LazyI18nString,
    source: str,
    illustrative: bool,
    actor: Member,
    now: datetime,
) -> DatedFact:
    """
    Say what held for a place on a day; it replaces what was said of that day.

    :raises PermissionDenied: if ``actor`` does not keep the directory.
    :raises CannotChangeFact: if the topic has no such value.
    """
    require(policies.can_edit(actor))
    Territory.objects.select_for_update().get(pk=territory.pk)
    fact = DatedFact(
        territory=territory,
        topic=topic,
        value=checked(topic, value),
        as_of=as_of,
        method=method,
        source=source,
        illustrative=illustrative,
    )
    _take_its_place(fact, actor=actor, now=now)
    return fact


def checked(topic: str, value: str) -> str:
    """
    Return the value as it is kept: a word for experience, a whole number otherwise.

    :raises CannotChangeFact: if it is neither.
    """
    if topic == DatedFact.Topic.EXPERIENCE:
        if value in DatedFact.Experience.values:
            return value
        sentence = _("Choose little or more experience.")
        raise CannotChangeFact(sentence, fields={"value": sentence})
    digits = "".join(value.split())
    if digits.isdecimal() and digits.isascii():
        return str(int(digits))
    sentence = _("Enter a whole number.")
    raise CannotChangeFact(sentence, fields={"value": sentence})


def _take_its_place(
    fact: DatedFact,
    *,
    actor: Member,
    now: datetime,
    instead_of: DatedFact | None = None,
) -> None:
    """Save ``fact`` in place of what was said of its day, and of ``instead_of``."""
    current = DatedFact.objects.select_for_update().filter(
        territory=fact.territory, topic=fact.topic, superseded_at__isnull=True
    )
    old = list(current.filter(as_of=fact.as_of))
    if instead_of is not None and instead_of not in old:
        old += current.filter(pk=instead_of.pk)
    for one in old:
        one.superseded_at = now
        one.save(update_fields=["superseded_at"])
    fact.save()
    audit.record(
        actor=actor,
        verb="fact.added",
        target=fact,
        at=now,
        scope=fact.territory.slug,
        before={"values": [_as_kept(one) for one in old]} if old else None,
        after=_as_kept(fact),
    )


def _as_kept(fact: DatedFact) -> dict[str, object]:
    return {
        "topic": fact.topic,
        "value": fact.value,
        "as_of": fact.as_of.isoformat(),
        "source": fact.source,
    }


@transaction.atomic(durable=True)
def propose_correction(
    *,
    fact: DatedFact,
    value: str,
    as_of: date,
    source: str,
    reason: str,
    actor: Member,
    now: datetime,
) -> FactProposal:
    """
    Propose another value for a fact about one's own city.

    :raises PermissionDenied: if ``actor`` does not speak for that city.
    :raises CannotChangeFact: if the fact has been replaced, a proposal is open already,
        the value is not possible, or source or reason is missing.
    """
    require(policies.can_propose(actor, fact))
    source, reason = source.strip(), reason.strip()
    missing = {
        name: sentence
        for name, text, sentence in (
            ("source", source, _("Name the source.")),
            ("reason", reason, _("Enter the reason.")),
        )
        if not text
    }
    if missing:
        raise CannotChangeFact(
            _("Say why, and where it can be checked."), fields=missing
        )
    fact = DatedFact.objects.select_for_update().get(pk=fact.pk)
    if fact.superseded_at is not None:
        raise CannotChangeFact(_("This value has been replaced by a newer one."))
    proposal = FactProposal(
        fact=fact,
        value=checked(fact.topic, value),
        as_of=as_of,
        source=source,
        reason=reason,
        proposed_by=actor.ledger_label,
        proposed_at=now,
    )
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError:
        raise CannotChangeFact(
            _("A correction of this value waits for a decision already.")
        ) from None
    _record("fact.correction_proposed", proposal, actor=actor, now=now, reason=reason)
    return proposal


@transaction.atomic(durable=True)
def decide_proposal(
    *, proposal: FactProposal, accept: bool, answer: str, actor: Member, now: datetime
) -> None:
    """
    Accept a correction, which becomes a new fact, or refuse it with an answer.

    :raises PermissionDenied: if ``actor`` does not decide corrections.
    :raises CannotChangeFact: if it has been decided, or is refused without an answer.
    """
    require(policies.can_decide(actor))
    proposal = (
        FactProposal.objects.select_for_update(of=("self", "fact"))
        .select_related("fact__territory")
        .get(pk=proposal.pk)
    )
    if proposal.state != FactProposal.State.OPEN:
        raise CannotChangeFact(_("This correction has been decided already."))
    if not accept and not answer.strip():
        sentence = _("Tell the city why its correction is refused.")
        raise CannotChangeFact(sentence, fields={"answer": sentence})
    proposal.state = (
        FactProposal.State.ACCEPTED if accept else FactProposal.State.REFUSED
    )
    proposal.decided_at, proposal.answer = now, answer
    proposal.save(update_fields=["state", "decided_at", "answer"])
    verb = "fact.correction_accepted" if accept else "fact.correction_refused"
    _record(verb, proposal, actor=actor, now=now, reason=answer)
    if accept:
        old = proposal.fact
        fact = DatedFact(
            territory=old.territory,
            topic=old.topic,
            value=proposal.value,
            as_of=proposal.as_of,
            method=old.method,
            source=proposal.source,
        )
        _take_its_place(fact, actor=actor, now=now, instead_of=old)


def _record(
    verb: str, proposal: FactProposal, *, actor: Member, now: datetime, reason: str
) -> None:
    fact = proposal.fact
    audit.record(
        actor=actor,
        verb=verb,
        target=fact,
        at=now,
        scope=fact.territory.slug,
        reason=reason,
        before=_as_kept(fact),
        after={
            "value": proposal.value,
            "as_of": proposal.as_of.isoformat(),
            "source": proposal.source,
        },
    )
