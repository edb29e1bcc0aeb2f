"""What holds for every request and answer."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from psycopg.errors import DiskFull

from mosty.accounts.models import Role, User
from mosty.directory.models import Organisation
from mosty.nominations.models import Call
from tests.structure import addresses

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


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


@pytest.mark.parametrize(("size", "status"), ((1_000, 200), (2_000, 413)))
def test_too_large_a_form_is_refused_unread(settings, size, status):
    settings.UPLOAD_MOST = 1_900
    sent = {"login": "a@example.org", "file": SimpleUploadedFile("a", b"x" * size)}

    answer = Client().post("/en/account/login/", sent)

    assert answer.status_code == status


ADDRESSES = addresses()


def test_too_large_a_form_is_refused_alike_at_every_address(settings):
    """Also where nobody is asked who she is; but where she signs in first and is told there."""
    settings.UPLOAD_MOST = 1_900
    sent = {"text": "x" * 2_000}
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    found = {
        address.name: answer.status_code
        for address in ADDRESSES
        if (answer := client.post(address.path, sent)).status_code != 413
    }
    assert found == {
        "nominations:imports": 302,
        "infopoint:imports": 302,
        "training:material_add": 302,
        "training:material_renew": 302,
    }


def test_too_large_a_form_for_what_is_not_there_finds_nothing(settings, everywhere):
    settings.UPLOAD_MOST = 1_900
    paths = ("/en/no/such/page/", "/en/courses/99999/materials/add/")
    found = [everywhere.post(path, {"text": "x" * 2_000}) for path in paths]
    assert [answer.status_code for answer in found] == [404, 404]


@pytest.mark.parametrize(
    ("language", "limit"),
    (
        ("en", "One form takes at most 10 MB, all of its files together."),
        ("pl", "Jeden formularz przyjmuje najwyżej 10 MB, wszystkie pliki razem."),
    ),
)
def test_the_refusal_of_too_large_a_form_says_the_limit(settings, language, limit):
    settings.UPLOAD_MOST = 1_900
    sent = {"file": SimpleUploadedFile("a", b"x" * 2_000)}
    answer = Client().post(f"/{language}/account/login/", sent)
    assert answer.status_code == 413
    assert limit in answer.content.decode()


def test_too_long_a_text_is_refused_in_the_same_words(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_900
    kind = "application/x-www-form-urlencoded"
    answer = Client().generic(
        "POST", "/en/account/login/", b"login=" + b"x" * 2_000, kind
    )
    assert answer.status_code == 413
    assert "at most 10 MB" in answer.content.decode()


def test_too_many_fields_are_still_a_bad_request(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    answer = Client().post("/en/account/login/", {"a": "1", "b": "2", "c": "3"})
    assert answer.status_code == 400
    assert "may have too many fields" in answer.content.decode()


@pytest.fixture
def everywhere(
    coordinator: User, call: Call, krakow: Organisation, signed_in: SignedIn
) -> Client:
    """Return the client of somebody who gets in wherever anybody does."""
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        coordinator.grants.create(role=role)
    coordinator.grants.create(role=Role.CITY, organisation=krakow)
    client = signed_in(coordinator)
    client.raise_request_exception = False
    return client


def test_a_nul_is_refused_at_every_address(everywhere):
    """No text of the database can hold one, whatever parameter a view reads."""
    taken = [
        f"{method} {address.path}: {answer.status_code}"
        for address in ADDRESSES
        for method, sent in (
            ("get", {"anything": "a\0b"}),
            ("get", {"a\0b": "anything"}),
            ("post", {"anything": ["a", "a\0b"]}),
            ("post", {"a\0b": "anything"}),
        )
        if (answer := getattr(everywhere, method)(address.path, sent)).status_code
        != 400
    ]
    assert taken == []


def test_a_nul_in_another_character_set_is_refused(everywhere):
    kind = "multipart/form-data; boundary=x; charset=utf-7"
    body = b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\n+AAA-\r\n--x--\r\n'
    answer = everywhere.generic("POST", "/en/account/profile/", body, kind)
    assert answer.status_code == 400


def test_the_refusal_of_a_nul_says_what_is_wrong(everywhere):
    answer = everywhere.post("/en/account/profile/", {"name": "a\0b"})
    assert "a character that cannot be kept" in answer.content.decode()


def _by_the_database() -> None:
    raise OperationalError from DiskFull()


def _by_ourselves() -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("fail", (_by_the_database, _by_ourselves))
def test_a_full_disk_is_said_in_words(everywhere, monkeypatch, fail):
    monkeypatch.setattr("mosty.accounts.views.queries.export", lambda *_given: fail())
    answer = everywhere.get("/en/account/users/", {"export": "xlsx"})
    assert answer.status_code == 507
    assert "There is no room left on the server" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-cache"


def test_another_fault_is_still_a_fault(everywhere, monkeypatch):
    def fail(*_given: object) -> None:
        raise OSError(2, "No such file")

    monkeypatch.setattr("mosty.accounts.views.queries.export", fail)
    answer = everywhere.get("/en/account/users/", {"export": "xlsx"})
    assert answer.status_code == 500


@pytest.mark.parametrize("size", (1_000, 3_000_000))
def test_what_is_sent_is_never_written_to_the_disk_unasked(everywhere, settings, size):
    """The folder for temporary files may be full, or read by others."""
    settings.FILE_UPLOAD_TEMP_DIR = "/no-such-folder"
    sent = {"name": "", "file": SimpleUploadedFile("a", b"x" * size)}
    assert everywhere.post("/en/account/profile/", sent).status_code == 200
