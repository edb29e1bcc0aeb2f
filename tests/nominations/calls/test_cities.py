"""The cities of a call: the list, writing to them, reminding, letting through."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from mosty.kernel.tokens import new_code
from mosty.nominations.models import Call, Invitation
from mosty.outbox.models import Message
from tests.factories import (
    RULES,
    make_call,
    make_city,
    make_course,
    make_grant,
    make_nomination,
    make_user,
)


def address(call: Call, name: str = "cities", *more: str) -> str:
    return reverse(f"nominations:{name}", args=[call.slug, *more])


def invited(call, city, now, **fields):
    given = {"contact_email": f"{city.slug}@example.org", "sent_at": now, **fields}
    return call.invitations.create(
        organisation=city, code=new_code(), language="en", **given
    )


@pytest.fixture
def sabina(secretariat, signed_in):
    """Return the secretariat's browser."""
    return signed_in(secretariat)


@pytest.fixture
def call(course, ump):
    """Return an open call that asks for two or three people from each city."""
    return make_call(course, channel=ump, rules=replace(RULES, least=2, most=3))


@pytest.fixture
def answers(call, ump, krakow, lodz, now):
    """Let one city stand in each way."""
    names = ("Białystok", "Gdańsk", "Katowice", "Lublin", "Poznań")
    bialystok, gdansk, katowice, lublin, _poznan = (
        make_city(name, member_of=ump) for name in names
    )
    for city in (krakow, lodz, bialystok, gdansk, katowice):
        invited(call, city, now)
    make_nomination(call, krakow, checked_at=now)
    make_nomination(call, krakow)
    make_nomination(call, lodz)
    make_nomination(call, bialystok, state="draft")
    make_nomination(call, gdansk, state="withdrawn")
    call.invitations.filter(organisation=katowice).update(declined_at=now)
    # One person is enough here, for a reason.
    make_nomination(call, lublin)
    invited(call, lublin, now, waiver="A small city.")
    # Nominated when it still took part.
    leszno = make_city("Leszno")
    make_nomination(call, leszno)
    invited(call, leszno, now, contact_email="", sent_at=None)


def test_list_says_how_each_city_stands(sabina, call, answers):
    rows = sabina.get(address(call)).context["listing"].rows
    assert [
        (str(row.name), row.state, row.submitted, row.drafts, row.checked)
        for row in rows
    ] == [
        ("Białystok", "drafting", 0, 1, 0),
        ("Gdańsk", "waiting", 0, 0, 0),
        ("Katowice", "declined", 0, 0, 0),
        ("Kraków", "answered", 2, 0, 1),
        ("Leszno", "below", 1, 0, 0),
        ("Lublin", "answered", 1, 0, 0),
        ("Łódź", "below", 1, 0, 0),
        ("Poznań", "not_sent", 0, 0, 0),
    ]
    assert [str(row.name) for row in rows if not row.takes_part] == ["Leszno"]


@pytest.mark.parametrize(
    ("state", "expected"),
    (
        ("not_sent", ["Poznań"]),
        ("unanswered", ["Białystok", "Gdańsk"]),
        ("answered", ["Kraków", "Leszno", "Lublin", "Łódź"]),
        ("below", ["Leszno", "Łódź"]),
        ("declined", ["Katowice"]),
    ),
)
def test_list_is_filtered_and_the_file_holds_what_is_filtered(
    sabina, call, answers, state, expected
):
    page = sabina.get(address(call), {"state": state, "sort": "city"})
    assert [str(row.name) for row in page.context["listing"].rows] == expected
    file = sabina.get(address(call), {"state": state, "export": "csv"})
    lines = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert lines[0][:4] == ["City", "Answer", "Contact", "E-mail"]
    assert [line[0] for line in lines[1:]] == expected
    assert file["Content-Disposition"] == 'attachment; filename="call-cities.csv"'
    assert sabina.get(address(call), {"export": "xlsx"}).content[:2] == b"PK"


