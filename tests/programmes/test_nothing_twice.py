"""The database refuses a room or a trainer needed twice, whatever program asks."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from mosty.programmes import actions
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Session, SessionTrainer
from tests.factories import make_course
from tests.programmes.rows import at, both, make_session

PARIS = Text({"pl": "Paryż", "en": "Paris"})


@pytest.fixture
def other(programme) -> Course:
    """Return another course of the same days, at the same place."""
    found = make_course(programme, "other", part=2)
    Course.objects.update(place=PARIS)
    found.refresh_from_db()
    return found


def check() -> None:
    """Let the database check what it would check at the end."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def refuses(act) -> bool:
    try:
        with transaction.atomic():
            act()
            check()
    except IntegrityError:
        return True
    return False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("starts", "ends", "refused"),
    (
        ((0, 9), (0, 11), True),  # the same hours
        ((0, 10), (0, 12), True),
        ((0, 8), (0, 10), True),
        ((0, 8), (0, 12), True),
        ((0, 9), (0, 10), True),  # the same beginning
        ((0, 11), (0, 13), False),  # begins as the other ends
        ((0, 7), (0, 9), False),
        ((-1, 22), (0, 10), True),  # across midnight
        ((-1, 22), (0, 9), False),
    ),
)
@pytest.mark.parametrize("needed", ("room", "trainer"))
def test_meeting_sessions_of_two_courses(
    course, other, trainer, needed, starts, ends, refused
):
    fields = {"room": "Hall"} if needed == "room" else {"trainers": [trainer.person]}
    make_session(course, hour=9, **fields)

    def plan() -> None:
        make_session(
            other,
            starts_at=at(other, starts[1], starts[0]),
            ends_at=at(other, ends[1], ends[0]),
            **fields,
        )

    assert refuses(plan) == refused


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("here", "there", "refused"),
    (
        ("Hall", "hall", True),
        ("Hall 1", " HALL \N{NO-BREAK SPACE} 1", True),
        ("Hall", "Hall 2", False),
        ("", "", False),
        ("online", "Online", False),
    ),
)
def test_a_room_is_known_however_it_is_written(course, other, here, there, refused):
    make_session(course, room=here)
    assert refuses(lambda: make_session(other, room=there)) == refused


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("place", "refused"),
    (
        (PARIS, True),
        (Text({"pl": " paryż", "en": "The capital"}), True),
        (Text("Paryż"), True),
        (Text({"pl": "Rzym", "en": "Rome"}), False),
        (Text(""), False),
    ),
)
def test_a_course_that_moves_takes_its_rooms_along(course, other, place, refused):
    Course.objects.filter(pk=other.pk).update(place=Text({"en": "Oslo"}))
    make_session(course, room="Hall")
    make_session(other, room="Hall")
    check()

    def move() -> None:
        Course.objects.filter(pk=other.pk).update(place=place)

    assert refuses(move) == refused


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    (
        {"starts_at": timedelta(hours=4), "ends_at": timedelta(hours=4)},
        {"is_cancelled": True},
    ),
)
def test_a_session_that_moves_or_is_cancelled_frees_its_trainer(
    course, other, trainer, change
):
    first = make_session(course, room="Hall", trainers=[trainer.person])
    for name, value in change.items():
        if isinstance(value, timedelta):
            setattr(first, name, getattr(first, name) + value)
        else:
            setattr(first, name, value)
    first.save()
    second = make_session(other, room="Hall", trainers=[trainer.person])
    check()
    assert second.trainers.get().during.lower == second.starts_at
    assert refuses(
        lambda: Session.objects.filter(pk=first.pk).update(
            starts_at=second.starts_at, ends_at=second.ends_at, is_cancelled=False
        )
    )


@pytest.mark.django_db
def test_two_sessions_swap_rooms_and_hours(course, coordinator, trainer, now):
    one = make_session(course, room="A", trainers=[trainer.person])
    two = make_session(course, hour=14, room="A")
    planned = [
        actions.PlannedSession(
            key=row.pk,
            title=both("Swapped"),
            starts_at=other.starts_at,
            ends_at=other.ends_at,
            room="A",
            trainers=(trainer.person,),
        )
        for row, other in ((one, two), (two, one))
    ]
    actions.set_sessions(course=course, sessions=planned, actor=coordinator, now=now)
    one.refresh_from_db()
    assert one.starts_at == at(course, 14)


@pytest.mark.django_db
def test_a_room_of_another_course_is_named(course, other, coordinator, now):
    make_session(other, room="Hall")
    course.refresh_from_db()
    with pytest.raises(actions.CannotSetSessions) as refused:
        actions.set_sessions(
            course=course,
            sessions=[
                actions.PlannedSession(
                    title=both("Twice"),
                    starts_at=at(course, 10),
                    ends_at=at(course, 12),
                    room="hall",
                )
            ],
            actor=coordinator,
            now=now,
        )
    assert refused.value.fields == {
        "0.room": f"Another course has this room at that time: {other}."
    }


@pytest.mark.django_db
def test_a_course_does_not_move_into_a_room_that_is_taken(
    course, other, coordinator, now
):
    Course.objects.filter(pk=other.pk).update(place=Text({"en": "Oslo", "pl": "Oslo"}))
    make_session(course, room="Hall")
    make_session(other, room="Hall")
    other.refresh_from_db()
    values = {name: getattr(other, name) for name in actions.courses.DETAILS}
    details = actions.CourseDetails(
        **{**values, "languages": tuple(other.languages), "place": PARIS}
    )
    with pytest.raises(actions.CannotChangeCourse) as refused:
        actions.edit_course(course=other, details=details, actor=coordinator, now=now)
    assert list(refused.value.fields) == ["place"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_at_once_one_is_refused(course, trainer, coordinator, now):
    """Two connections, each of which could not see what the other writes."""
    courses = [course, make_course(course.programme, "other", part=2)]
    barrier, answers = threading.Barrier(2), []

    def plan(mine: Course) -> None:
        try:
            with translation.override("en"), transaction.atomic():
                session = make_session(mine)
                SessionTrainer.objects.create(session=session, person=trainer.person)
                barrier.wait(10)
                actions.twice.refuse_if_needed_twice(actions.CannotSetSessions)
            answers.append("planned")
        except actions.CannotSetSessions as refusal:
            with translation.override("en"):
                answers.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=plan, args=(one,)) for one in courses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [
        "A room or a trainer is needed elsewhere at this time. Look again.",
        "planned",
    ]
    assert Session.objects.count() == 1
