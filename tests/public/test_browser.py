"""The public pages in a real browser: nobody is shut out, with or without scripts."""

import pytest
from playwright.sync_api import Page

from tests.factories import make_version
from tests.fixtures.browser import NewPage
from tests.programmes.rows import both, make_session

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PAGES = (
    "",
    "open-calls/",
    "academy/",
    "academy/courses/course/",
    "privacy/",
    "accessibility/",
)


def look_at_all(page: Page, language: str, width: int, check) -> None:
    for path in PAGES:
        page.goto(f"/{language}/{path}")
        # Nothing but a table of its own accord is wider than the screen.
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        check(page)


@pytest.mark.parametrize("language", ("pl", "en"))
@pytest.mark.parametrize("width", (390, 1280))
@pytest.mark.parametrize("dark", (False, True))
def test_public_pages_break_no_accessibility_rule(
    new_page: NewPage, axe, course, call, trainer, language, width, dark
):
    make_session(course, both("Housing"), trainers=[trainer.person])
    make_version(course)
    course.topics.create(order=1, text=both("Housing"))
    page = new_page(None, language, width, dark=dark)
    look_at_all(page, language, width, axe)


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
