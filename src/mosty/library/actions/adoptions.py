"""How a city says that it took up a practice, and what came of it, failure included."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.directory.models import Organisation
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.library import policies
from mosty.library.actions import indexing, letters
from mosty.library.actions.practices import SCOPE
from mosty.library.common import template, texts
from mosty.library.models import Adoption, AdoptionReport, Practice

Outcome = AdoptionReport.Outcome


class CannotAdopt(Refusal):
    """The adoption cannot be told of so; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a city says of its adoption."""

    outcome: str
    changed: str
    came: str
    language: str


@transaction.atomic(durable=True)
def adopt(
    *,
    practice: Practice,
    city: Organisation,
    source: Adoption | None,
    since: date,
    told: Told,
    actor: User,
    now: datetime,
) -> Adoption:
    """
    Say that ``city`` has taken up a practice, from its owner or from another's ``source``.

    :raises PermissionDenied: if ``actor`` does not speak for the city.
    :raises CannotAdopt: if it is the city's own, is adopted already, or is retired.
    """
    require(policies.can_write_for(actor, city))
    # Two contacts of one city at once: the second sees the first.
    practice = (
        Practice.objects.select_for_update(of=("self",))
        .select_related("city")
        .get(pk=practice.pk)
    )
    if practice.city_id == city.pk:
        raise CannotAdopt(_("This is your city's own practice."))
    if practice.retired_at is not None:
        raise CannotAdopt(_("The practice is retired."))
    if since > timezone.localdate(now):
        sentence = _("This day is still to come.")
        raise CannotAdopt(sentence, fields={"since": sentence})
    if source is not None and source.practice_id != practice.pk:
        raise CannotAdopt(_("That city has adopted another practice."))
    report = _report(told, actor, now)
    adoption = Adoption(
        practice=practice, city=city, source=source, since=since, created_at=now
    )
    try:
        with transaction.atomic():
            adoption.save()
    except IntegrityError as fault:
        raise CannotAdopt(
            _("Your city has adopted this already. Add what came of it since.")
        ) from fault
    report.adoption, report.number = adoption, 1
    report.save()
    letters.adopted(adoption=adoption, report=report, now=now)
    _record(adoption, report, "practice.adopted", actor, now)
    indexing.practice_changed(practice)
    return adoption


@transaction.atomic(durable=True)
def tell(
    *, adoption: Adoption, told: Told, seen: int, actor: User, now: datetime
) -> AdoptionReport:
    """
    Add what came of an adoption since; what was told before stays.

    :raises PermissionDenied: if ``actor`` does not speak for the city that adopted.
    :raises CannotAdopt: if somebody has added to it after the report ``seen``.
    """
    require(policies.can_tell(actor, adoption))
    adoption = (
        Adoption.objects.select_for_update(of=("self",))
        .select_related("practice")
        .get(pk=adoption.pk)
    )
    last = adoption.reports.count()
    if last != seen:
        raise CannotAdopt(
            _("Somebody of your city has added to this meanwhile. Look at it first.")
        )
    report = _report(told, actor, now)
    report.adoption, report.number = adoption, last + 1
    report.save()
    _record(adoption, report, "practice.adoption_told", actor, now)
    indexing.practice_changed(adoption.practice)
    return report


def _report(told: Told, actor: User, now: datetime) -> AdoptionReport:
    """Return what is told as a report that is not stored yet, or refuse it."""
    changed, came = texts.prose(told.changed), texts.prose(told.came)
    fields: dict[str, str] = {}
    if told.outcome not in Outcome.values:
        fields["outcome"] = _("Say how it goes.")
    if sentence := template.fault(template.REPORT, changed):
        fields["changed"] = sentence
    if (told.outcome != Outcome.TRYING or came) and (
        sentence := template.fault(template.REPORT, came)
    ):
        fields["came"] = sentence
    if fields:
        raise CannotAdopt(_("Something is not said yet."), fields=fields)
    return AdoptionReport(
        outcome=told.outcome,
        changed=changed,
        came=came,
        language=told.language,
        told_at=now,
        told_by=actor.ledger_label,
    )


def _record(
    adoption: Adoption, report: AdoptionReport, verb: str, actor: User, now: datetime
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=adoption.practice,
        at=now,
        scope=SCOPE,
        after={
            "city": adoption.city.slug,
            "report": report.number,
            "outcome": report.outcome,
        },
    )
