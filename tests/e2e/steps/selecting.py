"""The seed, the draw, two signatures, the announcement, and the answers to it."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from mosty.accounts.models import User
from mosty.nominations.models import Call, Invitation
from mosty.selection.models import Offer
from tests.e2e.steps.walk import (
    SLUG,
    Walk,
    deliver,
    link_for,
    open_link,
    press,
    said,
    work,
)


def let_it_close() -> None:
    """Let a week pass: no test can wait, so the closing time alone moves to now."""
    Call.objects.filter(slug=SLUG).update(
        closes_at=timezone.now() - timedelta(minutes=1)
    )
    assert Invitation.objects.filter(call__slug=SLUG, sent_at=None).count() == 0


def draw(walk: Walk, coordinator: User) -> str:
    """The coordinator enters the seed, draws, and looks at the run; its address."""
    page = walk.sign_in(coordinator, f"calls/{SLUG}/seed/")
    page.fill("[name=seed]", "4, 8, 15")
    page.fill("[name=again]", "4, 8, 51")
    page.click("main form button[type=submit]")
    expect(page.locator(".field.wrong")).to_contain_text("The two are not the same.")
    page.fill("[name=again]", "4, 8, 15")
    page.click("main form button[type=submit]")
    said(page, "The seed is entered.")
    page.goto(f"/en/calls/{SLUG}/selection/")
    press(page, "Draw")
    said(page, "It waits for its turn.")
    work()
    # Without anybody's doing: the page looks every second.
    page.wait_for_url("**/runs/*/")
    people = page.locator("#people")
    # Three seats and three cities: coverage gives each city one.
    for city in ("Kraków", "Gdańsk", "Łódź"):
        expect(people).to_contain_text(city)
    people.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.go_back()
    press(page, "Run it again now")
    said(page, "It waits for its turn.")
    work()
    page.wait_for_url("**/verify/*")
    expect(page.get_by_role("main")).to_contain_text("4, 8, 15")
    # A form that only asks leaves its question mark at the end of the address.
    return page.url.partition("/en/")[2].partition("verify/")[0]


def sign(walk: Walk, signer: User, run: str, organisation: str) -> None:
    """A partner's officer signs for her organisation."""
    page = walk.sign_in(signer, run)
    press(page, f"Sign for: {organisation}")
    said(page, f"Signed for: {organisation}.")


def announce(walk: Walk, coordinator: User, run: str) -> None:
    """The coordinator announces once both have signed."""
    page = walk.sign_in(coordinator, run)
    open_link(page, "Announce")
    press(page, "Announce")
    said(page, "Announced.")


def answer(walk: Walk) -> None:
    """One nominee accepts, another declines, and her seat goes to the reserve list."""
    first, second, _third = Offer.objects.filter(seat__call__slug=SLUG).order_by("id")
    page = walk.new_page(language="pl", width=390)
    walk.follow(page, link_for(first.nomination.email, "offer"))
    page.click("[name=act][value=accept]")
    expect(page.locator("[name=act][value=accept]")).to_have_count(0)
    walk.follow(page, link_for(second.nomination.email, "offer"))
    page.locator("a[href$='step=decline']").click()
    page.click("[name=act][value=decline]")
    expect(page.locator("[name=act]")).to_have_count(0)
    deliver()
    moved_in = Offer.objects.get(replaces=second)
    walk.follow(page, link_for(moved_in.nomination.email, "offer"))
    page.click("[name=act][value=accept]")
    expect(page.locator("[name=act][value=accept]")).to_have_count(0)


def look_at_seats(walk: Walk, coordinator: User) -> None:
    """The board shows what has become of every seat."""
    page = walk.sign_in(coordinator, f"calls/{SLUG}/offers/")
    main = page.get_by_role("main")
    for offer in Offer.objects.filter(seat__call__slug=SLUG):
        expect(main).to_contain_text(str(offer.nomination))
    states = Offer.objects.order_by("state").values_list("state", flat=True)
    assert list(states) == ["accepted", "accepted", "declined", "open"]
