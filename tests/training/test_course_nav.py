"""The tabs of a course: each reader sees the pages that she may open, and no other."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from mosty.accounts.models import User
from mosty.programmes.models import Course
from mosty.public import course_nav

pytestmark = pytest.mark.django_db


def asked(user: User, path: str) -> HttpRequest:
    """Return a request by somebody."""
    request = RequestFactory().get(path)
    request.user = user
    request.resolver_match = resolve(path)
    return request


ALL = ["programmes:course_plan", "nominations:of_course", "training:timetable", "training:roster",
       "training:groups", "training:materials", "training:attendance", "training:certificates",
       "plans:course", "evaluation:course"]  # fmt: skip
LED = ALL[2:]
TABLE = {
    "coordinator": ALL,
    "partner": ALL,
    "secretariat": ALL,
    "trainer": LED,
    "city": ["training:roster", "training:certificates"],
    "auditor": [],
    "stranger": [],
}


@pytest.mark.parametrize("reader", TABLE)
def test_every_tab_that_is_shown_opens(
    client: Client, timetable: Course, reader: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(reader)
    client.force_login(user)
    shown = course_nav.items(asked(user, "/en/"), timetable)
    assert [resolve(item.url).view_name for item in shown] == TABLE[reader]
    # One of them leads on to the call.
    opened = {client.get(item.url, follow=True).status_code for item in shown}
    assert opened <= {200}


def test_the_page_one_stands_on_is_marked(timetable: Course, coordinator) -> None:
    path = reverse("training:roster", args=[timetable.pk])
    found = course_nav.items(asked(coordinator, path), timetable)
    assert [item.url for item in found if item.current] == [path]


def test_the_call_s_tab_is_marked_on_the_call_s_own_page(
    timetable: Course, coordinator
) -> None:
    path = reverse("nominations:desk", args=["any"])
    found = course_nav.items(asked(coordinator, path), timetable)
    assert [item.label for item in found if item.current] == ["Call"]


@pytest.mark.parametrize(
    ("reader", "above"),
    (
        (
            "coordinator",
            ["programmes:index", "programmes:plan", "programmes:course_plan"],
        ),
        ("trainer", ["programmes:index", "public:programme", "training:timetable"]),
        ("city", ["public:home", "public:programme", "public:course"]),
    ),
)
def test_the_way_down_to_a_course_is_of_pages_that_open(
    client: Client,
    timetable: Course,
    reader: str,
    above: list[str],
    request: pytest.FixtureRequest,
) -> None:
    user = request.getfixturevalue(reader)
    client.force_login(user)
    way = course_nav.above(asked(user, "/en/"), timetable)
    assert [resolve(item.url).view_name for item in way] == above
    assert {client.get(item.url).status_code for item in way} == {200}


def test_the_page_of_the_course_itself_is_not_led_to(
    client: Client, timetable: Course, coordinator
) -> None:
    path = reverse(
        "programmes:course_plan", args=[timetable.programme.slug, timetable.slug]
    )
    way = course_nav.above(asked(coordinator, path), timetable)
    assert [item.current for item in way] == [False, False, True]
