"""Where a check-in stands: answered, late, awaited, not answered. No answer is told too."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from mosty.plans import policies, times
from mosty.plans.models import (
    Action,
    CheckIn,
    Evidence,
    HelpNote,
    Plan,
    Reply,
    Report,
)
from mosty.programmes.policies import Viewer


class Standing(Enum):
    """Where a check-in stands."""

    PLANNED = "planned"
    AWAITED = "awaited"
    ANSWERED = "answered"
    LATE = "late"
    MISSED = "missed"
    DROPPED = "dropped"


WORDS: dict[Standing, tuple[str | Promise, str]] = {
    Standing.PLANNED: (pgettext_lazy("check-in", "to come"), "plain"),
    Standing.AWAITED: (pgettext_lazy("check-in", "awaited"), "need"),
    Standing.ANSWERED: (pgettext_lazy("check-in", "answered"), "in"),
    Standing.LATE: (pgettext_lazy("check-in", "answered late"), "in"),
    Standing.MISSED: (pgettext_lazy("check-in", "not answered"), "no"),
    Standing.DROPPED: (
        pgettext_lazy("check-in", "not due: the plan is closed"),
        "plain",
    ),
}


def standing(
    due_on: date,
    answered_at: datetime | None,
    closed_at: datetime | None,
    today: date,
) -> Standing:
    """Return where a check-in stands on ``today``."""
    if answered_at is not None:
        late = answered_at.date() >= times.missed_on(due_on)
        return Standing.LATE if late else Standing.ANSWERED
    if closed_at is not None and closed_at.date() < times.missed_on(due_on):
        return Standing.DROPPED
    if today < due_on:
        return Standing.PLANNED
    return Standing.MISSED if today >= times.missed_on(due_on) else Standing.AWAITED


@dataclass(frozen=True, slots=True)
class CheckInRow:
    """One check-in in a list."""

    code: str
    months: int
    due_on: date
    until: date
    answered_at: datetime | None
    standing: Standing
    # It can be answered now, or what was sent can be corrected.
    is_open: bool

    @property
    def words(self) -> str | Promise:
        """Return where it stands."""
        return WORDS[self.standing][0]

    @property
    def kind(self) -> str:
        """Return the colour of its tag."""
        return WORDS[self.standing][1]


def rows_of(plan: Plan, today: date) -> list[CheckInRow]:
    """Return the check-ins of a plan; one query."""
    return [
        CheckInRow(
            one.code,
            one.months,
            one.due_on,
            times.missed_on(one.due_on),
            one.answered_at,
            standing(one.due_on, one.answered_at, plan.closed_at, today),
            plan.state != Plan.State.CLOSED and one.due_on <= today,
        )
        for one in CheckIn.objects.filter(plan=plan).order_by("months")
    ]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that shows what is said."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One action as a check-in asks about it, with what is known so far."""

    pk: int
    number: str
    what: str
    ends_on: date | None
    status: str
    percent: int
    happened: str
    obstacle: str
    evidence_url: str
    files: tuple[FileRow, ...]
    help_kind: str
    help_text: str


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """The page on which a check-in is answered, and on which what was sent stands."""

    check_in: CheckIn
    plan: Plan
    standing: Standing
    replies: tuple[Reply, ...]
    asked: tuple[Asked, ...]

    @property
    def seen(self) -> int:
        """Return how many replies there are."""
        return len(self.replies)


def answer_page(check_in: CheckIn, today: date) -> AnswerPage:
    """Return what is asked, filled with the last reply to it; six queries."""
    replies = tuple(check_in.replies.order_by("-number"))
    said: dict[int, Report] = {}
    files: dict[int, list[FileRow]] = {}
    if replies:
        said = {one.action_id: one for one in Report.objects.filter(reply=replies[0])}
        for file in Evidence.objects.filter(report__reply=replies[0]).order_by("pk"):
            files.setdefault(file.report_id, []).append(FileRow(file.pk, file.name))
    notes: dict[int | None, HelpNote] = {
        note.action_id: note
        for note in HelpNote.objects.filter(
            plan=check_in.plan_id, action__isnull=False, ended_at__isnull=True
        ).order_by("made_at")
    }
    asked = []
    numbers: dict[int, list[int]] = {}
    for action in Action.objects.filter(plan=check_in.plan_id).order_by(
        "objective__order", "objective", "order", "pk"
    ):
        group = numbers.setdefault(action.objective_id, [])
        group.append(action.pk)
        report = said.get(action.pk)
        note = notes.get(action.pk)
        asked.append(
            Asked(
                pk=action.pk,
                number=f"{len(numbers)}.{len(group)}",
                what=action.what,
                ends_on=action.ends_on,
                status=report.status if report else action.status,
                percent=report.percent if report else action.percent,
                happened=report.happened if report else "",
                obstacle=report.obstacle if report else "",
                evidence_url=report.evidence_url if report else "",
                files=tuple(files.get(report.pk, ())) if report else (),
                help_kind=note.kind if note else "",
                help_text=note.text if note else "",
            )
        )
    plan = check_in.plan
    return AnswerPage(
        check_in,
        plan,
        standing(check_in.due_on, check_in.answered_at, plan.closed_at, today),
        replies,
        tuple(asked),
    )


def is_awaited(today: date) -> Q:
    """Return which check-ins have come to their day and nobody has answered."""
    return Q(
        answered_at__isnull=True,
        due_on__lte=today,
        due_on__gt=today - times.MISSED_AFTER,
    ) & ~Q(plan__state=Plan.State.CLOSED)


def is_missed(today: date) -> Q:
    """Return which check-ins were not answered in time, of plans open at that time."""
    return Q(
        Q(plan__closed_at__isnull=True)
        | Q(plan__closed_at__date__gte=F("due_on") + times.MISSED_AFTER),
        answered_at__isnull=True,
        due_on__lte=today - times.MISSED_AFTER,
    )


def awaited(today: date) -> QuerySet[CheckIn]:
    """Return the check-ins whose day has come and that nobody has answered."""
    return CheckIn.objects.filter(is_awaited(today))


def missed(today: date) -> QuerySet[CheckIn]:
    """Return the check-ins that were not answered in time, of plans open at that time."""
    return CheckIn.objects.filter(is_missed(today))


def awaited_from(user: Viewer, today: date) -> QuerySet[CheckIn]:
    """Return the check-ins that wait for a city of ``user``."""
    return awaited(today).filter(plan__owner__in=policies.cities_of(user))
