"""A person's data is erased: what goes, what stays, who may, and what stands in the way."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from mosty.accounts.models import Role
from mosty.audit.models import Entry
from mosty.directory.models import Person
from mosty.nominations.models import Comment, Needs, Nomination
from mosty.office.actions.erasing import CannotErase, erase
from mosty.outbox.models import Link, Message
from mosty.selection.models import Offer, Seat
from tests.factories import (
    make_call,
    make_course,
    make_link,
    make_message,
    make_nomination,
    make_organisation,
    make_person,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db
EMAIL = "ada.zak@example.org"
EMPTY = ("N.N.", "unstated", "", "", None)


@pytest.fixture
def ada(call, krakow, now):
    """Return somebody's withdrawn nomination, with everything that is kept of a person."""
    person = make_person("Ada", "Żak", email=EMAIL)
    nomination = make_nomination(
        call,
        krakow,
        "Ada",
        "Żak",
        email=EMAIL,
        gender="woman",
        position="Inspector",
        motivation="Speaks Ukrainian.",
        person=person,
        state="withdrawn",
        withdrawn_at=now,
    )
    Comment.objects.create(
        nomination=nomination, author="Sekretarz", text="Ada called.", written_at=now
    )
    Needs.objects.create(nomination=nomination, diet="vegan", delete_after=now)
    return nomination


def shown(nomination):
    found = Nomination.objects.get(pk=nomination.pk)
    return (
        found.given_name,
        found.gender,
        found.position,
        found.motivation,
        found.in_post_since,
    )


def test_what_is_kept_of_a_person_goes_and_the_code_stays(ada, call, coordinator, now):
    erase(nomination=ada, reason="She asked.", actor=coordinator, now=now)
    found = Nomination.objects.get(pk=ada.pk)
    code = ada.code
    assert shown(ada) == EMPTY
    assert (str(found), found.email, found.erased_at) == (
        f"N.N. {code}",
        f"{code.lower()}@erased.invalid",
        now,
    )
    assert (found.code, found.department, found.level) == (
        code,
        ada.department,
        ada.level,
    )
    assert EMAIL not in found.search
    person = Person.objects.get(pk=ada.person_id)
    assert (str(person), person.email) == (f"N.N. {person.code}", "")
    assert (Comment.objects.count(), Needs.objects.count()) == (0, 0)


def test_messages_to_her_are_emptied_and_her_name_goes_from_others(
    ada, call, coordinator, now
):
    link = make_link(ada.code, purpose="confirm", created_at=now)
    make_message(
        key="hers",
        scope=call.slug,
        to_name="Ada Żak",
        to_email=EMAIL.upper(),
        state="draft",
        body="Dear Ada {link}",
        link=link,
    )
    make_message(key="city", scope=call.slug, subject="Ada Żak", body="- Ada Żak\n- B")
    make_message(
        key="office",
        scope=call.slug,
        to_name="The office",
        to_email=EMAIL,
        body="Hello",
    )
    make_message(key="else", scope="other-call", body="Ada Żak")
    erase(nomination=ada, reason="She asked.", actor=coordinator, now=now)
    found = {
        one.key: (one.to_name, one.to_email, one.subject, one.body, one.state)
        for one in Message.objects.all()
    }
    code = ada.code
    assert found["hers"] == (code, "", f"[…] {code}", "[…]", "withdrawn")
    assert found["city"][2:4] == (code, f"- {code}\n- B")
    assert (found["office"][1], found["office"][3]) == (EMAIL, "Hello")
    assert found["else"][3] == "Ada Żak"
    assert Link.objects.get(pk=link.pk).revoked_at == now
    entry = Entry.objects.get(verb="nomination.erased")
    assert (entry.target_key, entry.reason, entry.after) == (
        code,
        "She asked.",
        {"comments": 1, "needs": 1, "messages": 1, "named_in": 1},
    )


def test_all_her_nominations_go_that_the_coordinator_answers_for(
    ada, call, krakow, coordinator, now, ump
):
    def nominated(programme, slug, email=EMAIL, name="Ada"):
        course = make_course(programme, slug=slug, part=None)
        return make_nomination(
            make_call(course, slug=slug, channel=ump),
            krakow,
            name,
            "Żak",
            email=email,
            state="withdrawn",
            withdrawn_at=now,
        )

    programme = call.course.programme
    second = nominated(programme, "second", EMAIL.upper())
    sister = nominated(programme, "third", EMAIL, "Ewa")
    elsewhere = nominated(make_programme(slug="other"), "fourth")
    erase(nomination=ada, reason="She asked.", actor=coordinator, now=now)
    assert [shown(one)[0] for one in (ada, second, sister, elsewhere)] == [
        "N.N.",
        "N.N.",
        "Ewa",
        "Ada",
    ]
    assert Entry.objects.filter(verb="nomination.erased").count() == 2
    again = erase(nomination=ada, reason="Again.", actor=coordinator, now=now)
    assert again == []


