"""Who was there: one session to be marked. The whole course is :mod:`.attendance_table`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mosty.accounts.models import User
from mosty.programmes.models import Course, Session
from mosty.selection.models import Offer
from mosty.training import policies, times
from mosty.training.models import Mark, MarkChange
from mosty.training.models.attendance import Attended, Way
from mosty.training.queries import completion
from mosty.ui.dates import day, moment

KINDS = tuple(Attended.values)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a mark said before, who changed it, when and why."""

    who: str
    session: str
    was: str
    at: str
    by: str
    reason: str

    @property
    def sentence(self) -> str:
        """Return it as it stands beside the mark, on the page and on paper."""
        return _("Corrected on %(at)s by %(by)s: %(reason)s (before: %(was)s)") % {
            "at": self.at,
            "by": self.by,
            "reason": self.reason,
            "was": self.was,
        }


@dataclass(frozen=True, slots=True)
class Person:
    """One participant, as she is marked at a session; ``kind`` is empty if she is not."""

    code: str
    name: str
    city: str
    fictional: bool
    kind: str
    minutes: int | None
    version: int
    note: str
    corrections: tuple[Correction, ...]
    # What the form shows: the mark, or what was sent with it and not saved.
    chosen: str
    chosen_minutes: int | None

    @property
    def seen(self) -> str:
        """Return the mark that the page shows, as its form sends it back."""
        return f"{self.code}:{self.version}:{self.kind}:{self.minutes or ''}"


@dataclass(frozen=True, slots=True)
class SessionPage:
    """One session with everybody who takes part."""

    course: Course
    session: Session
    people: list[Person]
    sessions: list[Session]
    is_open: bool
    opens_at: datetime
    can_mark: bool
    is_late: bool

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """Return how many are marked as what, and how many not at all."""
        kinds = [person.kind for person in self.people]
        rows = [(kind, str(Attended(kind).label), kinds.count(kind)) for kind in KINDS]
        return [*rows, ("", pgettext("mark", "not marked"), kinds.count(""))]

    @property
    def seen(self) -> str:
        """Return which marks stand on the page, as its form sends it back."""
        return " ".join(one.seen for one in self.people if one.kind)

    @property
    def listed(self) -> str:
        """Return the codes of all on the page."""
        return " ".join(one.code for one in self.people)

    def with_choices(
        self, chosen: Mapping[str, tuple[str, int | None]]
    ) -> "SessionPage":
        """Return the page as it was filled in, where nothing of it was saved."""
        people = [
            replace(one, chosen=chosen[one.code][0], chosen_minutes=chosen[one.code][1])
            if one.code in chosen
            else one
            for one in self.people
        ]
        return replace(self, people=people)

    @property
    def minutes(self) -> int:
        """Return how long the session lasts."""
        return times.minutes_of(self.session)


def in_words(kind: str, minutes: int | None) -> str:
    """Return what a mark says, such as "late, 10 min"."""
    said = str(Attended(kind).label)
    return f"{said}, {minutes} min" if minutes else said


def sessions_for(user: User) -> QuerySet[Session]:
    """Return the sessions whose attendance ``user`` sees."""
    return policies.sessions_visible_to(user).select_related("course__programme")


def session_page(session: Session, user: User, now: datetime) -> SessionPage:
    """Return the page of ``session``; a constant number of queries."""
    course = session.course
    offers = list(by_name(course))
    marks = {mark.offer_id: mark for mark in Mark.objects.filter(session=session)}
    changes = corrections(
        MarkChange.objects.filter(mark__session=session), marks.values(), course
    )
    notes = _notes(marks.values(), course)
    return SessionPage(
        course=course,
        session=session,
        people=[
            _person(
                offer,
                marks.get(offer.pk),
                changes.get(offer.pk, ()),
                notes.get(offer.pk, ""),
            )
            for offer in offers
        ],
        sessions=completion.sessions_of(course),
        is_open=times.is_open(session, now),
        opens_at=times.opens_at(session),
        can_mark=policies.can_mark(user, session),
        is_late=now >= session.ends_at + times.TRAINER_CORRECTS_FOR
        and not policies.can_correct_late(user, course),
    )


# A table of hundreds: no more columns than it shows.
_OF_PERSON = (
    "code",
    "nomination__family_name",
    "nomination__given_name",
    "nomination__is_fictional",
    "nomination__organisation__short_name",
)


