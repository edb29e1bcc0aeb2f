"""Every page, in all its languages: accessible, quiet, and all from this site."""

import pytest

from mosty.kernel.languages import EVERYONE
from tests.e2e import pages
from tests.e2e.pages import Page
from tests.e2e.visitor import How, Visitor
from tests.structure import addresses

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]


def test_table_has_every_page_of_ours() -> None:
    there = {address.name for address in addresses() if address.is_ours}
    named = {page.name for page in pages.ALL}
    assert there - named == pages.NO_PAGES.keys()


@pytest.mark.parametrize(
    ("page", "language"),
    [
        (page, language)
        for page in pages.ALL
        for language in (EVERYONE if page.for_everyone else ("pl", "en"))
    ],
    ids=lambda one: getattr(one, "key", one),
)
def test_page(page: Page, language: str, visitor: Visitor) -> None:
    tab = visitor.open(page, How(language))

    assert visitor.violations(tab, colours=language == "pl") == []
    assert tab.locator("html").get_attribute("lang") == language
    assert tab.locator("h1").count() == 1
    assert visitor.faults == []


@pytest.mark.parametrize(
    "page",
    [page for page in pages.ALL if page.key in pages.SMALL],
    ids=lambda page: page.key,
)
def test_page_on_a_phone_in_the_dark(page: Page, visitor: Visitor) -> None:
    tab = visitor.open(page, How("pl", 390, 844, dark=True))

    assert visitor.violations(tab) == []
    # Tables scroll inside their own box; the page itself never does sideways.
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert visitor.faults == []
