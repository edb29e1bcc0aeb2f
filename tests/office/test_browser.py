"""What surrounds a page, in a browser."""

import pytest

pytestmark = pytest.mark.e2e


def test_a_long_menu_is_folded_on_a_phone_and_nowhere_else(new_page, coordinator):
    for width, folded in ((1280, False), (390, True)):
        page = new_page(coordinator, width=width)
        page.goto("/en/today/")
        shown = [page.locator(f".menu-{one}").is_visible() for one in ("fold", "line")]
        assert shown == [folded, not folded]
    page.locator(".menu-fold summary").click()
    page.locator(".menu-fold").get_by_role("link", name="Ledger").click()
    page.wait_for_url("**/en/ledger/")
    assert page.locator(".menu-fold summary").inner_text().split() == [
        "Menu:",
        "Ledger",
    ]
