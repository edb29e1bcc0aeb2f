"""Courses begin, change, are shown and held again."""

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.programmes import actions
from mosty.programmes.actions.courses import DETAILS
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Partnership, Provision
from tests.factories import make_course, make_partnership, make_programme
from tests.programmes.rows import at, both, make_session

pytestmark = pytest.mark.django_db


def details(**changes):
    values = {
        "slug": "partnerships",
        "title": both("Building partnerships"),
        "summary": both("Who is who in the city."),
        "place": both("Warsaw"),
        "languages": ("pl",),
        "part": 3,
        "capacity": 24,
        "starts_on": date(2027, 9, 18),
        "ends_on": date(2027, 9, 19),
        "is_illustrative": True,
        "source": "Call of 2027",
    }
    return actions.CourseDetails(**{**values, **changes})


def said_of(course):
    """Return what is said of the course now, field by field."""
    return details(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name in DETAILS
            for value in [getattr(course, name)]
        }
    )


def test_a_new_course_is_a_draft(programme, coordinator, now):
    course = actions.create_course(
        programme=programme, details=details(), actor=coordinator, now=now
    )

    course.refresh_from_db()
    assert said_of(course) == details()
    assert not course.is_published
    (entry,) = Entry.objects.all()
    assert (entry.verb, entry.target_key, entry.scope) == (
        "course.created",
        "partnerships",
        "academy",
    )


@pytest.mark.parametrize("name", ("partner", "secretariat", "trainer", "stranger"))
def test_only_the_coordinator_adds_and_edits(request, programme, course, now, name):
    user = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied):
        actions.create_course(
            programme=programme, details=details(), actor=user, now=now
        )
    with pytest.raises(PermissionDenied):
        actions.edit_course(course=course, details=details(), actor=user, now=now)


@pytest.mark.parametrize("changes", ({"slug": "course"}, {"part": 1}))
def test_an_address_and_a_part_stand_once_in_a_programme(
    programme, course, coordinator, now, changes
):
    with pytest.raises(actions.CannotChangeCourse) as refused:
        actions.create_course(
            programme=programme, details=details(**changes), actor=coordinator, now=now
        )
    assert list(refused.value.fields) == list(changes)
    other = make_programme("other")
    assert make_course(other).slug == course.slug


def test_an_edit_is_kept_once(course, coordinator, now):
    course = Course.objects.get(pk=course.pk)
    changed = details(slug=course.slug)
    for _twice in range(2):
        actions.edit_course(course=course, details=changed, actor=coordinator, now=now)
    course.refresh_from_db()
    assert said_of(course) == changed
    (entry,) = Entry.objects.all()
    assert (entry.before["capacity"], entry.after["capacity"]) == (25, 24)


@pytest.mark.parametrize(("starts", "ends"), ((1, 1), (-1, -1)))
def test_a_session_does_not_fall_out_of_its_course(
    course, coordinator, now, starts, ends
):
    make_session(course)
    make_session(course, day=1)
    days = {
        "starts_on": course.starts_on + timedelta(days=starts),
        "ends_on": course.ends_on + timedelta(days=ends),
    }
    with pytest.raises(actions.CannotChangeCourse) as refused:
        actions.edit_course(
            course=course,
            details=details(slug=course.slug, **days),
            actor=coordinator,
            now=now,
        )
    assert list(refused.value.fields) == ["starts_on" if starts > 0 else "ends_on"]


def test_the_address_stays_while_the_course_is_public(course, coordinator, now):
    with pytest.raises(actions.CannotChangeCourse) as refused:
        actions.edit_course(
            course=course, details=details(), actor=coordinator, now=now
        )
    assert list(refused.value.fields) == ["slug"]


def test_a_course_is_public_once_its_texts_are_written(course, coordinator, now):
    course.is_published = False
    course.save()
    with pytest.raises(actions.CannotPublishCourse) as refused:
        actions.publish_course(course=course, actor=coordinator, now=now)
    assert (
        str(refused.value) == "Not written yet: in short. Languages: Polish, English."
    )

    course.summary = both("About practice.")
    course.save()
    actions.publish_course(course=course, actor=coordinator, now=now)
    course.refresh_from_db()
    assert course.is_published


