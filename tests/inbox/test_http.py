"""How a view reads what a device sends, and answers it."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from mosty.accounts.models import User
from mosty.inbox import http
from mosty.ui.queueing import DEVICE, owner_of


@pytest.mark.parametrize(
    ("noted", "sent", "ago"),
    (
        ("1000", "61000", 60),
        # The device's clock is years ahead, or was put back: only what lies between.
        ("9999999999000", "9999999999500", 0.5),
        ("61000", "1000", 0),
        ("", "", 0),
        ("x", "1", 0),
        ("-" + "9" * 30, "9", 0),
    ),
)
def test_when_a_form_was_filled_in(
    rf: RequestFactory, now: datetime, noted: str, sent: str, ago: float
) -> None:
    request = rf.post("/", {"noted": noted, "sent": sent})
    assert http.noted_at(request, now) == now - timedelta(seconds=ago)


def test_a_form_has_its_key(rf: RequestFactory) -> None:
    key = "5d6ad4b4-9be1-4d29-9d3a-4a14ad56c9a0"
    assert http.key_of(rf.post("/", {"key": key})) == UUID(key)
    other = {http.key_of(rf.post("/", {"key": "x"})) for _n in range(2)}
    assert len(other) == 2


def test_only_its_owner_sends_what_waits(
    rf: RequestFactory, trainer: User, coordinator: User
) -> None:
    @http.hers_only
    def view(_request: object) -> HttpResponse:
        return HttpResponse("done")

    hers = rf.get("/")
    hers.user = trainer
    names = {}
    for name, user in (("hers", trainer), ("other", coordinator), ("none", None)):
        request = rf.post("/", headers={"X-Queue": owner_of(hers)})
        request.user = user or AnonymousUser()
        names[name] = view(request).status_code
    assert names == {"hers": 200, "other": 401, "none": 401}
    bare = rf.post("/")
    bare.user = AnonymousUser()
    assert (view(bare).status_code, owner_of(bare)) == (200, DEVICE)


def test_answers() -> None:
    found = [
        http.taken("Saved", url="/x/", versions={"A": 1}),
        http.conflict("Both", [("/x/", "Open")]),
        http.refused("No"),
    ]
    assert [(a.status_code, a.content.decode()) for a in found] == [
        (
            200,
            '{"state": "taken", "text": "Saved", "url": "/x/", "versions": {"A": 1}}',
        ),
        (
            409,
            (
                '{"state": "conflict", "text": "Both",'
                ' "links": [{"url": "/x/", "label": "Open"}]}'
            ),
        ),
        (422, '{"state": "refused", "text": "No", "links": []}'),
    ]
