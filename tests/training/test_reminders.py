"""Before and after a course: what is due when, once, and taken back when it is not so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.nominations.models import Call
from mosty.outbox.models import Link, Message
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Session
from mosty.programmes.timetable import Entry as Held
from mosty.selection.models import Offer
from mosty.training.actions import reminders
from tests.factories import make_version

DAY = timedelta(days=1)
START = datetime(2027, 5, 12, 7, tzinfo=UTC)
SESSION = Held(
    uid="a", title=Text("Opening"), starts_at=START, ends_at=START + timedelta(hours=2)
)
SEVEN = (reminders.REMINDER, ":7:2027-05-12")
ONE = (reminders.REMINDER, ":1:2027-05-12")
THANKS = (reminders.THANKS, "")


@pytest.mark.parametrize(
    ("at", "found"),
    (
        (START - 9 * DAY - timedelta(seconds=1), None),
        (START - 9 * DAY, SEVEN),
        (START - 3 * DAY - timedelta(seconds=1), SEVEN),
        (START - 3 * DAY, ONE),
        (START - timedelta(seconds=1), ONE),
        (START, None),
        (START + timedelta(hours=2), THANKS),
        (START + timedelta(hours=2) + 14 * DAY, None),
    ),
)
def test_what_is_due_when(at, found):
    due = reminders.due([SESSION], at)
    assert ((due.kind, due.key) if due else None) == found


def test_nothing_is_due_without_sessions():
    assert reminders.due([], START) is None


@pytest.fixture
def soon(timetable):
    """Return the moment three days before the course, and the course."""
    first = timetable.sessions.earliest("starts_at").starts_at
    return first - 2 * DAY


def write(now):
    return reminders.write_due(actor=SYSTEM, now=now)


def waiting():
    return sorted(Message.objects.filter(state="draft").values_list("kind", "to_name"))


EVERYBODY = ["Anna Żak", "Zenon Abacki", "Łucja Ćwik"]


@pytest.mark.django_db
def test_everybody_with_a_seat_is_reminded_once(soon):
    assert (write(soon), write(soon + DAY)) == (3, 0)
    assert waiting() == [("training.reminder", name) for name in EVERYBODY]
    assert Link.objects.filter(purpose=Link.Purpose.TAKE_PART).count() == 3
    (entry,) = Entry.objects.all()
    assert (entry.verb, entry.after) == (
        "course.participants_written",
        {"kind": "training.reminder", "messages": 3},
    )


@pytest.mark.django_db
def test_who_comes_in_later_is_reminded_then(soon):
    write(soon)
    Offer.objects.filter(state="open").update(state="accepted", answered_at=soon)
    assert write(soon) == 1


@pytest.mark.django_db
def test_what_nobody_read_is_taken_back_where_it_is_no_longer_so(timetable, soon, now):
    write(soon)
    Offer.objects.filter(nomination__given_name="Anna").update(state="withdrawn")
    write(soon)
    assert waiting() == [("training.reminder", name) for name in EVERYBODY[1:]]
    write(soon + 2 * DAY)
    assert waiting() == []


@pytest.mark.django_db
def test_a_course_that_is_moved_is_reminded_of_again(timetable, soon):
    write(soon)
    for session in Session.objects.all():
        Session.objects.filter(pk=session.pk).update(
            starts_at=session.starts_at + DAY, ends_at=session.ends_at + DAY
        )
    make_version(timetable)
    assert write(soon) == 3
    assert Message.objects.filter(state="withdrawn").count() == 3


@pytest.mark.django_db
def test_a_message_that_has_left_is_left_alone(soon):
    write(soon)
    Message.objects.update(state="sent", released_at=soon, sent_at=soon)
    write(soon + 2 * DAY)
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.django_db
def test_after_the_course_everybody_is_thanked(timetable):
    end = timetable.sessions.latest("ends_at").ends_at
    assert write(end) == 3
    assert waiting() == [("training.thanks", name) for name in EVERYBODY]


@pytest.mark.django_db
@pytest.mark.parametrize("hidden", ("course", "call"))
def test_a_hidden_course_and_a_cancelled_call_remind_nobody(soon, hidden):
    if hidden == "course":
        Course.objects.update(is_published=False)
    else:
        Call.objects.update(state="cancelled", cancelled_at=soon, cancel_reason="No.")
    assert write(soon) == 0


@pytest.mark.django_db
def test_only_the_installation_writes(coordinator, now):
    with pytest.raises(PermissionDenied):
        reminders.write_due(actor=coordinator, now=now)
