"""Checking in by the changing code: when, who, once, and what is said otherwise."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mosty.audit.models import Entry
from mosty.inbox.models import Receipt
from mosty.outbox.models import Link
from mosty.programmes.models import Session
from mosty.training import checkin
from mosty.training import people as persons
from mosty.training.models import Mark
from tests.factories import make_link


@pytest.fixture(autouse=True)
def _no_guesses():
    cache.clear()


@pytest.fixture
def at(monkeypatch):
    """Return what sets the clock of the views."""

    def set_clock(moment):
        monkeypatch.setattr("mosty.training.views.checkin.timezone.now", lambda: moment)

    return set_clock


def address(session, code=""):
    code = code or checkin.code(session, timezone.now())
    return reverse("training:check_in", args=[session.pk, code])


def scan(client, session, code=""):
    """Scan the screen; return the ticket."""
    return client.get(address(session, code)).context["ticket"]


def send(client, session, ticket, offer, family_name="", **more):
    sent = {
        "ticket": ticket,
        "code": offer.code,
        "family_name": family_name or offer.nomination.family_name,
    }
    return client.post(address(session), {**sent, **more})


def test_by_code_and_name(client, begun, people):
    ticket = scan(client, begun)
    answer = send(client, begun, ticket, people["Łucja"], "cwik")
    assert answer["Location"] == reverse("training:checked_in", args=[begun.pk])
    mark = Mark.objects.get()
    assert (mark.offer, mark.kind, mark.way, mark.marked_by) == (
        people["Łucja"],
        "present",
        "self",
        f"course link {people['Łucja'].code}",
    )
    # The ledger names nobody by name who has no account.
    entry = Entry.objects.get()
    assert (entry.actor_key, entry.target_key) == (
        f"link:course:{mark.offer.code}",
        mark.offer.code,
    )
    shown = client.get(answer["Location"])
    assert shown.context["mark"] == mark
    assert Client().get(answer["Location"]).context["mark"] is None


def test_by_the_link_that_was_opened_before(client, begun, people, now):
    link = make_link(people["Anna"].code, purpose=Link.Purpose.TAKE_PART)
    response = HttpResponse()
    persons.remember(response, link, now)
    client.cookies["participant"] = response.cookies["participant"].value
    page = client.get(address(begun))
    assert page.context["known"] == people["Anna"]
    client.post(address(begun), {"ticket": page.context["ticket"]})
    assert Mark.objects.get().offer == people["Anna"]


def test_her_page_lets_the_phone_know_her(client, begun, people):
    link = make_link(people["Anna"].code, purpose=Link.Purpose.TAKE_PART)
    client.get(reverse("training:link_course", args=[link.token]))
    assert client.get(address(begun)).context["known"] == people["Anna"]


def test_nobody_checks_in_where_it_is_cancelled(client, begun):
    Session.objects.filter(pk=begun.pk).update(is_cancelled=True)
    assert client.get(address(begun)).status_code == 410


@pytest.mark.parametrize("end", ("revoked_at", "expires_at"))
def test_a_link_that_ended_names_nobody(client, begun, people, now, end):
    link = make_link(people["Anna"].code, purpose=Link.Purpose.TAKE_PART)
    response = HttpResponse()
    persons.remember(response, link, now)
    client.cookies["participant"] = response.cookies["participant"].value
    Link.objects.update(
        created_at=now - timedelta(days=2), **{end: now - timedelta(minutes=1)}
    )
    assert client.get(address(begun)).context["known"] is None


@pytest.mark.parametrize(
    ("minutes", "kind", "late"),
    ((-29, "present", None), (10, "present", None), (11, "late", 11), (84, "late", 84)),
)
def test_late_by_the_servers_clock(client, begun, people, at, minutes, kind, late):
    moment = begun.starts_at + timedelta(minutes=minutes)
    at(moment)
    ticket = scan(client, begun, checkin.code(begun, moment))
    send(client, begun, ticket, people["Anna"])
    mark = Mark.objects.get()
    assert (mark.kind, mark.minutes) == (kind, late)


@pytest.mark.parametrize(
    ("minutes", "words"),
    ((-31, "has not begun"), (90, "is over")),
)
def test_only_while_it_is_on(client, begun, at, minutes, words):
    moment = begun.starts_at + timedelta(minutes=minutes)
    at(moment)
    answer = client.get(address(begun, checkin.code(begun, moment)))
    assert (answer.status_code, answer.context["ticket"]) == (410, "")
    assert words in answer.context["closed"]


@pytest.mark.parametrize(
    ("seconds", "good"), ((-30, True), (-60, False), (30, False), (0, True))
)
def test_only_the_code_of_now_and_the_one_before(begun, now, seconds, good):
    code = checkin.code(begun, now + timedelta(seconds=seconds))
    assert checkin.is_current(begun, code, now) is good


def test_each_session_has_its_own_codes(begun, timetable, now):
    other = timetable.sessions.exclude(pk=begun.pk)[0]
    assert not checkin.is_current(begun, checkin.code(other, now), now)


def test_an_old_code_says_so(client, begun):
    answer = client.get(address(begun, "AAAAAAAAAA"))
    assert "no longer valid" in answer.context["closed"]
    assert "Scan the screen again" in answer.content.decode()


def refused(answer):
    return answer.context["refused"]


def test_a_ticket_lasts_three_minutes(client, begun, people, at, now):
    ticket = scan(client, begun)
    at(now + timedelta(minutes=3, seconds=5))
    assert "time of this code has passed" in refused(
        send(client, begun, ticket, people["Anna"])
    )
    assert Mark.objects.count() == 0


def test_a_ticket_from_the_queue_counts_as_of_the_scan(client, begun, people, at, now):
    """Filled in a minute after the scan, sent hours later: the clock of the phone is off."""
    ticket = scan(client, begun)
    later = min(
        now + timedelta(hours=3),
        begun.course.programme.local(now).replace(hour=23, minute=59),
    )
    at(later)
    waited = int((later - now).total_seconds() * 1000) - 60_000
    answer = client.post(
        address(begun),
        {
            "ticket": ticket,
            "code": people["Anna"].code,
            "family_name": "Żak",
            "noted": "5000",
            "sent": str(5000 + waited),
        },
        headers={"X-Queue": "device"},
    )
    assert answer.json()["state"] == "taken"
    assert abs(Mark.objects.get().noted_at - now) < timedelta(seconds=5)


def test_a_ticket_of_yesterday_is_old(client, begun, people, at, now):
    ticket = scan(client, begun)
    at(now + timedelta(days=1))
    answer = client.post(
        address(begun),
        {
            "ticket": ticket,
            "code": people["Anna"].code,
            "family_name": "Żak",
            "noted": "0",
            "sent": str(24 * 3600 * 1000),
        },
        headers={"X-Queue": "device"},
    )
    assert (answer.status_code, answer.json()["state"]) == (422, "refused")


def test_a_ticket_belongs_to_its_phone(client, begun, people):
    ticket = scan(client, begun)
    other = Client()
    scan(other, begun)
    assert "another phone" in refused(send(other, begun, ticket, people["Anna"]))
    assert Mark.objects.count() == 0


def test_a_ticket_belongs_to_its_session(client, begun, timetable, people):
    other = timetable.sessions.exclude(pk=begun.pk)[0]
    Session.objects.filter(pk=other.pk).update(
        starts_at=begun.starts_at, ends_at=begun.ends_at, room="Room 3"
    )
    ticket = scan(client, begun)
    assert "no code of this session" in refused(
        send(client, other, ticket, people["Anna"])
    )


def test_a_ticket_sent_twice_is_taken_once(client, begun, people):
    ticket = scan(client, begun)
    answers = [send(client, begun, ticket, people["Anna"]) for _n in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Mark.objects.count() == 1


def test_a_used_ticket_is_of_no_use_to_another(client, begun, people):
    ticket = scan(client, begun)
    send(client, begun, ticket, people["Anna"])
    assert "used for another person" in refused(
        send(client, begun, ticket, people["Zenon"])
    )


def test_one_phone_checks_one_person_in(client, begun, people):
    send(client, begun, scan(client, begun), people["Anna"])
    answer = send(client, begun, scan(client, begun), people["Zenon"])
    assert "Another person has already been checked in" in refused(answer)
    assert Mark.objects.get().offer == people["Anna"]


@pytest.mark.parametrize(("kind", "there"), (("present", True), ("absent", False)))
def test_what_the_trainer_marked_stands(
    client, signed_in, trainer, begun, people, kind, there
):
    path = reverse("training:attendance_session", args=[begun.course_id, begun.pk])
    signed_in(trainer).post(path, {f"kind-{people['Anna'].code}": kind})
    answer = send(client, begun, scan(client, begun), people["Anna"])
    assert answer.status_code == (302 if there else 200)
    assert (Mark.objects.get().kind, Mark.objects.get().version) == (kind, 1)


@pytest.mark.parametrize(
    ("code", "family_name"), (("right", "Nowak"), ("XXXX-XX", "Żak"), ("X", "Y"))
)
def test_who_is_not_known_is_told(client, begun, people, code, family_name):
    offer = people["Anna"]
    answer = client.post(
        address(begun),
        {
            "ticket": scan(client, begun),
            "code": offer.code if code == "right" else code,
            "family_name": family_name,
        },
    )
    assert "Nobody with this code and family name" in refused(answer)


def test_a_code_is_read_however_it_is_typed(client, begun, people):
    offer = people["Anna"]
    typed = offer.code.lower().replace("-", " ")
    client.post(
        address(begun),
        {"ticket": scan(client, begun), "code": typed, "family_name": " żak "},
    )
    assert Mark.objects.get().offer == offer


def test_guessing_ends_soon(client, begun, people):
    for _n in range(8):
        send(client, begun, scan(client, begun), people["Anna"], "Wrong")
    answer = send(client, begun, scan(client, begun), people["Anna"])
    assert "Too many codes" in refused(answer)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")


def test_somebody_without_a_seat_is_nobody(client, begun, call, people):
    people["Anna"].state = "withdrawn"
    people["Anna"].save()
    answer = send(client, begun, scan(client, begun), people["Anna"])
    assert "Nobody with this code" in refused(answer)


def test_the_screen_shows_the_address_in_no_language(signed_in, trainer, begun):
    path = reverse("training:screen", args=[begun.course_id, begun.pk])
    page = signed_in(trainer).get(path)
    text = page.content.decode()
    assert ("style=" in text, "<svg viewBox" in text) == (False, True)
    assert page["Cache-Control"] == "no-store"
    # A phone is led to its own language.
    code = checkin.code(begun, timezone.now())
    answer = Client(headers={"accept-language": "en"}).get(
        f"/check-in/{begun.pk}/{code}/"
    )
    assert answer["Location"] == f"/en/check-in/{begun.pk}/{code}/"


def test_looking_changes_nothing(client, begun):
    scan(client, begun)
    assert Mark.objects.count() == 0
    assert client.post(address(begun)).status_code == 200


@pytest.mark.parametrize("pk", (0, 10**6))
def test_a_session_that_is_not_there(client, db, pk):
    path = reverse("training:check_in", args=[pk, "AAAAAAAAAA"])
    assert client.get(path).status_code == 404


def test_a_key_of_a_ticket_is_its_own(begun, now):
    phone = checkin.new_phone()
    one = checkin.read_ticket(checkin.new_ticket(begun, phone, now))
    two = checkin.read_ticket(checkin.new_ticket(begun, phone, now))
    assert one.key != two.key
    assert checkin.read_ticket(f"{uuid4()}") is None


def test_a_check_in_costs_few_statements(
    client, begun, people, django_assert_num_queries
):
    """A hall sends three hundred of these within a minute."""
    ticket = scan(client, begun)
    # Session, person, and all that is locked and written.
    with django_assert_num_queries(3):
        answer = send(client, begun, ticket, people["Anna"])
    with django_assert_num_queries(2):  # session, mark
        client.get(answer["Location"])


def test_scanning_costs_one_statement(client, begun, django_assert_num_queries):
    with django_assert_num_queries(1):  # session
        scan(client, begun)


def test_a_used_phone_leaves_nothing_behind(client, begun, people):
    """The whole transaction is rolled back, so that the ticket is still unused."""
    send(client, begun, scan(client, begun), people["Anna"])
    send(client, begun, scan(client, begun), people["Zenon"])
    assert (Receipt.objects.count(), Entry.objects.count()) == (1, 1)


def test_who_has_scanned_nothing_learns_nothing_of_names(client, begun, people):
    """A right name and a wrong one are answered alike, and nobody is locked out by it."""
    answers = {
        refused(send(client, begun, "", people["Anna"], name))
        for name in ("", *["Wrong"] * 9)
    }
    assert answers == {"This is no code of this session. Scan the screen again."}
    send(client, begun, scan(client, begun), people["Anna"])
    assert Mark.objects.get().offer == people["Anna"]


def test_a_code_written_in_many_ways_is_guessed_as_one(begun, people):
    code = people["Anna"].code.replace("-", "")
    for at in range(1, 9):
        phone = Client()
        phone.post(
            address(begun),
            {
                "ticket": scan(phone, begun),
                "code": f"{code[:at]}-{code[at:]}"[:12],
                "family_name": "Wrong",
            },
        )
    phone = Client()
    answer = send(phone, begun, scan(phone, begun), people["Anna"])
    assert "Too many codes" in refused(answer)


def test_a_session_is_named_to_whoever_has_scanned_its_code(client, begun, people):
    title = str(begun.title)
    good = client.get(address(begun)).content.decode()
    others = [
        client.get(address(begun, "WRONGCODE1")),
        client.post(address(begun), {"ticket": "", "code": "X", "family_name": "Y"}),
        client.get(reverse("training:checked_in", args=[begun.pk])),
    ]
    assert title in good
    assert [title in other.content.decode() for other in others] == [False] * 3


def test_nobody_checks_in_with_a_ticket_of_what_was_cancelled_since(
    client, begun, people
):
    ticket = scan(client, begun)
    Session.objects.filter(pk=begun.pk).update(is_cancelled=True)
    assert "time of this code has passed" in refused(
        send(client, begun, ticket, people["Anna"])
    )
    assert Mark.objects.count() == 0
