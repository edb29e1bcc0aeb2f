"""The link to an offer: reading changes nothing, answers count once, ends are neutral."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.nominations.actions import calls
from mosty.outbox.models import Link, Message
from mosty.selection.actions import offers
from mosty.selection.models import Offer


@pytest.fixture
def offer(announced):
    """Return one of the open offers."""
    return Offer.objects.select_related("nomination").order_by("id").first()


def address(offer, purpose="offer"):
    link = Link.objects.get(purpose=purpose, subject=offer.code)
    return reverse("selection:link_offer", args=[link.token])


def state(client, offer):
    return client.get(address(offer)).context["page"].state


def test_reading_changes_nothing_and_stays_private(client, offer):
    before = list(Offer.objects.order_by("pk").values())
    entries = Entry.objects.count()
    for query in ("", "?step=decline", "?step=give-back", "?step=strange"):
        answer = client.get(address(offer) + query)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
    assert client.head(address(offer)).status_code == 200
    assert list(Offer.objects.order_by("pk").values()) == before
    assert Entry.objects.count() == entries


def test_accepting_twice_is_accepting_once(client, offer):
    for _again in range(2):
        answer = client.post(address(offer), {"act": "accept"})
        assert (answer.status_code, answer["Location"]) == (302, address(offer))
        assert answer["Referrer-Policy"] == "no-referrer"
    assert state(client, offer) == "accepted"
    assert Message.objects.filter(kind="selection.accepted").count() == 1
    assert Entry.objects.filter(verb="offer.accepted").count() == 1


def test_declining_twice_is_declining_once(client, offer):
    for _again in range(2):
        assert client.post(address(offer), {"act": "decline"}).status_code == 302
    assert state(client, offer) == "declined"
    assert Offer.objects.filter(replaces=offer).count() == 1
    page = client.get(address(offer)).content.decode()
    assert "You have declined this seat. You do not need to do anything." in page
    assert str(offer.nomination) not in page


def test_declining_is_asked_about_first(client, offer):
    page = client.get(address(offer) + "?step=decline").content.decode()
    assert 'value="decline"' in page
    assert 'value="decline"' not in client.get(address(offer)).content.decode()


def test_a_seat_is_given_back_with_a_reason_and_only_once(client, offer):
    client.post(address(offer), {"act": "accept"})
    answer = client.post(address(offer), {"act": "give-back", "reason": " "})
    assert answer.context["form"].errors == {"reason": ["This field is required."]}
    assert state(client, offer) == "accepted"
    for _again in range(2):
        sent = {"act": "give-back", "reason": "Ill."}
        assert client.post(address(offer), sent).status_code == 302
    assert state(client, offer) == "withdrawn"
    offer.refresh_from_db()
    assert offer.reason == "Ill."
    assert Offer.objects.filter(replaces=offer).count() == 1


def test_an_accepted_seat_is_not_declined_by_an_old_tab(client, offer):
    client.post(address(offer), {"act": "accept"})
    answer = client.post(address(offer), {"act": "decline"})
    assert answer.context["refused"] == "This seat has been accepted already."
    assert state(client, offer) == "accepted"


def test_a_time_that_has_passed_is_said_before_the_worker_comes(client, offer, now):
    Offer.objects.filter(pk=offer.pk).update(
        made_at=now - timedelta(days=9), expires_at=now - timedelta(seconds=1)
    )
    assert state(client, offer) == "expired"
    answer = client.post(address(offer), {"act": "accept"})
    assert answer.context["refused"] == "The time to answer this offer has passed."
    offer.refresh_from_db()
    assert offer.state == "open"


@pytest.mark.parametrize("accepted", (True, False))
def test_after_the_course_began_nothing_is_offered_or_given_back(
    client, offer, accepted, now
):
    if accepted:
        client.post(address(offer), {"act": "accept"})
    course = offer.nomination.call.course
    course.starts_on = course.programme.local(now).date()
    course.ends_on = None
    course.save()
    page = client.get(address(offer)).context["page"]
    assert (page.state, page.can_give_back) == (
        "accepted" if accepted else "begun",
        False,
    )
    act = {"act": "give-back", "reason": "Ill."} if accepted else {"act": "accept"}
    assert client.post(address(offer), act).status_code == 200
    assert Offer.objects.get(pk=offer.pk).state == ["open", "accepted"][accepted]


def test_other_links_open_no_offer(client, offer, now):
    assert (
        client.get(reverse("selection:link_offer", args=["x" * 43])).status_code == 404
    )
    link = Link.objects.get(purpose="offer", subject=offer.code)
    Link.objects.filter(pk=link.pk).update(purpose="confirm")
    assert client.get(address(offer, "confirm")).status_code == 404
    Link.objects.filter(pk=link.pk).update(purpose="offer", revoked_at=now)
    assert client.get(address(offer)).status_code == 410


def test_wrong_methods(client, offer):
    assert client.put(address(offer)).status_code == 405


def test_the_link_lasts_until_the_course_begins(client, offer):
    course = offer.nomination.call.course
    link = Link.objects.get(purpose="offer", subject=offer.code)
    assert link.expires_at >= offer.expires_at + timedelta(days=14)
    assert course.programme.local(link.expires_at).date() >= course.starts_on


@pytest.mark.parametrize("act", ("", "accept", "give-back"))
@pytest.mark.parametrize("swept", (False, True))
def test_a_cancelled_call_ends_the_offer_at_once(
    client, offer, coordinator, act, swept
):
    if act:
        client.post(address(offer), {"act": "accept"})
    if act == "give-back":
        client.post(address(offer), {"act": "give-back", "reason": "Ill."})
    now = timezone.now()
    calls.cancel(
        call=offer.nomination.call, reason="No money.", actor=coordinator, now=now
    )
    if swept:
        offers.end_cancelled(actor=SYSTEM, now=now)

    page = client.get(address(offer))
    text = page.content.decode()
    # What she gave back before is given back, and no longer concerns her.
    gone = "withdrawn" if act == "give-back" else "cancelled"
    assert page.context["page"].state == gone
    assert ("The call for nominations has been cancelled" in text) == (
        gone == "cancelled"
    )
    assert ("No money." in text, "<button" in text.split("<main")[1]) == (
        gone == "cancelled",
        False,
    )
