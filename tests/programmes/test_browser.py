"""The planning pages in a real browser, with and without scripts."""

import pytest

from tests.fixtures.browser import NewPage

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


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
