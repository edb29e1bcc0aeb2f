"""What the public sees of a timetable: the last version, what it changed, on paper."""

import io

import pytest
from django.core.cache import cache
from pypdf import PdfReader

from mosty.programmes.models import Course, Session
from tests.factories import make_version
from tests.programmes.rows import both, make_session

pytestmark = pytest.mark.django_db
BASE = "/en/academy/courses/course"
PAGES = ("/changelog/", ".ics", "/agenda.pdf")


@pytest.fixture
def published(course):
    make_session(course, both("Housing"), room="A", online="https://x.example/")
    make_version(course)
    return course


@pytest.mark.parametrize("page", PAGES)
def test_everybody_reads_what_is_public(client, published, page):
    assert client.get(f"{BASE}{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_what_is_hidden_is_not_there(
    client, signed_in, stranger, partner, published, page
):
    Course.objects.update(is_published=False)
    found = [
        one.get(f"{BASE}{page}").status_code
        for one in (client, signed_in(stranger), signed_in(partner))
    ]
    assert found == [404, 404, 200]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_posted_here(client, published, page):
    assert client.post(f"{BASE}{page}").status_code == 405


@pytest.mark.parametrize("page", ("/changelog/", "/agenda.pdf"))
def test_before_the_first_version_there_is_nothing(client, course, page):
    make_session(course)
    assert client.get(f"{BASE}{page}").status_code == 404


@pytest.mark.parametrize("count", (1, 3))
def test_the_changelog_costs_the_same_for_one_and_three(
    client, published, count, django_assert_num_queries
):
    for number in range(count):
        Session.objects.update(room=f"B{number}")
        make_version(published, note="A larger room")
    with django_assert_num_queries(2):  # course, versions
        page = client.get(f"{BASE}/changelog/")
    assert [line.number for line in page.context["versions"]] == list(
        range(count + 1, 0, -1)
    )


def test_the_changelog_is_written_in_the_readers_language(client, published):
    Session.objects.update(room="B")
    make_version(published)
    found = [
        client.get(f"/{language}/academy/courses/course/changelog/")
        .context["versions"][0]
        .changes
        for language in ("en", "pl")
    ]
    assert found == [["Housing: room: A → B"], ["Housing (pl): sala: A → B"]]


def test_the_link_for_joining_is_never_public(client, published):
    for page in ("/", *PAGES[:2]):
        assert b"x.example" not in client.get(f"{BASE}{page}").content


def test_the_agenda_is_tagged_and_says_what_the_page_says(client, published):
    page = client.get(f"{BASE}/agenda.pdf")
    assert page["Content-Type"] == "application/pdf"
    found = PdfReader(io.BytesIO(page.content))
    text = found.pages[0].extract_text()
    assert [word in text for word in ("Housing", "09:00–11:00", "Version 1")] == [
        True, True, True,
    ]  # fmt: skip
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in page.content


def test_one_address_does_not_have_agendas_drawn_without_end(
    client, published, monkeypatch
):
    cache.clear()
    monkeypatch.setattr("mosty.public.views.AGENDAS", 1)
    answers = [client.get(f"{BASE}/agenda.pdf") for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    # No cache keeps the refusal for others.
    assert answers[1]["Cache-Control"] == "private, no-cache"
