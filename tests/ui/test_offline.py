"""What pages say of forms that wait, and the script that keeps pages."""

import pytest
from django.test import Client

from mosty.accounts.models import User
from mosty.ui.queueing import owner_of

pytestmark = pytest.mark.django_db


def test_the_service_worker_reaches_the_whole_site(client: Client) -> None:
    answer = client.get("/service-worker.js")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript")
    assert 'const FILES = "/static/";' in answer.content.decode()
    assert client.post("/service-worker.js").status_code == 405


def test_the_list_is_there_for_whoever_is_signed_in(
    client: Client, trainer: User, coordinator: User, rf: object
) -> None:
    request = rf.get("/")  # type: ignore[attr-defined]
    names = set()
    for user in (trainer, coordinator):
        client.force_login(user)
        request.user = user
        text = client.get("/en/today/").content.decode()
        assert f'data-owner="{owner_of(request)}"' in text
        names.add(owner_of(request))
    # Nothing of the user's own key can be read from it.
    assert {len(name) for name in names} == {32}
    assert len(names) == 2


def test_nothing_waits_on_public_pages(client: Client) -> None:
    assert "data-queue-list" not in client.get("/en/privacy/").content.decode()
