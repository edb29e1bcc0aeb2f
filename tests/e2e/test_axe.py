"""Every page, in both languages: accessible, quiet, and all from this site."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab

from tests.e2e import pages
from tests.e2e.pages import Page
from tests.e2e.visitor import How, Visitor

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]
# Pages that need the table's width, have pictures, long forms or the phone as home.
SMALL_AND_DARK = {
    "public-programme",
    "nominations-call",
    "account_login",
    "nominations-link_city",
    "nominations-link_nominate",
    "nominations-link_confirm",
    "selection-link_offer",
    "office-today-coordinator",
    "office-today-city",
    "nominations-desk",
    "nominations-call_edit",
    "nominations-cities",
    "nominations-nominations",
    "nominations-nomination",
    "nominations-import-waiting",
    "selection-call",
    "selection-run-sign",
    "selection-decision",
    "selection-offers",
    "directory-territory",
    "programmes-course_plan",
    "ui-styleguide",
}
# Addresses that are no page to look at, or whose page is one of the table already.
NO_PAGES = {
    "health": "a program reads it",
    "robots": "a program reads it",
}

Axe = Callable[[Tab], None]


@pytest.mark.parametrize("language", ("pl", "en"))
@pytest.mark.parametrize("page", pages.ALL, ids=lambda page: page.key)
def test_page(page: Page, language: str, visitor: Visitor, axe: Axe) -> None:
    tab = visitor.open(page, How(language))

    axe(tab)
    assert tab.locator("html").get_attribute("lang") == language
    assert visitor.faults == []


@pytest.mark.parametrize(
    "page",
    [page for page in pages.ALL if page.key in SMALL_AND_DARK],
    ids=lambda page: page.key,
)
def test_page_on_a_phone_in_the_dark(page: Page, visitor: Visitor, axe: Axe) -> None:
    tab = visitor.open(page, How("pl", 390, 844, dark=True))

    axe(tab)
    # Tables scroll inside their own box; the page itself never does sideways.
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert visitor.faults == []
