"""A call goes to cities, and they are reminded, let through, or say no."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.models import Entry
from mosty.nominations.actions import invitations
from mosty.nominations.actions.invitations import CannotInvite, Contact
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link, Message
from tests.factories import make_call, make_city, make_course, make_nomination


def contact(city, email="office@city.example.org", **fields):
    return Contact(city, fields.pop("name", "Office"), email, "en", **fields)


@pytest.fixture
def invite(call, secretariat, now):
    """Return what passes the call to contacts."""

    def go(*contacts, at=now, actor=secretariat):
        return invitations.invite(call=call, contacts=contacts, actor=actor, now=at)

    return go


def test_call_goes_to_a_city_once(call, invite, krakow, now):
    (invitation,) = invite(contact(krakow))
    assert (invitation.organisation, invitation.sent_at) == (krakow, now)
    assert invite(contact(krakow, name="The office"), at=now + timedelta(1)) == []
    invitation.refresh_from_db()
    assert (invitation.contact_name, invitation.sent_at) == ("The office", now)
    message = Message.objects.get()
    assert message.to_email == "office@city.example.org"
    assert message.state == Message.State.DRAFT
    assert message.link.purpose == Link.Purpose.NOMINATE
    assert message.link.expires_at == call.closes_at
    assert [entry.verb for entry in Entry.objects.all()] == ["call.sent"]


def test_letter_says_the_rules_the_closing_and_the_link(invite, krakow):
    invite(contact(krakow))
    body = Message.objects.get().body.splitlines()
    assert "- Up to 4 people from each city. The course has 25 seats." in body
    assert "City: Kraków" in body
    assert "{link}" in body
    assert "Questions: The union's office, office@example.org" in body


def test_new_address_is_written_to_and_the_old_link_ends(invite, krakow, now):
    invite(contact(krakow))
    (again,) = invite(contact(krakow, "new@city.example.org"), at=now + timedelta(1))
    first, second = Message.objects.order_by("id")
    assert (first.to_email, second.to_email) == (
        "office@city.example.org",
        "new@city.example.org",
    )
    assert first.link.revoked_at == now + timedelta(1)
    assert second.link.revoked_at is None
    assert again.sent_at == now


def test_who_gathers_invites(call, invite, krakow, coordinator, partner, city):
    for user in (partner, city):
        with pytest.raises(PermissionDenied):
            invite(contact(krakow), actor=user)
    assert len(invite(contact(krakow), actor=coordinator)) == 1


def test_call_does_not_go_to_strangers_without_address_or_after_closing(
    call, invite, krakow
):
    with pytest.raises(CannotInvite, match="not for this city: Leszno"):
        invite(contact(make_city("Leszno")))
    with pytest.raises(CannotInvite, match="no e-mail address for this city: Kraków"):
        invite(contact(krakow, ""))
    with pytest.raises(CannotInvite, match="not closed"):
        invite(contact(krakow), at=call.closes_at)
    assert Message.objects.count() == 0


def test_one_refusal_sends_nothing(call, invite, krakow, lodz):
    with pytest.raises(CannotInvite):
        invite(contact(krakow), contact(lodz, ""))
    assert (Message.objects.count(), call.invitations.count()) == (0, 0)


def test_cities_without_an_answer_are_reminded_once_a_day(
    call, invite, krakow, lodz, ump, secretariat, now
):
    poznan, lublin = (make_city(name, member_of=ump) for name in ("Poznań", "Lublin"))
    rzeszow = make_city("Rzeszów", member_of=ump)
    invite(*map(contact, (krakow, lodz, poznan, lublin)))
    make_nomination(call, krakow)
    make_nomination(call, lodz, state="draft")
    call.invitations.filter(organisation=lublin).update(declined_at=now)
    everybody = [city.pk for city in (krakow, lodz, poznan, lublin, rzeszow)]

    def remind(at):
        return [
            str(invitation.organisation)
            for invitation in invitations.remind(
                call=call, cities=everybody, actor=secretariat, now=at
            )
        ]

    assert remind(now) == ["Łódź", "Poznań"]
    assert remind(now) == []
    assert remind(now + timedelta(days=1)) == ["Łódź", "Poznań"]
    assert Message.objects.filter(kind="nominations.reminder").count() == 4


def test_reminders_day_is_the_programmes(call, invite, krakow, secretariat, now):
    invite(contact(krakow))
    evening = call.course.programme.local(now + timedelta(days=1)).replace(
        hour=23, minute=30
    )

    def remind(at):
        return len(
            invitations.remind(call=call, cities=[krakow.pk], actor=secretariat, now=at)
        )

    assert remind(evening) == 1
    assert remind(evening + timedelta(minutes=20)) == 0
    # Half past midnight is another day here, though not yet in UTC.
    assert remind(evening + timedelta(hours=1)) == 1
    assert Message.objects.filter(kind="nominations.reminder").count() == 2


def test_reminding_is_for_who_gathers_and_an_open_call(call, krakow, city, secretariat):
    for actor, at, refusal in (
        (city, call.opens_at, PermissionDenied),
        (secretariat, call.closes_at, CannotInvite),
    ):
        with pytest.raises(refusal):
            invitations.remind(call=call, cities=[krakow.pk], actor=actor, now=at)


def test_city_says_that_it_nominates_nobody(call, krakow, city, other_city, now):
    with pytest.raises(PermissionDenied):
        invitations.decline(call=call, organisation=krakow, actor=other_city, now=now)
    invitation = invitations.decline(
        call=call, organisation=krakow, actor=city, now=now
    )
    assert invitation.declined_at == now
    with pytest.raises(CannotInvite, match="not open"):
        invitations.decline(
            call=call, organisation=krakow, actor=city, now=call.closes_at
        )


def test_city_that_nominated_cannot_say_so(call, krakow, city, now):
    make_nomination(call, krakow)
    with pytest.raises(CannotInvite, match="has nominated"):
        invitations.decline(call=call, organisation=krakow, actor=city, now=now)


def test_coordinator_lets_a_city_through_with_a_reason(
    call, invite, krakow, coordinator, secretariat, now
):
    (invitation,) = invite(contact(krakow))
    with pytest.raises(PermissionDenied):
        invitations.waive(
            invitation=invitation, reason="Small.", actor=secretariat, now=now
        )
    with pytest.raises(CannotInvite) as refusal:
        invitations.waive(invitation=invitation, reason=" ", actor=coordinator, now=now)
    assert list(refusal.value.fields) == ["reason"]
    invitation = invitations.waive(
        invitation=invitation, reason="A small city.", actor=coordinator, now=now
    )
    assert invitation.waiver == "A small city."
    assert Entry.objects.get(verb="city.let_through").reason == "A small city."


def test_invitation_that_leaves_opens_the_citys_nominations(invite, krakow, now):
    invite(contact(krakow))
    link = Message.objects.get().link
    assert outbox.address(link, "en").startswith("http://testserver/en/link/nominate/")


def test_call_of_another_union_is_not_this_secretariats(secretariat, programme, now):
    other = make_call(make_course(programme, slug="b", part=2), slug="b")
    with pytest.raises(PermissionDenied):
        invitations.invite(call=other, contacts=[], actor=secretariat, now=now)
