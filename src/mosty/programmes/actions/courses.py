"""How a course begins, changes, is shown to the public, and is used again."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes import languages, policies, told
from mosty.programmes.actions.rows import differences, kept, refuse_unless_valid
from mosty.programmes.actions.twice import refuse_if_needed_twice
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Programme, Provision, Session, Topic


class CannotChangeCourse(Refusal):
    """The course cannot be kept as described."""


class CourseGone(Refusal):
    """Somebody has deleted the course since the page was opened."""


class CannotPublishCourse(Refusal):
    """The course is not ready for the public, or no reason is given."""


class CannotCloneCourse(Refusal):
    """The course has no days to count from."""


class CannotDiscardCourse(Refusal):
    """The course is public, something hangs on it, or no reason is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseDetails:
    """What is said of a course, field by field."""

    slug: str
    title: Text
    languages: tuple[str, ...]
    part: int | None = None
    summary: Text
    capacity: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    place: Text
    is_illustrative: bool = False
    source: str = ""


DETAILS = tuple(field.name for field in fields(CourseDetails))


@transaction.atomic(durable=True)
def create_course(
    *, programme: Programme, details: CourseDetails, actor: User, now: datetime
) -> Course:
    """
    Add a course to a programme; it is not public yet.

    :raises PermissionDenied: if ``actor`` does not coordinate the programme.
    :raises CannotChangeCourse: if it cannot be kept so, with the fields at fault.
    """
    require(policies.can_edit(actor, programme))
    # Locked, so that of two courses with one address the second sees the first.
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    course = Course(programme=programme)
    _write(course, details)
    _record(course, "course.created", actor, now, after=kept(course, DETAILS))
    return course


@transaction.atomic(durable=True)
def edit_course(
    *, course: Course, details: CourseDetails, actor: User, now: datetime
) -> Course:
    """
    Change what is said of a course. Saying the same again changes nothing.

    :raises PermissionDenied: if ``actor`` does not coordinate its programme.
    :raises CourseGone: if somebody has deleted it since.
    :raises CannotChangeCourse: if it cannot be kept so, with the fields at fault.
    """
    require(policies.can_edit_course(actor, course))
    course = locked(course)
    if course.is_published and details.slug != course.slug:
        sentence = _("The address stays while the course is public: people keep links.")
        raise CannotChangeCourse(sentence, fields={"slug": sentence})
    _refuse_if_sessions_fall_out(course, details)
    was = kept(course, DETAILS)
    _write(course, details)
    # In another place, its rooms are others: one of them may be taken there.
    refuse_if_needed_twice(
        partial(
            CannotChangeCourse,
            fields={"place": _("A room of the timetable is taken at this place.")},
        )
    )
    before, after = differences(was, kept(course, DETAILS))
    if after:
        _record(course, "course.edited", actor, now, before=before, after=after)
    return course


def locked(course: Course) -> Course:
    """
    Return the course as it is now, its programme locked against other editors.

    :raises CourseGone: if somebody has deleted it since.
    """
    programme = Programme.objects.select_for_update().get(pk=course.programme_id)
    found = Course.objects.select_for_update().filter(pk=course.pk).first()
    if found is None:
        raise CourseGone(
            _("Somebody has deleted this course meanwhile. Nothing was saved.")
        )
    found.programme = programme
    return found


def _refuse_if_sessions_fall_out(course: Course, details: CourseDetails) -> None:
    """Refuse days that leave a session before or after the course."""
    zone = course.programme.zone
    for session in course.sessions.filter(is_cancelled=False):
        first = session.starts_at.astimezone(zone).date()
        last = session.ends_at.astimezone(zone).date()
        for name, out in (
            ("starts_on", details.starts_on is not None and first < details.starts_on),
            ("ends_on", details.ends_on is not None and last > details.ends_on),
        ):
            if out:
                sentence = _("A session would lie outside these days: %(title)s.") % {
                    "title": session.title
                }
                raise CannotChangeCourse(sentence, fields={name: sentence})


def _write(course: Course, details: CourseDetails) -> None:
    """Save ``details`` in ``course``, or refuse them."""
    for name in DETAILS:
        value = getattr(details, name)
        setattr(course, name, list(value) if isinstance(value, tuple) else value)
    _save(course, CannotChangeCourse)


def _save(course: Course, refusal: type[Refusal]) -> None:
    """Save a course whose programme is locked, or refuse it in words."""
    others = Course.objects.filter(programme=course.programme).exclude(pk=course.pk)
    if others.filter(slug=course.slug).exists():
        sentence = _("Another course of this programme has this address.")
        raise refusal(sentence, fields={"slug": sentence})
    if course.part is not None and others.filter(part=course.part).exists():
        sentence = _("Another course of this programme has this number.")
        raise refusal(sentence, fields={"part": sentence})
    refuse_unless_valid(course, refusal)
    course.save()


def _record(
    course: Course,
    verb: str,
    actor: User,
    now: datetime,
    *,
    reason: str = "",
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=course,
        at=now,
        scope=course.programme.slug,
        reason=reason.strip(),
        before=before,
        after=after,
    )
    told.tell(course.programme)


