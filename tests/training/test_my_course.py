"""What a participant and a trainer find behind their links."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.outbox.models import Link
from mosty.programmes.models import Course, Session
from mosty.selection.actions import offers
from mosty.selection.models import Offer
from tests.factories import make_course, make_link, make_version
from tests.programmes.rows import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(timetable):
    return Offer.objects.get(nomination__given_name="Anna")


@pytest.fixture
def link(anna, now):
    return make_link(anna.code, purpose="course", created_at=now)


def path_of(link, name="link_course"):
    return reverse(f"training:{name}", args=[link.token])


def calendars():
    """Return the calendar links, and whether each still opens."""
    found = Link.objects.filter(purpose="calendar").order_by("pk")
    return [(one.subject, one.revoked_at is None) for one in found]


def test_the_page_shows_agenda_and_how_to_join(client, link, timetable):
    Session.objects.filter(title__icontains="Opening").update(
        online="https://meet.example.org/x"
    )
    make_version(timetable)
    page = client.get(path_of(link))
    html = page.content.decode()
    shown = [
        word in html
        for word in (
            "Anna Żak",
            "Practice",
            "Room 2",
            'href="https://meet.example.org/x"',
        )
    ]
    assert shown == [True] * 4
    assert (page["Cache-Control"], page["Referrer-Policy"]) == (
        "no-store",
        "no-referrer",
    )
    assert calendars() == []


@pytest.mark.parametrize(
    ("fields", "status"),
    (
        ({"purpose": "offer"}, 404),
        ({"expires_at": timedelta(seconds=-1)}, 410),
        ({"revoked_at": timedelta()}, 410),
    ),
)
def test_another_link_opens_nothing(client, link, now, fields, status):
    moments = {
        name: now + value if isinstance(value, timedelta) else value
        for name, value in fields.items()
    }
    Link.objects.filter(pk=link.pk).update(
        created_at=now - timedelta(days=9), **moments
    )
    assert client.get(path_of(link)).status_code == status


def test_who_gave_her_seat_back_sees_nothing_of_the_course(client, link, anna):
    Offer.objects.filter(pk=anna.pk).update(state="withdrawn")
    html = client.get(path_of(link)).content.decode()
    assert ("Practice" in html, "any more" in html) == (False, True)
    assert client.post(path_of(link), {"act": "calendar"}).status_code == 403


@pytest.mark.parametrize("count", (1, 3))
def test_the_page_costs_the_same_for_one_and_three(
    client, link, timetable, count, django_assert_num_queries
):
    for number in range(count):
        make_session(timetable, hour=17, day=1, room=f"R{number}")
    make_version(timetable)
    # link, seat; still hers; timetable; calendar; materials; certificate; groups; rule,
    # course, sessions and marks of her hours; surveys
    with django_assert_num_queries(13):
        client.get(path_of(link))


@pytest.mark.parametrize(
    ("begins", "ends", "hints"),
    ((1, 2, [True, True]), (-9, 1, [True, False]), (-9, -1, [False, False])),
)
def test_it_says_how_to_check_in_and_give_back_while_that_can_be(
    client, link, timetable, anna, begins, ends, hints
):
    today = timezone.localdate()
    Course.objects.filter(pk=timetable.pk).update(
        starts_on=today + timedelta(days=begins), ends_on=today + timedelta(days=ends)
    )
    html = client.get(path_of(link)).content.decode()
    shown = [words in html for words in ("To check in,", "?step=give-back")]
    assert shown == hints
    assert f"<dd>{anna.nomination.code}</dd>" in html


@pytest.fixture
def drawn(timetable, monkeypatch):
    """Return the course; to whom a seat goes next is the selection's own test."""
    monkeypatch.setattr(offers, "_pass_on", Mock())
    return timetable


def test_she_gives_her_seat_back_on_her_own_page(client, link, drawn, anna, now):
    path = f"{path_of(link)}?step=give-back"
    assert client.get(path).context["asks"] is True
    anna.refresh_from_db()
    assert anna.state == "accepted"
    said = client.post(path, {"act": "give-back", "reason": " "})
    assert list(said.context["form"].errors) == ["reason"]
    for _twice in range(2):
        said = client.post(path, {"act": "give-back", "reason": "Ill."})
        assert (said.status_code, said["Location"]) == (302, path_of(link))
    anna.refresh_from_db()
    assert (anna.state, anna.reason) == ("withdrawn", "Ill.")
    entry = Entry.objects.get(verb="offer.given_back")
    assert entry.actor_key == f"link:course:{anna.code}"
    assert client.get(path_of(link)).context["page"].is_over_for_her is True


def test_after_the_course_began_her_page_says_whom_to_write_to(
    client, link, drawn, anna
):
    Course.objects.filter(pk=drawn.pk).update(starts_on=timezone.localdate())
    said = client.post(path_of(link), {"act": "give-back", "reason": "Ill."})
    assert said.context["form"].non_field_errors() == [
        "The course has begun. Write to the contact named in the call."
    ]
    assert "Write to the contact named" in said.content.decode()
    anna.refresh_from_db()
    assert anna.state == "accepted"


def test_her_link_gives_no_other_seat_back(link, drawn, anna, now):
    other = Offer.objects.get(nomination__given_name="Łucja")
    with pytest.raises(PermissionDenied):
        offers.give_back(offer=other, reason="Ill.", actor=link, now=now)
    with pytest.raises(PermissionDenied):
        offers.answer(offer=anna, accept=False, actor=link, now=now)


