"""A link opens one thing, until its end; everything else is refused alike."""

from datetime import datetime, timedelta

import pytest
from django.test import RequestFactory

from mosty.kernel import tokens
from mosty.outbox import actions, queries
from mosty.outbox.http import link_gone
from mosty.outbox.models import Link
from mosty.ui.context import site
from tests.factories import make_link

pytestmark = pytest.mark.django_db
CONFIRM = Link.Purpose.CONFIRM


def token_of(link: Link) -> str:
    return tokens.derive(bytes(link.nonce))


def test_a_live_link_is_found_by_its_token(now: datetime) -> None:
    link = make_link()

    assert queries.link_for(token_of(link), CONFIRM, now) == link


def test_what_is_stored_opens_nothing(now: datetime) -> None:
    link = make_link()

    for stored in (bytes(link.digest).hex(), bytes(link.nonce).hex()):
        with pytest.raises(queries.LinkGone) as gone:
            queries.link_for(stored, CONFIRM, now)
        assert gone.value.status == 404


def test_a_link_for_something_else_is_unknown(now: datetime) -> None:
    link = make_link(purpose=Link.Purpose.OFFER)

    with pytest.raises(queries.LinkGone) as gone:
        queries.link_for(token_of(link), CONFIRM, now)

    assert (gone.value.sentence, gone.value.status) == (queries.UNKNOWN, 404)


def test_a_link_ends_at_its_moment(now: datetime) -> None:
    link = make_link(expires_at=now)

    assert queries.link_for(token_of(link), CONFIRM, now - timedelta(seconds=1)) == link
    with pytest.raises(queries.LinkGone) as gone:
        queries.link_for(token_of(link), CONFIRM, now)
    assert (gone.value.sentence, gone.value.status) == (queries.EXPIRED, 410)


def test_a_revoked_link_says_that_there_is_a_newer_one(now: datetime) -> None:
    link = make_link()
    actions.revoke_links(purpose=CONFIRM, subject=link.subject, now=now)

    with pytest.raises(queries.LinkGone) as gone:
        queries.link_for(token_of(link), CONFIRM, now)

    assert (gone.value.sentence, gone.value.status) == (queries.REVOKED, 410)


@pytest.mark.parametrize("status", (404, 410))
def test_the_page_says_why_and_keeps_the_address_to_itself(status: int) -> None:
    request = RequestFactory().get("/en/link/confirm/secret/")
    refusal = queries.LinkGone(queries.EXPIRED, status=status)

    response = link_gone(request, refusal)

    assert response.status_code == status
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store"
    assert str(queries.EXPIRED) in response.content.decode()
    assert site(request)["site"].account is None