def test_a_course_is_hidden_for_a_reason(course, coordinator, now):
    with pytest.raises(actions.CannotPublishCourse):
        actions.unpublish_course(course=course, actor=coordinator, now=now, reason="")
    actions.unpublish_course(
        course=course, actor=coordinator, now=now, reason="Room lost"
    )
    course.refresh_from_db()
    assert not course.is_published
    assert Entry.objects.get().reason == "Room lost"


def test_a_draft_is_deleted_for_a_reason(course, coordinator, now):
    course.is_published = False
    course.save()
    with pytest.raises(actions.CannotDiscardCourse):
        actions.discard_course(course=course, actor=coordinator, now=now, reason=" ")
    actions.discard_course(
        course=course, actor=coordinator, now=now, reason="Made twice"
    )
    assert Course.objects.count() == 0
    assert Entry.objects.get().reason == "Made twice"


@pytest.mark.parametrize(
    "act",
    (
        partial(actions.edit_course, details=details()),
        actions.publish_course,
        partial(actions.unpublish_course, reason="x"),
        partial(actions.discard_course, reason="x"),
        partial(actions.set_topics, topics=[]),
        partial(actions.set_provisions, provided=[]),
        partial(actions.set_sessions, sessions=[]),
        partial(actions.add_version, note="", expected=0),
    ),
    ids=lambda act: getattr(act, "func", act).__name__,
)
def test_who_comes_after_a_course_was_deleted_is_told(course, coordinator, now, act):
    Course.objects.filter(pk=course.pk).delete()
    with pytest.raises(actions.CourseGone):
        act(course=course, actor=coordinator, now=now)
    assert (Course.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_public_course_is_not_deleted(course, coordinator, now):
    with pytest.raises(actions.CannotDiscardCourse):
        actions.discard_course(course=course, actor=coordinator, now=now, reason="x")
    assert Course.objects.count() == 1


def test_a_course_with_a_call_is_not_deleted(course, call, coordinator, now):
    course.is_published = False
    course.save()
    with pytest.raises(actions.CannotDiscardCourse):
        actions.discard_course(course=course, actor=coordinator, now=now, reason="x")
    assert Course.objects.count() == 1
    assert Entry.objects.count() == 0


def clone(course, into, coordinator, now, **changes):
    values = {"slug": "again", "starts_on": date(2027, 3, 27), **changes}
    return actions.clone_course(
        course=course, into=into, actor=coordinator, now=now, **values
    )


def test_a_clone_has_the_structure_and_no_people(
    programme, coordinator, trainer, odihr, now
):
    course = actions.create_course(
        programme=programme, details=details(), actor=coordinator, now=now
    )
    course.is_published = True
    course.save()
    course.topics.create(order=1, text=both("Actors"))
    course.topics.create(order=2, text=both("Plans"))
    course.provisions.create(what=Provision.What.VENUE, organisation=odihr)
    make_session(course, "Mapping", hour=9, room="Hall", trainers=[trainer.person])
    make_session(course, "Plans", hour=14, day=1)

    # On 28 March 2027 clocks go forward: the second session is on summer time.
    made = clone(course, programme, coordinator, now)

    expected = {
        **{name: getattr(details(), name) for name in DETAILS},
        "slug": "again",
        "starts_on": date(2027, 3, 27),
        "ends_on": date(2027, 3, 28),
        # Not taken along: a number stands once, a source speaks of other days.
        "part": None,
        "is_illustrative": False,
        "source": "",
    }
    made.refresh_from_db()
    assert said_of(made) == details(**expected)
    assert not made.is_published
    assert [str(topic.text) for topic in made.topics.all()] == ["Actors", "Plans"]
    assert [(p.what, p.organisation) for p in made.provisions.all()] == [
        ("venue", odihr)
    ]
    warsaw = ZoneInfo("Europe/Warsaw")
    assert [
        (str(s.title), s.starts_at, s.ends_at, s.room, s.trainers.count())
        for s in made.sessions.all()
    ] == [
        (
            "Mapping",
            datetime(2027, 3, 27, 9, tzinfo=warsaw),
            datetime(2027, 3, 27, 11, tzinfo=warsaw),
            "",
            0,
        ),
        (
            "Plans",
            datetime(2027, 3, 28, 14, tzinfo=warsaw),
            datetime(2027, 3, 28, 16, tzinfo=warsaw),
            "",
            0,
        ),
    ]
    assert Entry.objects.latest("id").after["from"] == "academy/partnerships"


def test_a_clone_in_another_zone_keeps_the_time_on_the_wall(
    course, coordinator, odihr, now
):
    baltic = make_programme("baltic", time_zone="Europe/Riga")
    make_partnership(baltic, odihr, Partnership.Role.COORDINATOR)
    make_session(course, hour=9)

    made = clone(course, baltic, coordinator, now)

    (session,) = made.sessions.all()
    assert session.starts_at == datetime(2027, 3, 27, 9, tzinfo=ZoneInfo("Europe/Riga"))


def test_who_is_no_partner_there_provides_nothing_there(
    course, coordinator, odihr, unhcr, now
):
    baltic = make_programme("baltic")
    make_partnership(baltic, odihr, Partnership.Role.COORDINATOR)
    course.provisions.create(what=Provision.What.DINNER, organisation=unhcr)
    course.provisions.create(what=Provision.What.VENUE, organisation=odihr)

    made = clone(course, baltic, coordinator, now)

    assert [p.organisation for p in made.provisions.all()] == [odihr]


def test_a_clone_needs_an_address_of_its_own(course, programme, coordinator, now):
    with pytest.raises(actions.CannotCloneCourse):
        clone(course, programme, coordinator, now, slug=course.slug)
    assert Course.objects.count() == 1


def test_a_clone_goes_only_where_she_coordinates(course, coordinator, partner, now):
    with pytest.raises(PermissionDenied):
        clone(course, make_programme("other"), coordinator, now)
    with pytest.raises(PermissionDenied):
        clone(course, course.programme, partner, now)


def test_a_draft_of_others_is_not_cloned(programme, coordinator, now):
    draft = make_course(make_programme("other"), is_published=False)
    with pytest.raises(PermissionDenied):
        clone(draft, programme, coordinator, now)


def test_topics_are_set_in_order(course, coordinator, now):
    topics = [both("Schools"), both("Housing")]
    for _twice in range(2):
        actions.set_topics(course=course, topics=topics, actor=coordinator, now=now)
    assert [(t.order, str(t.text)) for t in course.topics.all()] == [
        (1, "Schools"),
        (2, "Housing"),
    ]
    actions.set_topics(course=course, topics=topics[::-1], actor=coordinator, now=now)
    assert [str(t.text) for t in course.topics.all()] == ["Housing", "Schools"]
    assert Entry.objects.count() == 2


def test_a_topic_says_something(course, coordinator, now):
    with pytest.raises(actions.CannotSetTopics):
        actions.set_topics(
            course=course, topics=[Text({"pl": ""})], actor=coordinator, now=now
        )


def test_provisions_are_set(course, coordinator, odihr, unhcr, ump, now):
    course.provisions.create(what="venue", organisation=unhcr)
    provided = [actions.Provided("venue", ump), actions.Provided("dinner", odihr)]
    for _twice in range(2):
        actions.set_provisions(
            course=course, provided=provided, actor=coordinator, now=now
        )
    assert [(p.what, p.organisation) for p in course.provisions.all()] == [
        ("venue", ump),
        ("dinner", odihr),
    ]
    (entry,) = Entry.objects.all()
    assert entry.before == {"provisions": ["venue: unhcr"]}


def test_only_partners_provide_and_once(course, coordinator, krakow, odihr, now):
    for provided in (
        [actions.Provided("venue", krakow)],
        [actions.Provided("venue", odihr)] * 2,
    ):
        with pytest.raises(actions.CannotSetProvisions):
            actions.set_provisions(
                course=course, provided=provided, actor=coordinator, now=now
            )
    assert course.provisions.count() == 0


def test_times_are_those_of_the_programme(course):
    assert at(course, 9).utcoffset() in {timedelta(hours=1), timedelta(hours=2)}


@pytest.mark.parametrize("name", ("partner", "trainer", "stranger"))
def test_only_the_coordinator_sets_topics_and_provisions(request, course, now, name):
    user = request.getfixturevalue(name)
    with pytest.raises(PermissionDenied):
        actions.set_topics(course=course, topics=[], actor=user, now=now)
    with pytest.raises(PermissionDenied):
        actions.set_provisions(course=course, provided=[], actor=user, now=now)
    with pytest.raises(PermissionDenied):
        actions.publish_course(course=course, actor=user, now=now)
    with pytest.raises(PermissionDenied):
        actions.unpublish_course(course=course, actor=user, now=now, reason="x")
    with pytest.raises(PermissionDenied):
        actions.discard_course(course=course, actor=user, now=now, reason="x")
