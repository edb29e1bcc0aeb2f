"""The page of a call that everybody reads."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mosty.nominations.actions import calls as actions
from mosty.nominations.models import Call
from mosty.programmes.models import Provision, Session, Topic
from tests.factories import (
    RULES,
    make_call,
    make_city,
    make_course,
    make_nomination,
    make_version,
)


def address(call: Call) -> str:
    return reverse("nominations:call", args=[call.course.programme.slug, call.slug])


def page_of(client: Client, call: Call) -> str:
    response = client.get(address(call))
    assert response.status_code == 200
    return response.content.decode()


def test_public_reads_the_rules_in_words(client, call):
    page = client.get(address(call)).context["page"]
    assert [sentence.lead for sentence in page.sentences] == [
        "Up to 4 people from each city.",
        "Cities that take part:",
        "A draw decides between equals.",
        "The nominated person confirms.",
        "Up to 10 people go on the reserve list.",
    ]
    assert page.sentences[0].text == "The course has 25 seats."


@pytest.mark.parametrize("count", (1, 3))
def test_page_takes_seven_queries_however_much_it_shows(
    client, call, course, odihr, ump, coordinator, now, django_assert_num_queries, count
):
    for number in range(count):
        starts_at = now + timedelta(days=60, hours=number)
        Session.objects.create(
            course=course,
            title=f"Session {number}",
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
        )
        Topic.objects.create(course=course, order=number, text=f"Topic {number}")
        Provision.objects.create(
            course=course,
            what=("venue", "materials", "dinner")[number],
            organisation=odihr,
        )
        make_city(("Leszno", "Ełk", "Ustka")[number])
        actions.change_rules(
            call=call,
            rules={**RULES.as_json(), "seats": 24 - number},
            reason=f"Reason {number}.",
            actor=coordinator,
            now=now,
        )
    make_version(course)
    # The call, its versions, their cities' names, who provides what, timetable, topics,
    # earlier calls of the course.
    with django_assert_num_queries(7):
        response = client.get(address(call))
    page = response.context["page"]
    assert len(page.sessions) == len(page.topics) == len(page.provided) == count
    assert len(page.versions) == count + 1


def test_new_rules_stand_first_and_the_old_ones_stay_readable(
    client, call, coordinator, now
):
    actions.change_rules(
        call=call,
        rules={**RULES.as_json(), "seats": 24, "least": 2, "most": 3},
        reason="One room is smaller.",
        actor=coordinator,
        now=now,
    )
    page = client.get(address(call)).context["page"]
    assert [
        (version.number, version.reason, version.sentences[0].lead)
        for version in page.versions
    ] == [
        (2, "One room is smaller.", "2 or 3 people from each city."),
        (1, "", "Up to 4 people from each city."),
    ]
    html = page_of(client, call)
    assert "Earlier versions of the rules" in html
    assert "Reason: One room is smaller." in html


def test_closing_is_shown_as_its_last_minute_with_the_zone(client, call, programme):
    zone = programme.zone
    day = programme.local(call.closes_at).date() + timedelta(days=400)
    Call.objects.filter(pk=call.pk).update(closes_at=actions.closing_moment(day, zone))
    page = client.get(address(call)).context["page"]
    assert (page.until.date(), page.until.strftime("%H:%M")) == (day, "23:59")
    assert "23:59 (Warsaw time)" in page_of(client, call)


@pytest.mark.parametrize(
    ("changes", "word", "button"),
    (
        ({}, "call open", True),
        ({"opens": 1, "closes": 2}, "opens soon", False),
        ({"opens": -2, "closes": -1}, "call closed", False),
    ),
)
def test_button_is_there_only_while_the_call_is_open(
    client, call, now, changes, word, button
):
    if changes:
        Call.objects.filter(pk=call.pk).update(
            opens_at=now + timedelta(days=changes["opens"]),
            closes_at=now + timedelta(days=changes["closes"]),
        )
    html = page_of(client, call)
    assert f">{word}</span>" in html
    assert ("Nominate people from your city" in html) == button


def test_draft_is_its_coordinators_alone(
    call, coordinator, partner, secretariat, city, stranger, client, signed_in
):
    Call.objects.filter(pk=call.pk).update(state="draft", published_at=None)
    assert client.get(address(call)).status_code == 404
    for user in (partner, city, stranger):
        assert signed_in(user).get(address(call)).status_code == 404
    assert "A draft: nobody but its coordinator" in page_of(
        signed_in(coordinator), call
    )
    del secretariat


def test_unpublished_programmes_call_is_not_public(
    client, call, programme, partner, signed_in
):
    programme.is_published = False
    programme.save()
    assert client.get(address(call)).status_code == 404
    assert signed_in(partner).get(address(call)).status_code == 200


def test_hidden_courses_call_is_not_public(
    client, call, course, krakow, partner, city, other_city, stranger, signed_in
):
    course.is_published = False
    course.save()
    make_nomination(call, krakow)
    assert client.get(address(call)).status_code == 404
    seen = [
        signed_in(user).get(address(call)).status_code
        for user in (partner, city, other_city, stranger)
    ]
    city_page = reverse("nominations:city", args=["call", "krakow"])
    # Kraków has somebody in it; Łódź has nothing to do with it.
    assert seen == [200, 200, 404, 404]
    assert signed_in(city).get(city_page).status_code == 200


def test_hidden_courses_call_stays_with_the_cities_it_went_to(
    call, course, lodz, city, other_city, signed_in, now
):
    course.is_published = False
    course.save()
    call.invitations.create(code="LODZ-1", organisation=lodz, sent_at=now)
    seen = [
        signed_in(user).get(address(call)).status_code for user in (city, other_city)
    ]
    assert seen == [404, 200]


def test_address_names_the_programme(client, call):
    assert (
        client.get(reverse("nominations:call", args=["other", call.slug])).status_code
        == 404
    )
    assert client.post(address(call)).status_code == 405


def test_button_leads_the_public_through_sign_in_and_a_city_to_its_page(
    client, call, city, coordinator, krakow, signed_in
):
    anybody = client.get(address(call)).context["nominate_url"]
    assert anybody == "/en/account/login/?next=%2Fen%2Fcalls%2F"
    own = signed_in(city).get(address(call)).context["nominate_url"]
    assert own == reverse("nominations:city", args=[call.slug, krakow.slug])
    staff = signed_in(coordinator).get(address(call)).context["nominate_url"]
    assert staff == "/en/calls/"


def test_illustrative_dates_say_so(client, programme, ump):
    course = make_course(programme, is_illustrative=True)
    html = page_of(client, make_call(course, channel=ump))
    assert "dates illustrative" in html


def test_seed_is_public_once_it_is_entered(client, call, now):
    Call.objects.filter(pk=call.pk).update(
        opens_at=now - timedelta(days=3),
        closes_at=now - timedelta(days=2),
        seed="7 12 31",
        seed_entered_at=now - timedelta(days=1),
    )
    assert "<strong>7 12 31</strong>" in page_of(client, call)
