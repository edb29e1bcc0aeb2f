"""Recording in a real browser: on a phone, by keys, and without network."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.infopoint.models import Code, Consultation, Point, Workshop
from tests.fixtures.browser import NewPage, too_low_for_thumbs

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
RECORD = "/en/points/krakow/record/"
TOPICS = ("labour market", "education", "health", "housing")


def tap(page: Page, label: str) -> None:
    """Tap a button, as a thumb does."""
    page.locator(".tap", has=page.get_by_text(label, exact=True)).first.click()


def until(page: Page, asked: str) -> None:
    """Wait until ``asked`` is true; the content policy lets the page evaluate nothing."""
    for _n in range(300):
        if page.evaluate(asked):
            return
        page.wait_for_timeout(50)
    pytest.fail(asked)


def nothing_waits(page: Page) -> None:
    """Wait until all is sent."""
    until(page, "mostyQueue.all().then((all) => all.length === 0)")


def first_entry(page: Page) -> None:
    """Record the first of the day, whose channel and outcome the next ones keep."""
    tap(page, "labour market")
    tap(page, "Ukraine")
    tap(page, "woman")
    tap(page, "phone")
    tap(page, "informed")
    tap(page, "Ukrainian")
    page.get_by_role("button", name="Save").click()


def test_twenty_entries_without_network_are_twenty_records(
    new_page: NewPage, axe: Callable[[Page], None], worker: User, point: Point
) -> None:
    page = new_page(worker, width=390)
    page.goto(RECORD)
    page.get_by_role("button", name="Keep this page for use without network").click()
    page.get_by_text("it opens without network, too").wait_for()
    page.context.set_offline(True)
    page.reload()
    began = time.monotonic()
    first_entry(page)
    for number in range(1, 20):
        expect(page.get_by_text("Kept on this device.")).to_be_visible()
        tap(page, TOPICS[number % 4])
        tap(page, "Belarus" if number % 2 else "Ukraine")
        tap(page, "man" if number % 3 else "woman")
        page.get_by_role("button", name="Save").click()
        until(page, f"mostyQueue.all().then((all) => all.length === {number + 1})")
    took = time.monotonic() - began
    assert Consultation.objects.count() == 0
    axe(page)
    # What waits survives that the page is closed.
    page.reload()
    page.context.set_offline(False)
    nothing_waits(page)

    assert Consultation.objects.count() == 20
    assert Entry.objects.filter(verb="consultation.recorded").count() == 20
    names = dict(Code.objects.values_list("pk", "code"))
    found = sorted(
        (names[row.topics[0]], row.nationality.code, row.sex.code)
        for row in Consultation.objects.select_related("nationality", "sex")
    )
    short = {"labour market": "work"}
    assert found == sorted(
        [
            ("work", "ukr", "female"),
            *(
                (
                    short.get(TOPICS[number % 4], TOPICS[number % 4]),
                    "blr" if number % 2 else "ukr",
                    "male" if number % 3 else "female",
                )
                for number in range(1, 20)
            ),
        ]
    )
    # The first entry's answers stayed for all of them.
    same = Consultation.objects.values_list(
        "channel__code", "language__code", "outcome__code"
    )
    assert set(same) == {("phone", "uk", "informed")}
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert took < 240


def test_what_the_server_refuses_is_kept_and_mended(
    new_page: NewPage, worker: User, point: Point
) -> None:
    page = new_page(worker, width=390)
    page.goto(RECORD)
    assert too_low_for_thumbs(page) == []
    page.locator("[name=nationality_typed]").fill("Atlantis")
    page.locator("details[data-more] summary").click()
    page.get_by_label("Day").fill("2099-12-31")
    tap(page, "labour market")
    tap(page, "phone")
    tap(page, "informed")
    tap(page, "Polish")
    page.get_by_role("button", name="Save").click()
    refusal = page.locator("[data-not-taken]")
    expect(refusal).to_contain_text("This day is still to come.")
    expect(refusal).to_contain_text("Nationality: this is not on the list")
    assert Consultation.objects.count() == 0
    # It also outlives the page.
    page.reload()
    page.get_by_role("button", name="Put it back into the form").click()
    expect(page.locator("[name=nationality_typed]")).to_have_value("Atlantis")
    expect(page.get_by_label("Day")).to_have_value("2099-12-31")
    page.get_by_label("Day").fill("2021-01-05")
    page.locator("[name=nationality_typed]").fill("japan")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    # One press away: to see it, and to correct a wrong tap.
    expect(page.get_by_role("link", name="Look at it, correct it")).to_have_attribute(
        "href", f"/en/points/krakow/records/{Consultation.objects.get().pk}/"
    )
    nothing_waits(page)
    found = Consultation.objects.select_related("nationality").get()
    assert (str(found.day), found.nationality.code) == ("2021-01-05", "jpn")


def test_by_keys_alone_and_as_the_last_one(
    new_page: NewPage, worker: User, point: Point
) -> None:
    page = new_page(worker)
    page.goto(RECORD)
    page.locator("[data-ask=topic] input").first.focus()
    for key in (
        "ArrowRight", "Tab", "ArrowRight", "Tab", "Tab", "ArrowRight",  # work; Ukraine; woman
    ):  # fmt: skip
        page.keyboard.press(key)
    for name in ("outcome", "channel"):
        page.locator(f"[data-ask={name}] input").first.focus()
        page.keyboard.press("Space")
    page.locator("[data-ask=language] input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator("[data-ask=topic] input").first).to_be_focused()
    page.get_by_role("button", name="As the last one").press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-count]")).to_have_text("2")
    nothing_waits(page)
    names = dict(Code.objects.values_list("pk", "code"))
    rows = [
        (names[row.topics[0]], row.nationality.code, row.sex.code, row.language.code)
        for row in Consultation.objects.select_related("nationality", "sex", "language")
    ]
    assert rows == [("work", "ukr", "female", "pl")] * 2


def test_without_a_script(new_page: NewPage, worker: User, point: Point) -> None:
    page = new_page(worker, script=False)
    page.goto(RECORD)
    first_entry(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert Consultation.objects.count() == 1
    expect(page.locator("[data-ask=channel] input[value=phone]")).to_be_checked()


def test_a_workshop_without_network_is_told_once(
    new_page: NewPage, worker: User, point: Point
) -> None:
    page = new_page(worker, width=390)
    page.goto("/en/points/krakow/workshops/add/")
    page.get_by_role("button", name="Keep this page for use without network").click()
    page.get_by_text("it opens without network, too").wait_for()
    page.context.set_offline(True)
    page.reload()
    page.get_by_label("Topic").select_option(label="courses")
    page.get_by_label("Language").select_option(label="Ukrainian")
    page.get_by_label("woman, 18–29").fill("7")
    page.get_by_role("button", name="Save").click()
    until(page, "mostyQueue.all().then((all) => all.length === 1)")
    assert Workshop.objects.count() == 0
    page.reload()
    page.context.set_offline(False)
    nothing_waits(page)

    assert [one.persons for one in Workshop.objects.all()] == [7]
    assert Entry.objects.filter(verb="workshop.recorded").count() == 1
    # With network the same form leads to the list at once.
    page.get_by_label("Topic").select_option(label="health")
    page.get_by_label("Language").select_option(label="Ukrainian")
    page.get_by_label("man, 18–29", exact=True).fill("2")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/points/krakow/workshops/")
    assert sorted(one.persons for one in Workshop.objects.all()) == [2, 7]
