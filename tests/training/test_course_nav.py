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
    return request


ALL = ["programmes:course_plan", "training:timetable", "training:roster",
       "training:groups", "training:materials", "training:attendance", "training:certificates",
       "plans:course", "evaluation:course"]  # fmt: skip
LED = ALL[1:]
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
    assert {client.get(item.url).status_code for item in shown} <= {200}


def test_the_page_one_stands_on_is_marked(timetable: Course, coordinator) -> None:
    path = reverse("training:roster", args=[timetable.pk])
    found = course_nav.items(asked(coordinator, path), timetable)
    assert [item.url for item in found if item.current] == [path]
