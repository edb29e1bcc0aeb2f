"""Publishing a timetable: who may, who is told, and that nobody is told twice."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.outbox.models import Message
from mosty.programmes import actions as programmes
from mosty.programmes.actions import CannotPublishTimetable
from mosty.programmes.models import Session, TimetableVersion
from mosty.programmes.queries.timetables import published
from mosty.selection.models import Offer
from mosty.training import tasks
from mosty.training.actions import timetables as actions
from mosty.training.models import Mark
from mosty.training.queries import timetable as queries
from tests.factories import (
    make_call,
    make_course,
    make_nomination,
    make_person,
    make_version,
)
from tests.training.conftest import take_seat

pytestmark = pytest.mark.django_db


def publish(course, user, now, expected=1, note=""):
    return actions.publish(
        course=course, note=note, expected=expected, actor=user, now=now
    )


def move(title="Opening", **fields):
    Session.objects.filter(title__icontains=title).update(**fields)


def drafts():
    found = Message.objects.filter(state=Message.State.DRAFT).order_by("to_name")
    return [(one.to_name, one.language) for one in found]


def test_the_first_version_tells_nobody(timetable, coordinator, now):
    other = make_course(timetable.programme, "other", part=2)
    Session.objects.filter(title__icontains="Groups").update(course=other)
    version = publish(other, coordinator, now, expected=0)
    assert (version.number, drafts()) == (1, [])
    (entry,) = Entry.objects.all()
    assert (entry.verb, entry.after) == (
        "course.timetable_published",
        {"number": 1, "changed": 1},
    )


def test_those_whose_session_changed_are_told_once(
    timetable, coordinator, trainer, now
):
    Offer.objects.get(
        nomination__given_name="Anna"
    ).nomination.__class__.objects.filter(given_name="Anna").update(language="pl")
    move(room="Room 3")

    publish(timetable, coordinator, now, note="More light.")

    # Tamara leads the groups alone: nothing has changed for her.
    assert drafts() == [
        ("Anna Żak", "pl"),
        ("Zenon Abacki", "en"),
        ("Łucja Ćwik", "en"),
    ]
    english = Message.objects.get(to_name="Zenon Abacki")
    assert "- Opening: room: Room 2 → Room 3\n" in english.body
    assert "Why: More light." in english.body
    assert (
        english.link.subject == Offer.objects.get(nomination__given_name="Zenon").code
    )
    assert english.kind == "training.timetable_changed"
    polish = Message.objects.get(to_name="Anna Żak")
    assert "sala: Room 2 → Room 3" in polish.body


def test_a_trainer_is_told_of_her_own_sessions_by_name(
    timetable, coordinator, trainer, now
):
    groups = Session.objects.get(title__icontains="Groups")
    groups.trainers.all().delete()
    groups.trainers.create(person=make_person("Ewa", "Nowak"))
    move(room="Room 3")
    publish(timetable, coordinator, now)
    own = Message.objects.get(to_name="Tamara Tyl")
    assert "- Groups: led by: Tamara Tyl → Ewa Nowak\n" in own.body
    assert "Opening" not in own.body
    assert own.link is None
    others = Message.objects.get(to_name="Zenon Abacki")
    assert "- Groups: other trainers\n" in others.body
    assert Message.objects.filter(to_name="Ewa Nowak").count() == 1


def test_what_nobody_let_leave_is_said_again_in_the_next(timetable, coordinator, now):
    move(room="Room 3")
    publish(timetable, coordinator, now)
    anna, zenon = (
        Message.objects.get(to_name=name) for name in ("Anna Żak", "Zenon Abacki")
    )
    Message.objects.filter(pk=anna.pk).update(
        state=Message.State.SENT, released_at=now, sent_at=now
    )
    move("Practice", room="Room 4")

    publish(timetable, coordinator, now, expected=2)

    states = Message.objects.filter(pk=zenon.pk).values_list("state", flat=True)
    assert list(states) == ["withdrawn"]
    new = Message.objects.filter(state="draft")
    assert {one.to_name: one.body.count("\n- ") for one in new} == {
        "Anna Żak": 1,
        "Zenon Abacki": 2,
        "Łucja Ćwik": 2,
    }


def test_a_change_that_is_taken_back_before_it_was_read_is_not_spoken_of(
    timetable, coordinator, now
):
    move(room="Room 3")
    publish(timetable, coordinator, now)
    move(room="Room 2")
    publish(timetable, coordinator, now, expected=2)
    assert drafts() == []


def test_a_draft_that_says_nothing_new_is_not_published(timetable, coordinator, now):
    with pytest.raises(CannotPublishTimetable, match="Nothing has changed"):
        publish(timetable, coordinator, now)


def test_what_was_not_read_is_not_published(timetable, coordinator, now):
    move(room="Room 3")
    with pytest.raises(CannotPublishTimetable, match="Another version"):
        publish(timetable, coordinator, now, expected=0)
    assert TimetableVersion.objects.count() == 1


@pytest.mark.parametrize("name", ("partner", "trainer", "city", "stranger"))
def test_only_the_coordinator_publishes(request, timetable, now, name):
    move(room="Room 3")
    with pytest.raises(PermissionDenied):
        publish(timetable, request.getfixturevalue(name), now)


def test_what_was_published_never_changes(timetable):
    from django.db import IntegrityError, transaction

    version = TimetableVersion.objects.get()
    for act in (
        lambda: TimetableVersion.objects.update(note="No"),
        lambda: version.delete(),
    ):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            act()


# --- the page


def path_of(course):
    return reverse("training:timetable", args=[course.pk])


@pytest.mark.parametrize(
    ("name", "status"),
    (
        ("coordinator", 200),
        ("partner", 200),
        ("secretariat", 200),
        ("trainer", 200),
        ("city", 403),
        ("stranger", 404),
        ("auditor", 404),
    ),
)
def test_who_reads_the_page(request, signed_in, timetable, name, status):
    client = signed_in(request.getfixturevalue(name))
    assert client.get(path_of(timetable)).status_code == status


def test_the_page_publishes_what_was_read(signed_in, coordinator, timetable):
    move(room="Room 3")
    client = signed_in(coordinator)
    page = client.get(path_of(timetable))
    assert page.context["page"].changes == ["Opening: room: Room 2 → Room 3"]
    answer = client.post(path_of(timetable), {"expected": "1", "note": "Light"})
    assert answer.status_code == 302
    assert TimetableVersion.objects.get(number=2).note == "Light"


def test_a_refused_note_is_not_lost(signed_in, coordinator, timetable):
    move(room="Room 3")
    page = signed_in(coordinator).post(
        path_of(timetable), {"expected": "0", "note": "Light"}
    )
    html = page.content.decode()
    assert "Another version was published meanwhile" in html
    assert 'value="Light"' in html
    assert 'name="expected" value="1"' in html


def test_a_reader_does_not_publish(signed_in, partner, timetable):
    move(room="Room 3")
    sent = [
        signed_in(partner).post(path_of(timetable), form).status_code
        for form in ({"expected": "1"}, {})
    ]
    assert (sent, TimetableVersion.objects.count()) == ([403, 403], 1)


def test_the_page_takes_no_other_method(signed_in, coordinator, timetable):
    assert signed_in(coordinator).put(path_of(timetable)).status_code == 405


@pytest.mark.parametrize("count", (1, 3))
def test_the_page_costs_the_same_for_one_and_three(
    signed_in, coordinator, timetable, count, django_assert_num_queries
):
    for number in range(count):
        session = Session.objects.create(
            course=timetable,
            title=f"More {number}",
            starts_at=timetable.sessions.latest("ends_at").ends_at,
            ends_at=timetable.sessions.latest("ends_at").ends_at + timedelta(minutes=9),
        )
        session.trainers.create(person=make_person())
    client = signed_in(coordinator)
    with django_assert_num_queries(14):
        # session, user with roles, course; sees everybody; version; sessions, trainers,
        # people; names; seats; trainers with an address; who takes part, and who of them
        # elsewhere, too; may she publish
        client.get(path_of(timetable))


# --- in two places


@pytest.fixture
def elsewhere(timetable, ump, krakow):
    """Return another course with Anna, whose session meets two of the first."""
    other = make_course(timetable.programme, "other", part=2)
    call = make_call(other, slug="other", channel=ump)
    anna = Offer.objects.get(nomination__given_name="Anna").nomination
    twin = make_nomination(call, krakow, "Anna", "Żak", email=anna.email.upper())
    take_seat(call, 1, twin)
    first = timetable.sessions.earliest("starts_at")
    Session.objects.create(
        course=other,
        title="Elsewhere",
        starts_at=first.ends_at,
        ends_at=first.ends_at + timedelta(hours=2),
    )
    return other


def test_somebody_in_two_places_is_named_once_both_are_published(timetable, elsewhere):
    assert queries.clashes(timetable) == []
    make_version(elsewhere)
    (clash,) = queries.clashes(timetable)
    practice = timetable.sessions.get(title__icontains="Practice")
    assert (clash.name, clash.session, clash.other, clash.starts_at, clash.ends_at) == (
        "Żak Anna", "Practice", "Elsewhere", practice.starts_at, practice.ends_at,
    )  # fmt: skip


@pytest.mark.parametrize(("name", "shown"), (("trainer", True), ("city", False)))
def test_the_roster_warns_those_who_see_everybody(
    request, signed_in, timetable, elsewhere, name, shown
):
    make_version(elsewhere)
    client = signed_in(request.getfixturevalue(name))
    page = client.get(reverse("training:roster", args=[timetable.pk]))
    assert ("In two places" in page.content.decode()) == shown


def test_a_seat_given_back_is_in_nobodys_way(timetable, elsewhere):
    make_version(elsewhere)
    Offer.objects.filter(seat__call__course=elsewhere).update(state="withdrawn")
    assert queries.clashes(timetable) == []


# --- sessions with attendance


@pytest.fixture
def marked(timetable, trainer):
    """Return a session at which Anna was, as its trainer noted."""
    session = timetable.sessions.get(title__icontains="Groups")
    Mark.objects.create(
        session=session,
        offer=Offer.objects.get(nomination__given_name="Anna"),
        kind="present",
        way="roster",
        noted_at=session.starts_at,
        marked_at=session.starts_at,
        marked_by=str(trainer),
        marker_key=trainer.ledger_key,
    )
    return session


def planned(row, **fields):
    return programmes.PlannedSession(
        **{
            "key": row.pk,
            "title": row.title,
            "starts_at": row.starts_at,
            "ends_at": row.ends_at,
            "room": row.room,
            **fields,
        }
    )


def test_a_session_with_attendance_is_not_removed_but_may_be_cancelled(
    timetable, marked, coordinator, now
):
    rows = list(timetable.sessions.all())
    rest = [planned(row) for row in rows if row != marked]
    with pytest.raises(programmes.CannotSetSessions) as refused:
        programmes.set_sessions(
            course=timetable, sessions=rest, actor=coordinator, now=now
        )
    assert str(refused.value) == (
        "Attendance was taken at this session, so it cannot be removed: Groups. "
        "Mark it as cancelled instead; what was marked stays."
    )
    programmes.set_sessions(
        course=timetable,
        sessions=[*rest, planned(marked, is_cancelled=True)],
        actor=coordinator,
        now=now,
    )
    publish(timetable, coordinator, now)
    assert Mark.objects.filter(session=marked).count() == 1
    table = published(timetable)
    assert [str(one.title) for one in table.sessions] == ["Opening", "Practice"]
    assert [(str(one.title), one.sequence) for one in table.gone] == [("Groups", 1)]


def test_what_a_trainer_marked_stays_hers_when_another_leads(
    timetable, marked, trainer, coordinator, now
):
    programmes.set_sessions(
        course=timetable,
        sessions=[
            planned(row, trainers=(make_person(),))
            for row in timetable.sessions.all()
            if row == marked
        ]
        + [planned(row) for row in timetable.sessions.all() if row != marked],
        actor=coordinator,
        now=now,
    )
    mark = Mark.objects.get()
    assert (mark.marked_by, mark.marker_key) == (str(trainer), trainer.ledger_key)


def test_the_worker_asks_once_an_hour(timetable):
    tasks.write_due(0)
    assert Message.objects.exclude(kind__startswith="training.").count() == 0
