"""What holds for every request and answer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    (
        "/en/today/",
        "/en/calls/call/nominations/",
        "/en/directory/people/",
        "/en/account/profile/",
        "/en/outbox/",
        "/en/no-such-page/",
    ),
)
def test_pages_stay_with_the_reader_who_may_have_them(
    coordinator, call, signed_in, address
):
    answer = signed_in(coordinator).get(address)
    assert answer["Cache-Control"] == "private, no-cache"


def test_public_pages_still_say_that_they_are(client, call):
    assert client.get("/en/")["Cache-Control"] == "public, max-age=60"


def test_signing_out_empties_the_browsers_cache(coordinator, signed_in):
    answer = signed_in(coordinator).post("/en/account/logout/")
    assert answer["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize(
    "address",
    (
        "/en/nominations/%00/",
        "/en/directory/people/a%00/",
        "/en/runs/1/exchange/?enters=%00",
    ),
)
def test_an_address_with_a_nul_is_refused(coordinator, signed_in, address):
    assert signed_in(coordinator).get(address).status_code == 400


@pytest.mark.parametrize(("size", "status"), ((1_000, 200), (2_000, 400)))
def test_too_large_a_form_is_refused_unread(settings, size, status):
    settings.UPLOAD_MOST = 1_900
    sent = {"login": "a@example.org", "file": SimpleUploadedFile("a", b"x" * size)}

    answer = Client().post("/en/account/login/", sent)

    assert answer.status_code == status
