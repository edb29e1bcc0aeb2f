"""The timetable of a course does not contradict itself or another."""

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.programmes import actions
from mosty.programmes.models import Session
from tests.factories import make_course, make_person
from tests.programmes.rows import at, both, make_session

pytestmark = pytest.mark.django_db


def planned(course, starts=9, ends=11, *, day=0, title="Stereotypes", **fields):
    return actions.PlannedSession(
        title=both(title),
        starts_at=at(course, starts, day),
        ends_at=at(course, ends, day),
        **fields,
    )


def set_them(course, user, now, *sessions):
    actions.set_sessions(course=course, sessions=sessions, actor=user, now=now)


def test_sessions_are_set_and_kept_by_their_keys(course, coordinator, trainer, now):
    old = make_session(course, hour=9)
    gone = make_session(course, hour=14)
    wanted = (
        planned(course, 10, 12, key=old.pk, room="Hall", trainers=(trainer.person,)),
        planned(course, 9, 11, day=1, title="Plans"),
    )

    set_them(course, coordinator, now, *wanted)

    rows = list(course.sessions.all())
    assert [(str(r.title), r.starts_at, r.room) for r in rows] == [
        ("Stereotypes", at(course, 10), "Hall"),
        ("Plans", at(course, 9, 1), ""),
    ]
    assert rows[0].pk == old.pk
    assert not Session.objects.filter(pk=gone.pk).exists()
    assert [row.person for row in rows[0].trainers.all()] == [trainer.person]
    (entry,) = Entry.objects.all()
    assert [session["trainers"] for session in entry.after["sessions"]] == [
        [trainer.person.code],
        [],
    ]
    assert "Tyl" not in str(entry.after)


def test_setting_the_same_again_changes_nothing(course, coordinator, now):
    set_them(course, coordinator, now, planned(course))
    key = course.sessions.get().pk
    set_them(course, coordinator, now, planned(course, key=key))
    assert Entry.objects.count() == 1


def refused_fields(course, coordinator, now, *sessions):
    before = list(course.sessions.values())
    with pytest.raises(actions.CannotSetSessions) as refused:
        set_them(course, coordinator, now, *sessions)
    assert list(course.sessions.values()) == before
    return list(refused.value.fields)


@pytest.mark.parametrize(("starts", "ends"), ((9, 9), (11, 9)))
def test_a_session_ends_after_it_begins(course, coordinator, now, starts, ends):
    fields = refused_fields(course, coordinator, now, planned(course, starts, ends))
    assert fields == ["0.ends"]


@pytest.mark.parametrize("day", (-1, 2))
def test_a_session_lies_in_its_course(course, coordinator, now, day):
    fields = refused_fields(
        course, coordinator, now, planned(course), planned(course, day=day)
    )
    assert fields == ["1.day"]


def test_a_session_over_midnight_leaves_the_last_day(course, coordinator, now):
    over = actions.PlannedSession(
        title=both("Night walk"),
        starts_at=at(course, 22, 1),
        ends_at=at(course, 1, 2),
    )
    assert refused_fields(course, coordinator, now, over) == ["0.day"]


@pytest.mark.parametrize(
    ("starts", "ends", "meets"),
    ((9, 11, True), (10, 12, True), (8, 12, True), (11, 13, False), (7, 9, False)),
)
def test_a_room_holds_one_session_at_a_time(
    course, coordinator, now, starts, ends, meets
):
    pair = (
        planned(course, 9, 11, room="Hall"),
        planned(course, starts, ends, room="hall"),
    )
    if meets:
        assert refused_fields(course, coordinator, now, *pair) == ["1.room"]
    else:
        set_them(course, coordinator, now, *pair)
        assert course.sessions.count() == 2


def test_groups_meet_in_rooms_of_their_own(course, coordinator, now):
    set_them(
        course, coordinator, now, planned(course, room="A"), planned(course, room="B")
    )
    assert course.sessions.count() == 2


def test_a_trainer_leads_one_session_at_a_time(course, coordinator, trainer, now):
    pair = (
        planned(course, room="A", trainers=(trainer.person,)),
        planned(course, room="B", trainers=(make_person(), trainer.person)),
    )
    assert refused_fields(course, coordinator, now, *pair) == ["1.trainers"]


def test_a_trainer_is_not_called_away_from_another_course(
    programme, course, coordinator, trainer, now
):
    other = make_course(programme, "other", part=2)
    make_session(other, hour=10, trainers=[trainer.person])
    fields = refused_fields(
        course, coordinator, now, planned(course, trainers=(trainer.person,))
    )
    assert fields == ["0.trainers"]
    set_them(
        course, coordinator, now, planned(course, 12, 14, trainers=(trainer.person,))
    )
    assert course.sessions.count() == 1


def test_a_session_does_not_stand_in_its_own_trainers_way(
    course, coordinator, trainer, now
):
    old = make_session(course, trainers=[trainer.person])
    moved = planned(course, 10, 12, key=old.pk, trainers=(trainer.person,))
    set_them(course, coordinator, now, moved)
    assert course.sessions.get().starts_at == at(course, 10)


def test_a_trainer_who_is_no_longer_named_no_longer_leads(
    course, coordinator, trainer, now
):
    other = make_person()
    old = make_session(course, trainers=[trainer.person])
    set_them(course, coordinator, now, planned(course, key=old.pk, trainers=(other,)))
    assert [row.person for row in old.trainers.all()] == [other]


def test_a_session_that_was_deleted_meanwhile_is_missed(course, coordinator, now):
    session = make_session(course)
    key = session.pk
    session.delete()
    assert refused_fields(course, coordinator, now, planned(course, key=key)) == []


def test_the_key_of_another_courses_session_is_missed(
    programme, course, coordinator, now
):
    other = make_session(make_course(programme, "other", part=2))
    assert refused_fields(course, coordinator, now, planned(course, key=other.pk)) == []
    assert Session.objects.get(pk=other.pk).course != course


@pytest.mark.parametrize("name", ("partner", "trainer", "stranger"))
def test_only_the_coordinator_plans(request, course, now, name):
    with pytest.raises(PermissionDenied):
        set_them(course, request.getfixturevalue(name), now, planned(course))
