"""A map in a real browser: built by keys alone, drawn, frozen, compared."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from mosty.accounts.models import User
from mosty.partnerships.models import Actor, MapVersion, StakeholderMap, Tie
from tests.fixtures.browser import NewPage

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

# What the control with the focus is called.
FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return "";
    return e.labels && e.labels.length ? e.labels[0].innerText : e.innerText;
}"""


def press(page: Page, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        page.keyboard.press(key)


def go(page: Page, label: str, *keys: str) -> None:
    """Press Tab until the control with this name has the focus, then ``keys``."""
    for _n in range(80):
        page.keyboard.press("Tab")
        named = page.evaluate(FOCUSED)
        if named.strip().startswith(label):
            press(page, *keys)
            return
    pytest.fail(f"The keyboard does not reach {label!r}.")


def add(page: Page, name: str, function: int, *, again: bool) -> None:
    """Put an actor on the map: high interest, high influence."""
    go(page, "Name")
    page.keyboard.type(name)
    # Radio buttons: the first takes the focus, arrows choose.
    go(page, "public", "Space", *["ArrowDown"] * function)
    go(page, "open", "ArrowUp")
    go(page, "open", "ArrowUp")
    with page.expect_navigation():
        go(page, "Save and add another" if again else "Save", "Enter")


def drawn(page: Page, picture: str) -> str:
    """Return the picture that the page shows."""
    src = page.locator(f'img.only-light[src*="{picture}"]').get_attribute("src")
    return page.request.get(page.url.split("/en/")[0] + src).text()


def test_a_map_is_built_by_keys_drawn_frozen_and_compared(
    new_page: NewPage, axe: Callable[[Page], None], city: User
) -> None:
    page = new_page(city)
    page.goto("/en/maps/")
    with page.expect_navigation():
        go(page, "Begin a map", "Enter")
    go(page, "Title")
    page.keyboard.type("Who helps")
    go(page, "Topic", "h")
    with page.expect_navigation():
        go(page, "Begin", "Enter")
    found = StakeholderMap.objects.get()
    assert (found.title, found.visibility) == ("Who helps", "city")

    with page.expect_navigation():
        go(page, "Add an actor", "Enter")
    add(page, "Office", 0, again=True)
    add(page, "Club", 4, again=False)
    rows = Actor.objects.order_by("name").values_list(
        "name", "function", "interest", "influence"
    )
    assert list(rows) == [
        ("Club", "migrant-led", "high", "high"),
        ("Office", "public", "high", "high"),
    ]
    assert "Key players without any tie: Club, Office." in page.content()
    assert ">Club</text>" in drawn(page, "network.svg")
    assert "<path" not in drawn(page, "network.svg").partition("Without ties")[0]

    with page.expect_navigation():
        go(page, "Add a tie", "Enter")
    go(page, "From", "C")
    go(page, "To", "O")
    with page.expect_navigation():
        go(page, "Save", "Enter")
    assert Tie.objects.count() == 1
    # The picture follows.
    assert "<path" in drawn(page, "network.svg")
    axe(page)

    with page.expect_navigation():
        go(page, "Freeze a version", "Enter")
    with page.expect_navigation():
        go(page, "Freeze", "Enter")
    assert MapVersion.objects.count() == 1
    with page.expect_navigation():
        go(page, "Office", "Enter")
    go(page, "high", "ArrowUp")
    go(page, "high", "ArrowUp", "ArrowUp")
    with page.expect_navigation():
        go(page, "Save", "Enter")
    with page.expect_navigation():
        go(page, "Compare", "Enter")
    page.get_by_role("heading", name="Actors that moved on the grid").wait_for()
    cells = page.locator("table tbody tr").all_inner_texts()
    assert [row.split("\t") for row in cells] == [
        ["Office", "key players", "keep informed"]
    ]
    axe(page)
