"""The public pages in a real browser: nobody is shut out, with or without scripts."""

import pytest

from tests.fixtures.browser import NewPage

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PAGES = (
    "",
    "open-calls/",
    "academy/",
    "academy/courses/course/",
    "privacy/",
    "accessibility/",
)


def test_a_reader_without_scripts_finds_the_rules_of_a_call(
    new_page: NewPage, course, call
):
    page = new_page(script=False)
    for path in PAGES:
        page.goto(f"/en/{path}")
        assert page.get_by_role("heading", level=1).is_visible()
    page.goto("/en/")
    page.get_by_role("link", name="Academy for tests").click()
    courses = page.get_by_role("region", name="Courses")
    courses.get_by_role("link", name="Good practices").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Good practices"
    link = page.get_by_role("link", name="Read the call and its rules")
    assert link.get_attribute("href") == "/en/academy/calls/call/"
