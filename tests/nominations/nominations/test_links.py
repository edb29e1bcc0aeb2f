"""Pages behind links: what they show, that GET changes nothing, and who gets in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mosty.nominations.models import Needs, Nomination
from mosty.outbox.models import Link, Message
from tests.factories import make_link
from tests.nominations.nominations.people import filled, token_of


@pytest.fixture
def guest():
    """Return a client without an account, whose requests are checked as a browser's."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def door(city_link):
    """Return the address of Kraków's page behind its link."""
    return reverse("nominations:link_city", args=[token_of(city_link)])


@pytest.fixture
def answer_url(own_link):
    """Return the address of the nominee's page."""
    return reverse("nominations:link_confirm", args=[token_of(own_link)])


@pytest.fixture
def every(door, answer_url, own, draft):
    """Return every address behind a link that can be read."""
    return [
        door,
        f"{door}new/",
        f"{door}decline/",
        f"{door}{own.code}/edit/",
        f"{door}{own.code}/withdraw/",
        f"{door}{draft.code}/edit/",
        answer_url,
    ]


def test_reading_changes_nothing(guest, every, state_of):
    before = state_of()
    for address in every:
        for method in (guest.get, guest.head):
            assert method(address).status_code == 200
    assert guest.get(f"{every[0]}order/").status_code == 405
    assert state_of() == before


def test_addresses_with_tokens_stay_secret(guest, every):
    for address in every:
        answer = guest.get(address)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.cookies == {}


@pytest.mark.parametrize(
    ("changes", "status"),
    (
        ({"expires_at": "past"}, 410),
        ({"revoked_at": "past"}, 410),
        ({"purpose": "offer"}, 404),
    ),
)
def test_a_link_that_is_over_opens_nothing(
    guest, every, city_link, own_link, now, state_of, changes, status
):
    past = now - timedelta(minutes=1)
    values = {k: past if v == "past" else v for k, v in changes.items()}
    Link.objects.update(**values)
    before = state_of()
    for address in every:
        for answer in (guest.get(address), guest.post(address)):
            if answer.status_code == 405:  # the city's page takes no POST at all
                continue
            assert answer.status_code == status
            assert answer["Referrer-Policy"] == "no-referrer"
            assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert state_of() == before


def test_a_wrong_token_opens_nothing(guest, every, city_link, own_link):
    for address in every:
        for token in (token_of(city_link), token_of(own_link)):
            address = address.replace(token, "x" * 43)
        assert guest.get(address).status_code == 404


def test_a_link_opens_only_its_own_kind_of_page(guest, city_link, own_link):
    wrong = (("link_city", own_link), ("link_confirm", city_link))
    for name, link in wrong:
        address = reverse(f"nominations:{name}", args=[token_of(link)])
        assert guest.get(address).status_code == 404


def test_a_link_without_its_invitation_opens_nothing(guest, door, call):
    call.invitations.all().delete()
    assert guest.get(door).status_code == 404


def test_a_city_nominates_through_its_link(guest, door, city_link, krakow):
    answer = guest.post(f"{door}new/", filled(), follow=True)

    assert answer.redirect_chain == [(door, 302)]
    nomination = Nomination.objects.get()
    assert (nomination.organisation, nomination.state) == (krakow, "submitted")
    history = list(answer.context["page"].nominees)
    assert [row.name for row in history] == ["Anna Kowalska"]


def test_a_city_edits_orders_and_withdraws_through_its_link(guest, door, own, draft):
    guest.post(
        f"{door}{own.code}/edit/", filled("save", email=own.email, position="Head")
    )
    guest.post(f"{door}order/", {"move": f"{draft.code}:1"})
    answer = guest.post(f"{door}{own.code}/withdraw/", {"reason": "Leaving."})

    assert answer.url == door
    own.refresh_from_db()
    assert (own.position, own.state, own.preference) == ("Head", "withdrawn", 2)