def test_behind_a_link_there_is_neither_menu_nor_sign_in(
    client, link, timetable, signed_in, coordinator
):
    page = path_of(link)
    html = client.get(page).content.decode()
    assert ("menu-bar" in html, "/account/login/" in html) == (False, False)
    assert "menu-bar" in signed_in(coordinator).get(page).content.decode()
    assert "menu-bar" in client.get("/en/").content.decode()


def test_before_the_first_session_nobody_reads_zero_per_cent(
    client, link, timetable, now
):
    # The timetable's three sessions are 90 minutes each.
    html = client.get(path_of(link)).content.decode()
    assert ("You were present for" in html, "80% of 4 h 30 min" in html) == (
        False,
        True,
    )


def feed_of(client, anna):
    """Return the events behind the address that the page shows."""
    link = Link.objects.get(purpose="calendar", revoked_at__isnull=True)
    answer = client.get(path_of(link, "link_calendar"))
    assert answer.status_code == 200
    return answer, IcsCalendarStream.calendar_from_ics(answer.content.decode()).events


def test_a_participant_makes_reads_and_replaces_her_calendar(client, link, anna):
    page = path_of(link)
    assert client.post(page, {"act": "calendar"}).status_code == 302
    client.post(page, {"act": "calendar"})
    subject = f"offer:{anna.code}"
    assert calendars() == [(subject, True)]
    old = Link.objects.get(purpose="calendar")
    address = path_of(old, "link_calendar")
    assert f"{address}</a>" in client.get(page).content.decode()
    answer, events = feed_of(client, anna)
    assert [(e.summary, e.status) for e in events] == [
        ("Opening", "CONFIRMED"), ("Practice", "CONFIRMED"), ("Groups", "CONFIRMED"),
    ]  # fmt: skip
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304

    client.post(page, {"act": "replace-calendar"})
    assert calendars() == [(subject, False), (subject, True)]
    assert client.get(address).status_code == 410


def test_her_calendar_says_that_all_is_off_once_the_seat_is_given_back(
    client, link, anna
):
    client.post(path_of(link), {"act": "calendar"})
    Offer.objects.filter(pk=anna.pk).update(state="withdrawn")
    _answer, events = feed_of(client, anna)
    assert {event.status for event in events} == {"CANCELLED"}


def test_nobodys_name_is_in_a_calendar(client, link, anna):
    client.post(path_of(link), {"act": "calendar"})
    answer, _events = feed_of(client, anna)
    text = answer.content.decode()
    assert [name in text for name in ("Anna", "Tyl", "Abacki")] == [False] * 3


@pytest.mark.parametrize("name", ("link_course", "link_calendar"))
def test_no_other_method(client, link, name):
    assert client.put(path_of(link, name)).status_code == 405


# --- the trainer's


MINE = "/en/training/calendar/"


def test_a_trainer_reads_her_sessions_of_all_courses(
    signed_in, client, timetable, trainer
):
    other = make_course(timetable.programme, "other", part=2)
    make_session(other, "Elsewhere", day=1, trainers=[trainer.person])
    make_version(other)
    mine = signed_in(trainer)
    assert mine.get(MINE).context["calendar"] == ""
    assert mine.post(MINE, {"act": "calendar"}).status_code == 302
    assert mine.get(MINE).context["calendar"].endswith(".ics")
    assert calendars() == [(f"trainer:{trainer.person.code}", True)]
    _answer, events = feed_of(client, None)
    assert sorted(event.summary for event in events) == ["Elsewhere", "Groups"]
    # She leads it no more: it stays, cancelled, with a higher sequence.
    other.sessions.get().trainers.all().delete()
    make_version(other)
    _answer, events = feed_of(client, None)
    assert [(e.sequence, e.status) for e in events if e.summary == "Elsewhere"] == [
        (1, "CANCELLED")
    ]
    mine.post(MINE, {"act": "replace-calendar"})
    assert [live for _subject, live in calendars()] == [False, True]


@pytest.mark.parametrize("how", ("role", "account"))
def test_who_trains_no_more_reads_nothing_by_her_old_address(
    client, timetable, trainer, now, how
):
    link = make_link(
        f"trainer:{trainer.person.code}", purpose="calendar", created_at=now
    )
    before = client.get(path_of(link, "link_calendar")).status_code
    if how == "role":
        trainer.grants.update(until=now.date() - timedelta(days=1))
    else:
        User.objects.filter(pk=trainer.pk).update(is_active=False)
    after = client.get(path_of(link, "link_calendar")).status_code
    assert (before, after) == (200, 410)


@pytest.mark.parametrize(
    ("name", "status"), (("trainer", 200), ("coordinator", 403), ("stranger", 403))
)
def test_who_has_a_calendar_of_her_own(request, signed_in, name, status):
    client = signed_in(request.getfixturevalue(name))
    assert (client.get(MINE).status_code, client.put(MINE).status_code) == (status, 405)


def test_a_reader_who_is_not_signed_in_is_asked_to(client):
    assert client.get(MINE).status_code == 302


@pytest.mark.parametrize("count", (1, 3))
def test_a_trainers_calendar_costs_the_same_for_one_and_three(
    client, timetable, trainer, now, count, django_assert_num_queries
):
    for number in range(count):
        other = make_course(timetable.programme, f"other-{number}", part=number + 2)
        make_session(other, hour=9 + 3 * number, day=1, trainers=[trainer.person])
        make_version(other)
    link = make_link(
        f"trainer:{trainer.person.code}", purpose="calendar", created_at=now
    )
    # link, person; still a trainer, by which role; in which courses; they; versions
    with django_assert_num_queries(7):
        client.get(path_of(link, "link_calendar"))
