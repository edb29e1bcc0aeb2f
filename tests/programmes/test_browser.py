"""The planning pages in a real browser, with and without scripts."""

import pytest

from tests.fixtures.browser import NewPage
from tests.programmes.rows import both, make_session

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PAGES = (
    "programmes/",
    "programmes/new/",
    "academy/edit/",
    "academy/edit/details/",
    "academy/edit/partners/",
    "academy/edit/hide/",
    "academy/edit/new-course/",
    "academy/edit/courses/course/",
    "academy/edit/courses/course/details/",
    "academy/edit/courses/course/topics/",
    "academy/edit/courses/course/provisions/",
    "academy/edit/courses/course/sessions/",
    "academy/edit/courses/course/clone/",
    "academy/edit/courses/course/delete/",
)


@pytest.mark.parametrize(
    ("language", "width", "dark"), (("pl", 390, False), ("en", 1280, True))
)
def test_planning_pages_break_no_accessibility_rule(
    new_page: NewPage, axe, coordinator, course, trainer, language, width, dark
):
    make_session(course, both("Housing"), trainers=[trainer.person])
    page = new_page(coordinator, language, width, dark=dark)
    for path in PAGES:
        page.goto(f"/{language}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        axe(page)


def test_mistakes_are_summed_up_and_lead_to_their_fields(
    new_page: NewPage, axe, coordinator, course
):
    page = new_page(coordinator)
    page.goto("/en/academy/edit/details/")
    page.get_by_label("Last day").fill("2020-01-01")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="The last day must not be before the first.").click()
    assert page.get_by_label("Last day").evaluate("e => e === document.activeElement")
    axe(page)


def test_topics_are_added_row_by_row_without_scripts(
    new_page: NewPage, coordinator, course
):
    page = new_page(coordinator, script=False)
    page.goto("/en/academy/edit/courses/course/topics/")
    for number, topic in enumerate(("Housing", "Schools", "Health"), 1):
        row = page.get_by_role("group", name=f"Topic {number}", exact=True)
        row.get_by_label("English").fill(topic)
        page.get_by_role("button", name="Add another row").click()
    page.get_by_role("button", name="Save").click()

    assert page.get_by_text("Saved.").is_visible()
    assert [str(topic.text) for topic in course.topics.all()] == [
        "Housing",
        "Schools",
        "Health",
    ]