@transaction.atomic(durable=True)
def publish_course(*, course: Course, actor: User, now: datetime) -> Course:
    """
    Show a course to the public, once its programme is. A public one stays as it is.

    :raises PermissionDenied: if ``actor`` does not coordinate its programme.
    :raises CourseGone: if somebody has deleted it since.
    :raises CannotPublishCourse: if a text is missing in a language of the programme.
    """
    require(policies.can_edit_course(actor, course))
    course = locked(course)
    if course.is_published:
        return course
    for text, label in ((course.title, _("title")), (course.summary, _("in short"))):
        missing = languages.missing(text, course.programme.languages)
        if missing:
            raise CannotPublishCourse(
                _("Not written yet: %(field)s. Languages: %(languages)s.")
                % {"field": label, "languages": languages.names(missing)}
            )
    course.is_published = True
    course.save(update_fields=["is_published"])
    _record(
        course,
        "course.published",
        actor,
        now,
        before={"is_published": False},
        after={"is_published": True},
    )
    return course


@transaction.atomic(durable=True)
def unpublish_course(
    *, course: Course, actor: User, now: datetime, reason: str
) -> Course:
    """
    Take a course out of the public's sight.

    :raises PermissionDenied: if ``actor`` does not coordinate its programme.
    :raises CourseGone: if somebody has deleted it since.
    :raises CannotPublishCourse: if no reason is given.
    """
    require(policies.can_edit_course(actor, course))
    course = locked(course)
    if not reason.strip():
        raise CannotPublishCourse(_("Say why it is hidden from the public."))
    if not course.is_published:
        return course
    course.is_published = False
    course.save(update_fields=["is_published"])
    _record(
        course,
        "course.unpublished",
        actor,
        now,
        reason=reason,
        before={"is_published": True},
        after={"is_published": False},
    )
    return course


@transaction.atomic(durable=True)
def discard_course(*, course: Course, actor: User, now: datetime, reason: str) -> None:
    """
    Delete a course that was never needed.

    :raises PermissionDenied: if ``actor`` does not coordinate its programme.
    :raises CourseGone: if somebody has deleted it since.
    :raises CannotDiscardCourse: if it is public, has a call or materials, or no reason is
        given.
    """
    require(policies.can_edit_course(actor, course))
    course = locked(course)
    if not reason.strip():
        raise CannotDiscardCourse(_("Say why this course is deleted."))
    if course.is_published:
        raise CannotDiscardCourse(
            _("A public course cannot be deleted. Hide it first.")
        )
    _record(
        course,
        "course.discarded",
        actor,
        now,
        reason=reason,
        before=kept(course, DETAILS),
    )
    try:
        course.delete()
    except ProtectedError as hindered:
        raise CannotDiscardCourse(
            _(
                "Something belongs to this course: a call, participants, a published"
                " timetable or materials."
            )
        ) from hindered


@transaction.atomic(durable=True)
def clone_course(
    *,
    course: Course,
    into: Programme,
    slug: str,
    starts_on: date,
    actor: User,
    now: datetime,
) -> Course:
    """
    Make a new course with the structure of another, and none of its people.

    Texts, topics and sessions come along; sessions keep their distance from the first
    day and their times on the clock of ``into``. Who provides what comes along for the
    partners of ``into``. Trainers, rooms, the number of the part, the source and the
    public state do not.

    :raises PermissionDenied: if ``actor`` does not coordinate ``into``, or may not see
        the course.
    :raises CannotCloneCourse: if the course has neither days nor sessions, or the
        address is taken.
    """
    require(policies.can_edit(actor, into))
    require(policies.courses_visible_to(actor).filter(pk=course.pk).exists())
    into = Programme.objects.select_for_update().get(pk=into.pk)
    zone = course.programme.zone
    sessions = list(course.sessions.filter(is_cancelled=False))
    first = course.starts_on or (
        sessions[0].starts_at.astimezone(zone).date() if sessions else starts_on
    )
    later = starts_on - first

    clone = Course(
        programme=into,
        slug=slug,
        title=course.title,
        summary=course.summary,
        languages=course.languages,
        capacity=course.capacity,
        place=course.place,
        starts_on=starts_on,
        ends_on=course.ends_on + later if course.ends_on else None,
    )
    _save(clone, CannotCloneCourse)
    Topic.objects.bulk_create(
        Topic(course=clone, order=topic.order, text=topic.text)
        for topic in course.topics.all()
    )
    partners = set(into.partnerships.values_list("organisation", flat=True))
    Provision.objects.bulk_create(
        Provision(course=clone, what=row.what, organisation_id=row.organisation_id)
        for row in course.provisions.all()
        if row.organisation_id in partners
    )
    Session.objects.bulk_create(
        Session(
            course=clone,
            title=session.title,
            starts_at=_moved(session.starts_at, later, course.programme, into),
            ends_at=_moved(session.ends_at, later, course.programme, into),
        )
        for session in sessions
    )
    _record(
        clone,
        "course.cloned",
        actor,
        now,
        after={"from": f"{course.programme.slug}/{course.slug}", "slug": slug},
    )
    return clone


def _moved(
    moment: datetime, later: timedelta, there: Programme, here: Programme
) -> datetime:
    """Return the moment ``later``, at the same time on the wall in the new place."""
    on_the_wall = there.local(moment).replace(tzinfo=None) + later
    return on_the_wall.replace(tzinfo=here.zone)