def by_name(course: Course) -> QuerySet[Offer]:
    """Return the participants in the order of the sheets that they sign."""
    return (
        policies.accepted()
        .filter(seat__call__course=course)
        .select_related("nomination__organisation")
        .only(*_OF_PERSON)
        .order_by("nomination__sort_name", "pk")
    )


def name_of(offer: Offer) -> str:
    """Return a participant's name as lists have it."""
    return f"{offer.nomination.family_name} {offer.nomination.given_name}"


def _person(
    offer: Offer, mark: Mark | None, changes: Sequence[Correction], note: str
) -> Person:
    return Person(
        code=offer.code,
        name=name_of(offer),
        city=str(offer.nomination.organisation),
        fictional=offer.nomination.is_fictional,
        kind=mark.kind if mark else "",
        minutes=mark.minutes if mark else None,
        version=mark.version if mark else 0,
        note=note,
        corrections=tuple(changes),
        chosen=mark.kind if mark else "",
        chosen_minutes=mark.minutes if mark else None,
    )


def _notes(marks: Iterable[Mark], course: Course) -> dict[int, str]:
    """Return the note of each mark by the participant's key; a whole form's is one."""
    made: dict[tuple[datetime, str, str], str] = {}
    found = {}
    for mark in marks:
        said = (mark.noted_at, mark.marked_by, mark.way)
        if said not in made:
            made[said] = note_of(mark, course)
        found[mark.offer_id] = made[said]
    return found


def note_of(mark: Mark, course: Course) -> str:
    """Return who made a mark, when, and how it came in."""
    at = course.programme.local(mark.noted_at)
    when = f"{day(at.date())}, {at:%H:%M}"
    by = "" if mark.way == Way.SELF else f"{mark.marked_by}, "
    return f"{when}, {by}{mark.get_way_display()}"


def corrections(
    found: QuerySet[MarkChange], marks: Iterable[Mark], course: Course
) -> Mapping[int, list[Correction]]:
    """
    Return corrections by the participant's key, the oldest first.

    One query, and none where all of ``marks`` are as they were first made.
    """
    if all(mark.version == 1 for mark in marks):
        return {}
    zone = course.programme.time_zone
    made: dict[int, list[Correction]] = {}
    rows = found.select_related("mark__session", "mark__offer__nomination")
    for change in rows.order_by("changed_at", "pk"):
        session = change.mark.session
        began = course.programme.local(session.starts_at)
        made.setdefault(change.mark.offer_id, []).append(
            Correction(
                who=name_of(change.mark.offer),
                session=f"{began:%d.%m %H:%M} {session.title}",
                was=in_words(change.kind, change.minutes),
                at=moment(change.changed_at, zone),
                by=change.changed_by,
                reason=change.reason,
            )
        )
    return made


def buttons() -> list[tuple[str, str, str]]:
    """Return each mark with the short word and the letter of its button."""
    words = {
        Attended.PRESENT: pgettext("button of a mark", "present"),
        Attended.LATE: pgettext("button of a mark", "late"),
        Attended.EXCUSED: pgettext("button of a mark", "excused"),
        Attended.ABSENT: pgettext("button of a mark", "absent"),
    }
    known = letters()
    return [(kind, words[Attended(kind)], known[kind]) for kind in KINDS]


def letters() -> dict[str, str]:
    """Return the letter of each mark, which is also its key on the keyboard."""
    return {
        Attended.PRESENT: pgettext("letter of a mark", "p"),
        Attended.LATE: pgettext("letter of a mark", "l"),
        Attended.EXCUSED: pgettext("letter of a mark", "e"),
        Attended.ABSENT: pgettext("letter of a mark", "a"),
    }


def unmarked(user: User, now: datetime) -> list[tuple[Session, int]]:
    """Return the sessions that have begun, that ``user`` leads, and whom nobody marked."""
    sessions = list(
        policies.sessions_led_by(user)
        .filter(starts_at__lte=now, is_cancelled=False)
        .select_related("course__programme")
        .order_by("starts_at", "pk")
    )
    courses = {session.course_id for session in sessions}
    seated = dict(
        policies.accepted()
        .filter(seat__call__course__in=courses)
        .values_list("seat__call__course")
        .annotate(Count("pk"))
        .order_by()
    )
    marked = dict(
        Mark.objects.filter(session__in=sessions, offer__state=Offer.State.ACCEPTED)
        .values_list("session")
        .annotate(Count("pk"))
        .order_by()
    )
    return [
        (session, left)
        for session in sessions
        if (left := seated.get(session.course_id, 0) - marked.get(session.pk, 0)) > 0
    ]
