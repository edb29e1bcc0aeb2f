"""How a survey is made, opens, is moved, and closes; its results freeze as it does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.audit.actors import System
from mosty.evaluation import policies
from mosty.evaluation.models import (
    LEAST_SHOWN,
    Questionnaire,
    QuestionnaireVersion,
    Result,
    Survey,
)
from mosty.evaluation.queries.people import count_asked
from mosty.evaluation.queries.tally import tally
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link
from mosty.programmes.models import Course

# The page behind the link still says that the survey is over.
LINK_OUTLIVES = timedelta(days=30)


class CannotAsk(Refusal):
    """The survey cannot be made, moved or closed like this."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a new survey is to be."""

    questionnaire: Questionnaire
    kind: str
    opens_at: datetime
    closes_at: datetime
    minimum: int = 5
    expected: int | None = None


@transaction.atomic(durable=True)
def make(*, course: Course, plan: Plan, actor: User, now: datetime) -> Survey:
    """
    Make a survey of the last version of a questionnaire, with the one link to it.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotAsk: if its time is over or turned round, or too few answers would be
        enough to show them.
    """
    require(policies.can_ask(actor, course))
    require(plan.questionnaire.programme_id == course.programme_id)
    _check_time(plan.opens_at, plan.closes_at, now)
    if plan.minimum < LEAST_SHOWN:
        sentence = _("Results of fewer than three answers are never shown.")
        raise CannotAsk(sentence, fields={"minimum": sentence})
    # Held, so that nobody changes the questions between here and the first answer.
    version = (
        QuestionnaireVersion.objects.select_for_update()
        .filter(questionnaire=plan.questionnaire)
        .order_by("-number")[0]
    )
    survey = Survey.objects.create(
        course=course,
        version=version,
        kind=plan.kind,
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        minimum=plan.minimum,
        expected=plan.expected,
        made_at=now,
    )
    link_of(survey, now)
    _record("survey.made", survey, actor, now, {"kind": survey.kind})
    return survey


def link_of(survey: Survey, now: datetime) -> Link:
    """Return the one link that everybody shares. Call it inside an action."""
    return outbox.make_link(
        purpose=Link.Purpose.FEEDBACK,
        subject=survey.code,
        now=now,
        expires_at=survey.closes_at + LINK_OUTLIVES,
    )


@transaction.atomic(durable=True)
def move_end(
    *, survey: Survey, closes_at: datetime, actor: User, now: datetime
) -> Survey:
    """
    Let a survey close at another time.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotAsk: if it is closed, or the time is over.
    """
    require(policies.can_ask(actor, survey.course))
    survey = _locked(survey)
    _check_time(survey.opens_at, closes_at, now)
    survey.closes_at = closes_at
    survey.save(update_fields=["closes_at"])
    link_of(survey, now)
    _record("survey.moved", survey, actor, now, {"closes": closes_at.isoformat()})
    return survey


@transaction.atomic(durable=True)
def close(*, survey: Survey, actor: User | System, now: datetime) -> Result:
    """
    Close a survey for good, and freeze what it came to. Twice is as once.

    There is no way to open it again: what changed between two closings would be the
    answers that came in between.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotAsk: if it has not opened yet.
    """
    require(policies.can_ask(actor, survey.course))
    # The course's surveys one after another: pairs look at those before.
    Course.objects.select_for_update().get(pk=survey.course_id)
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.is_closed:
        return Result.objects.get(survey=survey)
    if now < survey.opens_at:
        raise CannotAsk(_("This survey has not opened yet."))
    participants = count_asked(survey)
    found = tally(survey, participants)
    result = Result.objects.create(
        survey=survey,
        answers=found.answers,
        participants=max(participants, found.answers),
        stored=found.stored,
        frozen_at=now,
    )
    survey.closed_at = now
    survey.save(update_fields=["closed_at"])
    _record("survey.closed", survey, actor, now, {"answers": found.answers})
    return result


def close_due(*, actor: System, now: datetime) -> int:
    """Close every survey whose time is over, each in its own transaction; return how many."""
    due = list(
        Survey.objects.filter(closed_at__isnull=True, closes_at__lte=now)
        .select_related("course")
        .order_by("closes_at", "pk")
    )
    for survey in due:
        close(survey=survey, actor=actor, now=now)
    return len(due)


def _locked(survey: Survey) -> Survey:
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    if survey.is_closed:
        raise CannotAsk(_("This survey is closed, and its results stand."))
    return survey


def _check_time(opens_at: datetime, closes_at: datetime, now: datetime) -> None:
    if closes_at <= opens_at:
        sentence = _("A survey must close after it opens.")
        raise CannotAsk(sentence, fields={"closes_at": sentence})
    if closes_at <= now:
        sentence = _("This time is over. Choose a later one.")
        raise CannotAsk(sentence, fields={"closes_at": sentence})


def _record(
    verb: str,
    survey: Survey,
    actor: User | System,
    now: datetime,
    after: dict[str, object],
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=survey,
        at=now,
        scope=survey.course.programme.slug,
        after=after,
    )