@pytest.mark.parametrize("count", (1, 3))
def test_list_takes_constant_queries(
    sabina, call, ump, now, django_assert_num_queries, count
):
    for name in ("Leszno", "Ełk", "Ustka")[:count]:
        city = make_city(name, member_of=ump)
        invited(call, city, now)
        make_nomination(call, city)
    # Session, user with roles; call, rules; cities counted, listed and summed.
    with django_assert_num_queries(7):
        page = sabina.get(address(call))
    assert len(page.context["listing"].rows) == count


def test_list_is_for_who_works_on_the_call(
    client, call, partner, city, stranger, signed_in
):
    assert client.get(address(call)).status_code == 302
    for user in (city, stranger):
        assert signed_in(user).get(address(call)).status_code == 404
    page = signed_in(partner).get(address(call))
    assert page.status_code == 200
    assert 'type="checkbox"' not in page.content.decode()
    assert signed_in(partner).post(address(call)).status_code == 405


def test_contacts_are_suggested_from_this_call_earlier_calls_and_users(
    sabina, call, programme, ump, krakow, lodz, city, now
):
    poznan = make_city("Poznań", member_of=ump)
    make_city("Rzeszów", member_of=ump)
    earlier = make_call(make_course(programme, slug="a", part=2), slug="a", channel=ump)
    invited(earlier, lodz, now, contact_name="Last time", contact_email="l@example.org")
    invited(earlier, poznan, now, contact_email="old@example.org")
    invited(call, poznan, None, sent_at=None, contact_email="new@example.org")
    forms = sabina.get(address(call, "invite")).context["forms"]
    assert [
        (str(row.city), row["name"].value(), row["email"].value()) for row in forms
    ] == [
        ("Kraków", "Celina Cisek", "celina.cisek@example.org"),
        ("Łódź", "Last time", "l@example.org"),
        ("Poznań", "", "new@example.org"),
        ("Rzeszów", None, None),
    ]


