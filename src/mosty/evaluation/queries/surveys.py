"""What pages about surveys need: those of a course, and one with its link."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from mosty.accounts.models import User
from mosty.evaluation import policies
from mosty.evaluation.models import Answer, Questionnaire, Survey
from mosty.evaluation.queries.people import asked
from mosty.kernel.names import sort_key
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link, Message
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training.asking import Asked

# When a survey opens after the last day of its course, and for how long: in days.
TIMES = {
    Survey.Kind.REACTION: (0, 14),
    Survey.Kind.AFTER: (0, 14),
    Survey.Kind.TEST: (0, 14),
    Survey.Kind.THREE_MONTHS: (91, 21),
    Survey.Kind.SIX_MONTHS: (182, 21),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One survey in a list."""

    survey: Survey
    state: str
    answers: int
    asked: int

    @property
    def closes_on(self) -> date:
        """Return the day on which it closes, on the programme's clock."""
        programme = self.survey.course.programme
        return programme.local(self.survey.closes_at).date()

    @property
    def silent(self) -> int:
        """Return how many of those who were asked have not answered."""
        return max(0, self.asked - self.answers)


@dataclass(frozen=True, slots=True)
class CoursePage:
    """The feedback of a course."""

    course: Course
    rows: list[Row]
    can_ask: bool


def courses_for(user: User) -> QuerySet[Course]:
    """Return the courses of whose feedback ``user`` sees anything."""
    return policies.courses_followed_by(user).select_related("programme")


def surveys_for(user: User) -> QuerySet[Survey]:
    """Return the surveys ``user`` may know exist, with what every page of one shows."""
    return policies.visible_to(user).select_related(
        "course__programme", "version__questionnaire"
    )


def course_page(course: Course, user: User, now: datetime) -> CoursePage:
    """Return the surveys of ``course`` that ``user`` may see; a constant number of queries."""
    answers = (
        Answer.objects.filter(survey=OuterRef("pk"))
        .order_by()
        .values("survey")
        .annotate(count=Count("pk"))
        .values("count")
    )
    found = list(
        surveys_for(user)
        .filter(course=course)
        .select_related("result")
        .annotate(given=Coalesce(Subquery(answers), 0))
        .order_by("opens_at", "pk")
    )
    # Two numbers serve all: of those who have a seat, and of those who were there.
    before = asked(course, Survey.Kind.BEFORE).count() if found else 0
    after = asked(course, Survey.Kind.REACTION).count() if found else 0
    return CoursePage(
        course=course,
        rows=[
            _row(one, before if one.kind == Survey.Kind.BEFORE else after, now)
            for one in found
        ],
        can_ask=policies.can_ask(user, course),
    )


def _row(survey: Survey, people: int, now: datetime) -> Row:
    if survey.is_closed:
        return Row(survey, "closed", survey.result.answers, survey.result.participants)
    return Row(
        survey,
        state_of(survey, now),
        survey.given,  # type: ignore[attr-defined]  # annotated above
        people if survey.expected is None else survey.expected,
    )


def state_of(survey: Survey, now: datetime) -> str:
    """Return ``planned``, ``open``, ``over`` (not frozen yet) or ``closed``."""
    if survey.is_closed:
        return "closed"
    if now < survey.opens_at:
        return "planned"
    return "open" if now < survey.closes_at else "over"


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """One survey as its coordinator sees it."""

    row: Row
    # Kept out of lists and logs: it is for everybody who is asked, and nobody else.
    address: str
    unread: int
    written: int


def survey_page(survey: Survey, now: datetime, language: str) -> SurveyPage:
    """Return what the coordinator's page of ``survey`` shows."""
    if survey.is_closed:
        row = _row(survey, 0, now)
    else:
        people = (
            asked(survey.course, survey.kind).count() if survey.expected is None else 0
        )
        given = Answer.objects.filter(survey=survey).count()
        survey.given = given  # type: ignore[attr-defined]  # as the list annotates it
        row = _row(survey, people, now)
    messages = Message.objects.filter(
        kind__startswith="evaluation.", key__contains=f":{survey.code}:"
    )
    return SurveyPage(
        row=row,
        address=address_of(survey, language),
        unread=messages.filter(state=Message.State.DRAFT).count(),
        written=messages.count(),
    )


def address_of(survey: Survey, language: str) -> str:
    """Return the shared address, or nothing if the link has ended."""
    link = Link.objects.filter(
        purpose=Link.Purpose.FEEDBACK, subject=survey.code, revoked_at__isnull=True
    ).first()
    return outbox.address(link, language) if link is not None else ""


def asked_of(offer: Offer, now: datetime) -> list[Asked]:
    """
    Return the open surveys that ask the holder of the seat ``offer``, by the shared link.

    One query where none is open; three more for each that is.
    """
    surveys = Survey.objects.filter(
        course=offer.seat.call.course_id,
        closed_at__isnull=True,
        opens_at__lte=now,
        closes_at__gt=now,
    )
    return [
        Asked(survey.get_kind_display(), address, survey.closes_at)
        for survey in surveys
        if asked(offer.seat.call.course, survey.kind).filter(pk=offer.pk).exists()
        and (address := address_of(survey, get_language() or "pl"))
    ]


def questionnaires_of(course: Course) -> list[Questionnaire]:
    """Return the questionnaires with which ``course`` can be surveyed."""
    found = Questionnaire.objects.filter(programme=course.programme_id)
    return sorted(found, key=lambda one: sort_key(one.name))


def usual_time(course: Course, kind: str, today: date) -> tuple[date, date]:
    """Return from which to which day a survey of this kind is usually open."""
    if kind == Survey.Kind.BEFORE:
        begins = course.starts_on or today + timedelta(days=14)
        return max(today, begins - timedelta(days=7)), max(today, begins)
    wait, days = TIMES[Survey.Kind(kind)]
    opens = max(today, (course.ends_on or today) + timedelta(days=wait))
    return opens, opens + timedelta(days=days)


def opened_by(link: Link) -> QuerySet[Survey]:
    """Return the one survey that ``link`` opens, with what its form shows."""
    return policies.surveys_open_to(link).select_related("course__programme", "version")
