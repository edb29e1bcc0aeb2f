"""A city's page and its form: who may, what is kept."""

import pytest
from django.urls import reverse

from mosty.kernel import tokens
from mosty.nominations.models import Call, Nomination
from tests.factories import make_city, make_nomination
from tests.nominations.nominations.pages.given import CITY, ONE

# address -> method -> what each of the cast is answered.
NOBODY = dict.fromkeys(("other_city", "trainer", "auditor", "stranger"), 404)


ENDPOINTS = (
    (CITY, "get", {"city": 200, "secretariat": 200, "partner": 404}),
    (f"{CITY}new/", "get", {"city": 200, "coordinator": 200, "partner": 404}),
    (f"{CITY}order/", "post", {"city": 302, "secretariat": 302, "partner": 404}),
    (f"{CITY}decline/", "get", {"city": 200, "secretariat": 200, "partner": 404}),
    (ONE, "get", {"city": 200, "secretariat": 200, "partner": 200}),
    (f"{ONE}edit/", "get", {"city": 200, "secretariat": 200, "partner": 403}),
    (f"{ONE}withdraw/", "get", {"city": 200, "secretariat": 200, "partner": 403}),
    (f"{ONE}check/", "post", {"city": 403, "secretariat": 302, "partner": 403}),
    (f"{ONE}comment/", "post", {"city": 200, "secretariat": 200, "partner": 403}),
    (f"{ONE}remind/", "post", {"city": 403, "coordinator": 302, "partner": 403}),
)


@pytest.mark.parametrize(
    ("address", "method", "who", "status"),
    tuple(
        (address, method, who, status)
        for address, method, answers in ENDPOINTS
        for who, status in {**answers, **NOBODY}.items()
    ),
)
def test_who_reaches_which_page(request, signed_in, own, address, method, who, status):
    client = signed_in(request.getfixturevalue(who))
    answer = getattr(client, method)(address.format(code=own.code))
    assert answer.status_code == status


@pytest.mark.parametrize(("address", "method"), tuple(row[:2] for row in ENDPOINTS))
def test_who_is_not_signed_in_is_asked_to(client, own, address, method):
    answer = getattr(client, method)(address.format(code=own.code))
    assert answer.url.startswith("/en/account/login/?next=")


@pytest.mark.parametrize(
    "end", ("check/", "comment/", "remind/", "../../calls/call/city/krakow/order/")
)
def test_acts_are_not_done_by_a_link(office, own, end):
    assert office.get(f"{ONE.format(code=own.code)}{end}").status_code in {404, 405}


def test_a_draft_and_a_foreign_nomination_are_not_there_for_a_partner(
    partner, signed_in, draft
):
    assert signed_in(partner).get(ONE.format(code=draft.code)).status_code == 404


def test_a_code_is_found_in_small_letters_too(office, own):
    assert office.get(ONE.format(code=own.code.lower())).status_code == 200


def test_an_unknown_city_is_not_found(office, call):
    assert office.get("/en/calls/call/city/atlantis/").status_code == 404
    assert office.get("/en/calls/call/city/ump/").status_code == 404


def test_the_citys_page_says_places_in_numbers_and_words(contact, own, draft, foreign):
    page = contact.get(CITY)

    found = page.context["page"]
    assert (found.used, found.left) == (2, 1)
    assert found.quota == "You can nominate 1 more person."
    assert found.short_of == (
        "The rules ask for at least 2 people from each city. Submitted: 1."
    )
    assert [row.name for row in found.nominees] == ["Anna Kowalska", "Jan Nowak"]
    assert found.nominees[1].lacks == (
        "Still to be filled in: e-mail, position, kind of unit, level of the post.",
    )
    assert "Lis" not in page.content.decode()


@pytest.mark.parametrize(("standing", "offered"), ((0, 1), (3, 0)))
def test_a_contact_with_places_left_is_led_to_the_import(
    contact, call, krakow, standing, offered
):
    for _number in range(standing):
        make_nomination(call, krakow)
    page = contact.get(CITY).content.decode()
    assert page.count('href="/en/calls/call/imports/"') == offered


def test_the_holder_of_a_link_is_not(client, call, city_link):
    token = tokens.derive(bytes(city_link.nonce))
    page = client.get(f"/en/link/nominate/{token}/")
    assert page.context["page"].left == 3
    assert "imports" not in page.content.decode()


def test_a_draft_outside_the_rules_says_so_on_the_citys_page(contact, draft):
    Nomination.objects.filter(pk=draft.pk).update(
        department="ngo", level="middle", email="x@example.org", position="x"
    )
    (row,) = contact.get(CITY).context["page"].nominees
    assert row.lacks[0].startswith("This unit is not among those")


def test_a_full_city_is_told_how_to_go_on(contact, call, krakow):
    for _number in range(3):
        make_nomination(call, krakow)
    page = contact.get(CITY)

    assert page.context["page"].quota == (
        "You have used all your places. To nominate another, withdraw one."
    )
    assert b"Nominate a person" not in page.content


def test_a_city_outside_the_call_is_told_so(office, call):
    make_city("Leszno")
    page = office.get("/en/calls/call/city/leszno/")
    assert b"not among those that the call is for" in page.content


def test_a_closed_call_leads_to_its_results_whoever_signed_in(
    client, contact, call, city_link
):
    results = f'href="{reverse("selection:offers", args=[call.slug])}"'
    assert results not in contact.get(CITY).content.decode()
    Call.objects.filter(pk=call.pk).update(
        opens_at=call.opens_at.replace(year=2098),
        closes_at=call.opens_at.replace(year=2099),
    )
    assert results not in contact.get(CITY).content.decode()
    Call.objects.filter(pk=call.pk).update(
        closes_at=call.opens_at.replace(year=2020),
        opens_at=call.opens_at.replace(year=2019),
    )
    token = tokens.derive(bytes(city_link.nonce))
    linked = client.get(f"/en/link/nominate/{token}/").content.decode()
    assert (results in contact.get(CITY).content.decode(), results in linked) == (
        True,
        False,
    )