def contacts(*rows):
    sent = {"contacts-TOTAL_FORMS": len(rows), "contacts-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        sent |= {f"contacts-{number}-{name}": value for name, value in row.items()}
    return sent


def test_cities_are_written_to(sabina, call, krakow, lodz):
    page = address(call, "invite")
    row = {"write": "on", "name": "Office", "email": "k@example.org", "language": "en"}
    wrong = sabina.post(page, contacts(row, {"write": "on", "language": "pl"}))
    assert wrong.status_code == 422
    assert wrong.context["forms"].errors == [
        {},
        {"email": ["Enter the address to write to."]},
    ]
    assert Message.objects.count() == 0
    response = sabina.post(page, contacts(row, {"language": "pl"}))
    assert response.url == (
        f"{reverse('office:release')}?scope={call.slug}&kind=nominations.invitation"
    )
    assert [
        (str(invitation.organisation), invitation.contact_email)
        for invitation in Invitation.objects.all()
    ] == [("Kraków", "k@example.org")]
    assert Message.objects.get().to_name == "Office"


def test_an_address_that_is_typed_but_not_ticked_is_not_written_to_and_kept(
    sabina, call, krakow, lodz
):
    row = {"name": "Office", "email": "k@example.org", "language": "en"}
    page = sabina.post(address(call, "invite"), contacts(row, {"language": "pl"}))
    assert (page.status_code, page.context["problem"]) == (
        422,
        "No city is ticked, so nothing was written. Tick the cities to write to.",
    )
    assert page.context["forms"][0]["email"].value() == "k@example.org"
    assert (Message.objects.count(), Invitation.objects.count()) == (0, 0)


def test_chosen_cities_are_written_to_again(sabina, call, krakow, lodz, now):
    invited(call, krakow, now)
    page = f"{address(call, 'invite')}?city={krakow.pk}&city=x"
    forms = sabina.get(page).context["forms"]
    assert [str(row.city) for row in forms] == ["Kraków"]
    row = {"write": "on", "name": "New", "email": "new@example.org", "language": "en"}
    sabina.post(page, contacts(row))
    assert Message.objects.get().to_email == "new@example.org"


def test_closed_call_goes_to_nobody(sabina, call, krakow, now):
    Call.objects.update(
        opens_at=now - timedelta(days=3), closes_at=now - timedelta(days=1)
    )
    row = {"write": "on", "name": "", "email": "k@example.org", "language": "en"}
    page = sabina.post(address(call, "invite"), contacts(row))
    assert page.context["problem"] == (
        "Only a published call that has not closed goes to cities."
    )
    assert "not closed goes to cities" in page.content.decode()


def test_every_city_written_to_says_so(sabina, call, krakow, now):
    invited(call, krakow, now)
    html = sabina.get(address(call, "invite")).content.decode()
    assert "Every city has been written to" in html


def test_reminders_are_shown_counted_and_then_sent(sabina, call, answers):
    page = address(call, "remind")
    shown = sabina.get(page).context
    assert [str(one.organisation) for one in shown["ready"]] == ["Białystok", "Gdańsk"]
    assert Message.objects.count() == 0
    chosen = [one.organisation_id for one in shown["ready"]]
    response = sabina.post(page, {"city": chosen}, follow=True)
    assert "2 messages wait in the outbox." in response.content.decode()
    assert Message.objects.filter(kind="nominations.reminder").count() == 2
    # She stands where they are read and let go.
    assert response.context["preview"].count == 2
    assert sabina.get(page).context["ready"] == []


def test_only_ticked_cities_are_reminded_and_the_rest_is_said(
    sabina, call, answers, krakow
):
    gdansk = Invitation.objects.get(organisation__slug="gdansk").organisation_id
    shown = sabina.get(address(call, "remind"), {"city": [gdansk, krakow.pk]}).context
    assert [one.organisation_id for one in shown["ready"]] == [gdansk]
    assert shown["passed_over"] == 1


def test_writing_and_reminding_are_for_who_gathers(
    client, call, krakow, partner, city, stranger, signed_in, now
):
    invited(call, krakow, now)
    for name in ("invite", "remind"):
        page = address(call, name)
        assert client.get(page).status_code == 302
        assert signed_in(partner).get(page).status_code == 403
        assert signed_in(partner).post(page).status_code == 403
        assert signed_in(partner).put(page).status_code == 405
        for user in (city, stranger):
            assert signed_in(user).post(page).status_code == 404
    assert Message.objects.count() == 0


def test_coordinator_lets_a_city_through_with_a_reason(
    call, coordinator, secretariat, stranger, krakow, lodz, signed_in, now
):
    invited(call, krakow, now)
    make_nomination(call, krakow)
    page = address(call, "waive", "krakow")
    alice = signed_in(coordinator)
    assert "Let through" in alice.get(address(call)).content.decode()
    assert alice.post(page, {"reason": ""}).status_code == 422
    assert alice.post(page, {"reason": "A small city."}).url == address(call)
    (row,) = alice.get(address(call), {"state": "answered"}).context["listing"].rows
    assert (row.state, row.waiver) == ("answered", "A small city.")
    assert alice.get(address(call, "waive", "lodz")).status_code == 404
    assert signed_in(secretariat).get(page).status_code == 403
    assert signed_in(stranger).get(page).status_code == 404
    assert alice.delete(page).status_code == 405


def test_list_links_to_each_citys_page(sabina, call, krakow):
    html = sabina.get(address(call)).content.decode()
    assert f'href="{reverse("nominations:city", args=["call", "krakow"])}"' in html


def test_contact_of_two_cities_is_suggested_for_both(
    sabina, call, krakow, lodz, signed_in
):
    user = make_user("Ola Okoń", role="city", organisation=krakow)
    make_grant(user, "city", lodz)
    forms = sabina.get(address(call, "invite")).context["forms"]
    assert [row["name"].value() for row in forms] == ["Ola Okoń", "Ola Okoń"]
