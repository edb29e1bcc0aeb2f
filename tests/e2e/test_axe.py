"""Every page, in all its languages: accessible, quiet, and all from this site."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from mosty.kernel.languages import EVERYONE
from tests.e2e import pages
from tests.e2e.academy import Academy
from tests.e2e.pages import Page
from tests.e2e.visitor import How, Visitor
from tests.structure import addresses

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]


def test_table_has_every_page_of_ours() -> None:
    there = {address.name for address in addresses() if address.is_ours}
    named = {page.name for page in pages.ALL}
    assert there - named == pages.NO_PAGES.keys()


@pytest.mark.parametrize("page", pages.ALL, ids=lambda page: page.key)
def test_page(page: Page, visitor: Visitor) -> None:
    tab = visitor.open(page, How("pl"))

    assert visitor.violations(tab) == []
    assert tab.locator("html").get_attribute("lang") == "pl"
    assert tab.locator("h1").count() == 1

    # In the dark all pages take the same few colours: those of SMALL stand for all.
    dark = page.key in pages.SMALL
    visitor.look(tab, How("pl", 390, 844, dark=dark))
    assert not dark or visitor.violations(tab) == []
    # Tables scroll inside their own box; the page itself never does sideways.
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert visitor.faults == []


@pytest.mark.parametrize("page", pages.ALL, ids=lambda page: page.key)
def test_page_in_other_languages(
    page: Page, academy: Academy, reader: Callable[[str], Client]
) -> None:
    """What axe looks at is the same in each: the pages differ by their words."""
    for language in EVERYONE if page.for_everyone else ("en",):
        answer = reader(page.role).get(page.path(academy, language))
        text = answer.content.decode()
        assert answer.status_code == page.status
        assert re.findall('<html[^>]* lang="([a-z]+)"', text) == [language]
        assert len(re.findall("<h1[ >]", text)) == 1
