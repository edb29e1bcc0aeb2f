"""The pages of a programme and of a course, for those who plan them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from mosty.accounts.models import Role, User
from mosty.directory.models import Organisation, Person
from mosty.kernel.spans import holding_on
from mosty.programmes import policies
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Programme, Session, SessionTrainer


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One line of the list of programmes."""

    slug: str
    name: Text
    starts_on: date
    ends_on: date
    courses: int
    is_published: bool
    # A partner's people see how it is planned, and its numbers.
    is_planned: bool


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """An organisation that takes part, with all it is to the programme."""

    name: Text
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One line of a programme's courses, as its planners see them."""

    slug: str
    part: int | None
    title: Text
    starts_on: date | None
    ends_on: date | None
    is_illustrative: bool
    sessions: int
    capacity: int | None
    is_published: bool


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """A programme, its partners and its courses, for those who plan it."""

    programme: Programme
    partners: list[PartnerRow]
    courses: list[CourseRow]
    can_edit: bool


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One session as its planners see it: with its trainers' names."""

    title: Text
    day: date
    starts_at: datetime
    ends_at: datetime
    room: str
    is_cancelled: bool
    trainers: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """A course with all that belongs to it, for those who plan it."""

    course: Course
    topics: list[Text]
    provisions: list[tuple[str, Text]]
    sessions: list[SessionRow]
    can_edit: bool
    # Whoever coordinates any programme may hold the course again there.
    can_clone: bool


def programmes_for(user: User) -> list[ProgrammeRow]:
    """Return every programme ``user`` may see, newest first; two queries."""
    planned = set(policies.partnered_by(user).values_list("pk", flat=True))
    found = policies.visible_to(user).annotate(course_count=Count("courses"))
    return [
        ProgrammeRow(
            slug=row.slug,
            name=row.name,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            courses=row.course_count,
            is_published=row.is_published,
            is_planned=row.pk in planned,
        )
        for row in found
    ]


def partners_of(programme: Programme) -> list[PartnerRow]:
    """Return the partners in their order, each once with all its roles; one query."""
    roles: dict[int, list[str]] = {}
    names: dict[int, Text] = {}
    for row in programme.partnerships.select_related("organisation"):
        names[row.organisation_id] = row.organisation.name
        role = str(row.get_role_display())
        roles.setdefault(row.organisation_id, []).append(
            f"{role}: {row.of_what}" if row.of_what else role
        )
    return [PartnerRow(names[key], tuple(roles[key])) for key in roles]


def programme_plan(programme: Programme, user: User) -> ProgrammePlan:
    """Return what the planning page of a programme shows; three queries."""
    courses = programme.courses.annotate(session_count=Count("sessions"))
    return ProgrammePlan(
        programme=programme,
        partners=partners_of(programme),
        courses=[
            CourseRow(
                slug=row.slug,
                part=row.part,
                title=row.title,
                starts_on=row.starts_on,
                ends_on=row.ends_on,
                is_illustrative=row.is_illustrative,
                sessions=row.session_count,
                capacity=row.capacity,
                is_published=row.is_published,
            )
            for row in courses
        ],
        can_edit=policies.can_edit(user, programme),
    )


def course_plan(course: Course, user: User) -> CoursePlan:
    """Return what the planning page of a course shows; six queries."""
    return CoursePlan(
        course=course,
        topics=[topic.text for topic in course.topics.all()],
        provisions=[
            (str(row.get_what_display()), row.organisation.short_name)
            for row in course.provisions.select_related("organisation")
        ],
        sessions=[
            SessionRow(
                title=row.title,
                day=course.programme.local(row.starts_at).date(),
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                room=row.room,
                is_cancelled=row.is_cancelled,
                trainers=_people(row),
            )
            for row in course.sessions.prefetch_related("trainers__person")
        ],
        can_edit=policies.can_edit_course(user, course),
        can_clone=policies.coordinated_by(user).exists(),
    )


def _people(session: Session) -> tuple[Person, ...]:
    people = [row.person for row in session.trainers.all()]
    return tuple(sorted(people, key=lambda person: person.sort_name))


def coordinating(user: User) -> list[Organisation]:
    """Return the organisations for which ``user`` may begin a programme."""
    return list(Organisation.objects.filter(pk__in=user.acts_for(Role.COORDINATOR)))


def organisations() -> list[Organisation]:
    """Return every organisation that may take part in a programme, by name."""
    return list(Organisation.objects.all())


def partner_organisations(programme: Programme) -> list[Organisation]:
    """Return the organisations that take part in the programme, by name."""
    return list(
        Organisation.objects.filter(
            pk__in=programme.partnerships.values("organisation")
        )
    )


def possible_trainers(course: Course, today: date) -> list[Person]:
    """
    Return who may lead a session of the course, by name.

    Those who hold the role of a trainer ``today``, and those who lead a session of the
    programme already: not everybody in the directory, where nominees stand too.
    """
    trainers = User.objects.filter(
        holding_on(today, "grants__"),
        grants__role=Role.TRAINER,
        is_active=True,
        person__isnull=False,
    )
    leading = SessionTrainer.objects.filter(session__course__programme=course.programme)
    return list(
        Person.objects.filter(
            Q(pk__in=trainers.values("person")) | Q(pk__in=leading.values("person"))
        )
    )


def programmes_coordinated(user: User) -> list[Programme]:
    """Return the programmes that ``user`` coordinates, newest first."""
    return list(policies.coordinated_by(user))


def partner_values(programme: Programme) -> list[dict[str, Any]]:
    """Return the partners as the form's rows hold them."""
    return [
        {"organisation": row.organisation_id, "role": row.role, "of_what": row.of_what}
        for row in programme.partnerships.all()
    ]


def topic_values(course: Course) -> list[dict[str, Any]]:
    """Return the topics as the form's rows hold them."""
    return [{"text": topic.text} for topic in course.topics.all()]


def provision_values(course: Course) -> list[dict[str, Any]]:
    """Return what is provided as the form's rows hold it."""
    return [
        {"what": row.what, "organisation": row.organisation_id}
        for row in course.provisions.all()
    ]


def session_values(course: Course) -> list[dict[str, Any]]:
    """Return the sessions as the form's rows hold them, on the programme's clock."""
    rows = []
    for session in course.sessions.prefetch_related("trainers"):
        starts = course.programme.local(session.starts_at)
        ends = course.programme.local(session.ends_at)
        rows.append(
            {
                "key": session.pk,
                "uid": str(session.uid),
                "title": session.title,
                "day": starts.date(),
                "starts": starts.time(),
                "ends": ends.time(),
                "room": session.room,
                "online": session.online,
                "is_cancelled": session.is_cancelled,
                "trainers": [row.person_id for row in session.trainers.all()],
            }
        )
    return rows