def test_who_signs_in_stays_in_the_directory(ada, coordinator, now):
    make_user("Ada Żak", person=ada.person)
    erase(nomination=ada, reason="She asked.", actor=coordinator, now=now)
    assert str(Person.objects.get(pk=ada.person_id)) == "Ada Żak"


@pytest.mark.parametrize(
    ("state", "seat", "over", "erased"),
    (
        ("submitted", "", False, False),
        ("draft", "", False, False),
        ("withdrawn", "", False, True),
        ("withdrawn", "accepted", False, False),
        ("withdrawn", "declined", False, True),
        ("submitted", "accepted", True, True),
    ),
)
def test_who_is_still_expected_is_withdrawn_first(
    ada, call, coordinator, now, state, seat, over, erased
):
    Nomination.objects.filter(pk=ada.pk).update(state=state, submitted_at=now)
    if seat:
        Offer.objects.create(
            seat=Seat.objects.create(call=call, number=1),
            nomination=ada,
            state=seat,
            made_at=now,
            expires_at=now + timedelta(days=1),
            answered_at=now,
            reason="Ill.",
        )
    if over:
        call.course.starts_on = call.course.ends_on = now.date() - timedelta(days=2)
        call.course.save()
    ada.refresh_from_db()
    if erased:
        erase(nomination=ada, reason="She asked.", actor=coordinator, now=now)
        assert {one.reason for one in Offer.objects.all()} <= {""}
    else:
        with pytest.raises(CannotErase):
            erase(nomination=ada, reason="She asked.", actor=coordinator, now=now)
    assert (shown(ada) == EMPTY) is erased


def test_a_reason_is_needed(ada, coordinator, now):
    with pytest.raises(CannotErase) as refused:
        erase(nomination=ada, reason=" ", actor=coordinator, now=now)
    assert list(refused.value.fields) == ["reason"]
    assert shown(ada)[0] == "Ada"


def test_what_is_erased_stays_empty(ada, coordinator, now):
    erase(nomination=ada, reason="She asked.", actor=coordinator, now=now)
    with pytest.raises(IntegrityError, match="nomination_erased_is_empty"):
        Nomination.objects.filter(pk=ada.pk).update(motivation="Ada Żak, again")


@pytest.mark.parametrize(
    ("who", "status"),
    (
        ("coordinator", 200),
        ("secretariat", 403),
        ("city", 403),
        ("other_city", 404),
        ("administrator", 404),
        ("auditor", 404),
        ("stranger", 404),
    ),
)
def test_only_the_coordinator_erases(request, signed_in, ada, now, who, status):
    Nomination.objects.filter(pk=ada.pk).update(submitted_at=now)
    user = request.getfixturevalue(who)
    path = reverse("office:erase", args=[ada.code])
    client = signed_in(user)
    assert client.get(path).status_code == status
    if status != 200:
        assert client.post(path, {"reason": "Mine."}).status_code == status
        with pytest.raises(PermissionDenied):
            erase(nomination=ada, reason="Mine.", actor=user, now=now)
    assert shown(ada)[0] == "Ada"


def test_the_coordinator_of_another_programme_erases_nothing(ada, odihr, now):
    other = make_user(
        "Obca", role=Role.COORDINATOR, organisation=make_organisation("Other")
    )
    with pytest.raises(PermissionDenied):
        erase(nomination=ada, reason="Mine.", actor=other, now=now)


def test_the_page_says_what_goes_and_erases(signed_in, ada, coordinator, call):
    client = signed_in(coordinator)
    path = reverse("office:erase", args=[ada.code])
    nomination = reverse("nominations:nomination", args=[ada.code])
    assert path in client.get(nomination).content.decode()
    page = client.get(path).context["page"]
    assert (page.nominations, page.standing, page.certificates) == ([ada], [], [])
    assert client.post(path, {"reason": ""}).status_code == 200
    assert client.post(path, {"reason": "She asked."})["Location"] == nomination
    assert shown(ada) == EMPTY
    assert path not in client.get(nomination).content.decode()
    assert client.put(path).status_code == 405