def test_a_city_declines_through_its_link(guest, door, call, city_link):
    assert guest.post(f"{door}decline/").url == door
    assert call.invitations.get().declined_at is not None


def test_another_citys_nominations_are_not_behind_the_link(guest, door, foreign):
    for end in ("edit", "withdraw"):
        assert guest.get(f"{door}{foreign.code}/{end}/").status_code == 404
        answer = guest.post(f"{door}{foreign.code}/{end}/", {"reason": "No."})
        assert answer.status_code == 404
    assert b"Lis" not in guest.get(door).content


def test_who_is_signed_in_acts_as_the_links_city_all_the_same(
    other_city, signed_in, door
):
    signed_in(other_city).post(f"{door}new/", filled())
    assert Nomination.objects.get().organisation.slug == "krakow"


def test_the_nominee_sees_who_nominated_her_and_the_notice(guest, answer_url, call):
    body = guest.get(answer_url).content.decode()

    for text in ("Anna Kowalska", "Kraków", "What happens to your data.", "Version 1"):
        assert text in body
    assert "2 or 3 people from each city." in body


def test_the_nominee_confirms_and_may_answer_again(guest, answer_url, own):
    given = {"answer": "confirmed", "diet": "vegan", "access": "", "notice": "1"}
    answer = guest.post(answer_url, given)
    assert answer.url == answer_url
    own.refresh_from_db()
    assert (own.answer, own.needs.diet) == ("confirmed", "vegan")

    page = guest.get(answer_url)
    assert b"You have confirmed." in page.content
    assert b"To withdraw, send" in page.content
    assert page.context["form"]["diet"].value() == "vegan"
    guest.post(answer_url, {**given, "answer": "declined"})
    own.refresh_from_db()
    assert own.answer == "declined"
    assert Needs.objects.count() == 0


def test_an_answer_that_says_nothing_is_asked_again(guest, answer_url, own):
    page = guest.post(answer_url, {"diet": "vegan", "notice": "1"})

    assert set(page.context["form"].errors) == {"answer"}
    assert page.context["form"]["diet"].value() == "vegan"
    own.refresh_from_db()
    assert own.answer == "pending"


def test_a_notice_that_changed_is_read_again_and_nothing_is_lost(
    guest, answer_url, call, own
):
    call.notice_version = 2
    call.save()
    given = {"answer": "confirmed", "diet": "vegan", "notice": "1"}
    form = guest.post(answer_url, given).context["form"]

    assert "notice has changed" in form.non_field_errors()[0]
    assert (form["diet"].value(), form["notice"].value()) == ("vegan", "2")
    guest.post(answer_url, {**given, "notice": "2"})
    own.refresh_from_db()
    assert own.notice_version == 2


@pytest.mark.parametrize(("path", "word"), (("/pl/", "pl"), ("/en/", "en")))
def test_the_page_is_in_the_language_of_its_address(guest, answer_url, path, word):
    body = guest.get(answer_url.replace("/en/", path)).content.decode()
    assert f'<html lang="{word}">' in body


def test_the_message_leads_to_the_page(guest, call, krakow, city, signed_in):
    from mosty.outbox.actions import address

    signed_in(city).post("/en/calls/call/city/krakow/new/", filled(language="pl"))
    message = Message.objects.get()
    url = address(message.link, message.language)

    assert url.startswith("http://testserver/pl/link/confirm/")
    assert guest.get(url).status_code == 200


def test_a_token_is_in_no_page_of_the_signed_in(secretariat, signed_in, own, own_link):
    body = signed_in(secretariat).get(f"/en/nominations/{own.code}/").content.decode()
    assert token_of(own_link) not in body


def test_links_for_offers_are_not_answered_here(guest, own):
    offer = make_link("OFFR-XX", purpose="offer")
    address = reverse("nominations:link_confirm", args=[token_of(offer)])
    assert guest.get(address).status_code == 404
