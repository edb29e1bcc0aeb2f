"""A link opens one thing, until its end; everything else is refused alike."""

from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from mosty.outbox import actions, queries
from mosty.outbox.http import behind_link
from mosty.outbox.models import Link
from tests.factories import make_link

pytestmark = pytest.mark.django_db
CONFIRM = Link.Purpose.CONFIRM


def test_a_live_link_is_found_by_its_token(now: datetime) -> None:
    link = make_link()

    assert queries.link_for(link.token, CONFIRM, now) == link


def test_what_is_stored_opens_nothing(now: datetime) -> None:
    link = make_link()

    for stored in (bytes(link.digest).hex(), bytes(link.nonce).hex()):
        with pytest.raises(queries.LinkGone) as gone:
            queries.link_for(stored, CONFIRM, now)
        assert gone.value.status == 404


def test_a_link_for_something_else_is_unknown(now: datetime) -> None:
    link = make_link(purpose=Link.Purpose.OFFER)

    with pytest.raises(queries.LinkGone) as gone:
        queries.link_for(link.token, CONFIRM, now)

    assert (gone.value.sentence, gone.value.status) == (queries.UNKNOWN, 404)


def test_a_link_ends_at_its_moment(now: datetime) -> None:
    link = make_link(expires_at=now)

    assert queries.link_for(link.token, CONFIRM, now - timedelta(seconds=1)) == link
    with pytest.raises(queries.LinkGone) as gone:
        queries.link_for(link.token, CONFIRM, now)
    assert (gone.value.sentence, gone.value.status) == (queries.EXPIRED, 410)


def test_a_revoked_link_says_that_there_is_a_newer_one(now: datetime) -> None:
    link = make_link()
    actions.revoke_links(purpose=CONFIRM, subject=link.subject, now=now)

    with pytest.raises(queries.LinkGone) as gone:
        queries.link_for(link.token, CONFIRM, now)

    assert (gone.value.sentence, gone.value.status) == (queries.REVOKED, 410)


def named(request, link):
    """Answer as a view behind a link does, whose invitation may be gone."""
    if "gone" in request.GET:
        raise queries.LinkGone(queries.EXPIRED, status=410)
    return HttpResponse(link.subject)


def asked(address: str, token: str) -> HttpResponse:
    request = RequestFactory().get(address)
    return behind_link(CONFIRM)(named)(request, token)


PRIVATE = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}


def kept_private(response: HttpResponse) -> dict[str, str]:
    return {name: response[name] for name in PRIVATE}


def test_a_view_behind_a_link_gets_the_link_and_keeps_its_address_to_itself() -> None:
    link = make_link()

    response = asked("/en/link/confirm/secret/", link.token)

    assert (response.status_code, response.content.decode()) == (200, link.subject)
    assert kept_private(response) == PRIVATE


def test_what_a_view_says_of_caches_stays() -> None:
    link = make_link()

    def cached(request, link):
        return HttpResponse(headers={"Cache-Control": "private, no-cache"})

    request = RequestFactory().get("/")
    response = behind_link(CONFIRM)(cached)(request, link.token)

    assert kept_private(response) == {**PRIVATE, "Cache-Control": "private, no-cache"}


@pytest.mark.parametrize(
    ("address", "known", "status", "sentence"),
    (("/", False, 404, queries.UNKNOWN), ("/?gone", True, 410, queries.EXPIRED)),
)
def test_the_page_says_why_and_keeps_the_address_to_itself(
    address: str, known: bool, status: int, sentence: str
) -> None:
    response = asked(address, make_link().token if known else "x" * 43)

    assert response.status_code == status
    assert kept_private(response) == PRIVATE
    assert str(sentence) in response.content.decode()
