"""A call is written, published and passed to cities."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from mosty.accounts.models import User
from mosty.kernel.names import fold
from tests.e2e.steps.walk import SLUG, Walk, deliver, open_link, press, said

TEXTS = {
    "costs_pl": "Organizator opłaca materiały.",
    "costs_en": "The organiser pays for the materials.",
    "notice_pl": "Dane służą tylko do wyboru uczestników.",
    "notice_en": "The data serve the choice of participants only.",
    "seed_source_pl": "Liczby z losowania następnego dnia",
    "seed_source_en": "The numbers drawn on the next day",
}


def write(walk: Walk, coordinator: User) -> None:
    """The coordinator writes a call in the editor, reads its rules in words, saves it."""
    page = walk.sign_in(coordinator, "calls/")
    open_link(page, "Begin a call")
    for name, value in (
        ("seats", "3"),
        ("reserve", "3"),
        ("least", "1"),
        ("most", "2"),
    ):
        page.fill(f"[name={name}]", value)
    page.select_option("[name=members_of]", "ump")
    page.check("[name=levels][value=middle]")
    page.check("[name=must_confirm]")
    press(page, "Add a priority")
    page.select_option("[name=priorities-0-what]", "coverage-organisation")
    today = timezone.localdate()
    page.fill("[name=slug]", SLUG)
    page.fill("[name=opens_on]", (today - timedelta(days=1)).isoformat())
    page.fill("[name=closes_on]", (today + timedelta(days=7)).isoformat())
    page.fill("[name=contact]", "The union's office")
    page.fill("[name=contact_email]", "office@example.org")
    for name, text in TEXTS.items():
        page.fill(f"[name={name}]", text)
    preview = page.get_by_role("complementary", name="Preview")
    # The preview follows the typing, in both languages of the programme.
    expect(preview.get_by_text("Cities that take part: 3")).to_be_visible()
    expect(preview.locator("[lang=pl]").get_by_text("następnego dnia")).to_be_visible()
    expect(preview.locator("[lang=en]").get_by_text("next day")).to_be_visible()
    # A row was added without leaving the page, and nothing typed before it is lost.
    assert page.input_value("[name=seats]") == "3"
    press(page, "Save the draft")
    expect(page.get_by_text("The call is a draft")).to_be_visible()


def publish(walk: Walk, coordinator: User) -> None:
    """She reads the rules once more and publishes."""
    page = walk.sign_in(coordinator, f"calls/{SLUG}/")
    open_link(page, "Publish")
    expect(page.get_by_role("heading", name="Publish the call")).to_be_visible()
    press(page, "Publish")
    said(page, "The call is published")
    reader = walk.new_page()
    for language, sentence in (
        ("en", "The organiser pays"),
        ("pl", "Organizator opłaca"),
    ):
        reader.goto(f"/{language}/academy/calls/{SLUG}/")
        expect(reader.get_by_text(sentence)).to_be_visible()


def pass_on(walk: Walk, secretariat: User) -> None:
    """The secretariat writes to all cities at once; nothing leaves before it is read."""
    page = walk.sign_in(secretariat, f"calls/{SLUG}/cities/")
    open_link(page, "Write to all not written to")
    rows = page.locator("form fieldset")
    expect(rows).to_have_count(3)
    for number in range(rows.count()):
        row = rows.nth(number)
        city = row.locator("legend").inner_text()
        row.locator("[name$=-write]").check()
        row.locator("[name$=-email]").fill(address_of(city))
        row.locator("[name$=-language]").select_option("pl")
    press(page, "Put the messages into the outbox")
    said(page, "3 messages wait in the outbox.")


def address_of(city: str) -> str:
    """Return where a city of this walk is written to."""
    return f"integration@{fold(city)}.example.org"


def release(walk: Walk, user: User, *, reads: str) -> None:
    """Somebody reads one of the messages that wait, then lets all of its kind leave."""
    page = walk.sign_in(user, "outbox/")
    open_link(page, "Release…")
    asked = page.url
    page.get_by_role("main").locator("ul a").first.click()
    expect(page.get_by_role("main")).to_contain_text(reads)
    page.goto(asked)
    page.get_by_role("button", name="Release:").click()
    said(page, "leaving")
    deliver()
