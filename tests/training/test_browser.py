"""All ways of marking attendance in a real browser, with the network on, off and broken."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.directory.models import Organisation
from mosty.inbox.models import Receipt
from mosty.nominations.models import Call
from mosty.programmes.models import Session
from mosty.selection.models import Offer
from mosty.training import checkin
from mosty.training.models import Mark
from tests.factories import make_nomination
from tests.fixtures.browser import NewPage, too_low_for_thumbs
from tests.training.conftest import take_seat

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
People = dict[str, Offer]


def roster(session: Session) -> str:
    """Return the address of the trainer's list."""
    return f"/en/courses/{session.course_id}/attendance/{session.pk}/"


def tap(page: Page, offer: Offer, kind: str) -> None:
    """Tap a mark of one person, as a thumb does."""
    page.locator(f"#p-{offer.code} .kind.{kind}").click()


def held() -> list[tuple[str, str, int | None, int]]:
    """Return the marks there are."""
    found = Mark.objects.select_related("offer__nomination").order_by(
        "offer__nomination__given_name"
    )
    return [
        (m.offer.nomination.given_name, m.kind, m.minutes, m.version) for m in found
    ]


def waiting(page: Page) -> str:
    """Return what the list of what waits says."""
    return page.locator("[data-queue-list]").inner_text()


def nothing_waits(page: Page) -> None:
    """Wait until all is sent."""
    # A tap says at once that it waits, even before it is stored.
    asked = """mostyQueue.all().then((all) => all.length === 0
        && !document.querySelector('.people')?.innerText.includes('kept on this device'))"""
    until(page, asked)
    expect(page.locator("[data-queue-list]")).to_be_hidden()


def until(page: Page, asked: str) -> None:
    """Wait until ``asked`` is true; the content policy lets the page evaluate nothing."""
    for _n in range(200):
        if page.evaluate(asked):
            return
        page.wait_for_timeout(50)
    pytest.fail(asked)


def test_marks_by_taps_on_a_phone(
    new_page: NewPage,
    axe: Callable[[Page], None],
    trainer: User,
    begun: Session,
    people: People,
) -> None:
    page = new_page(trainer, width=390)
    page.goto(roster(begun))
    assert too_low_for_thumbs(page) == []
    tap(page, people["Anna"], "absent")
    tap(page, people["Zenon"], "late")
    late = page.locator(f"#p-{people['Zenon'].code}")
    late.get_by_label("minutes").fill("12")
    axe(page)
    late.get_by_label("minutes").press("Enter")
    nothing_waits(page)
    page.get_by_role("button", name="All without a mark are present").click()
    nothing_waits(page)
    assert held() == [
        ("Anna", "absent", None, 1),
        ("Zenon", "late", 12, 1),
        ("Łucja", "present", None, 1),
    ]
    expect(page.locator("[data-count=present]")).to_have_text("1")
    # A correction asks why, and can be left.
    tap(page, people["Anna"], "present")
    anna = page.locator(f"#p-{people['Anna'].code}")
    anna.get_by_role("button", name="Leave it as it was").click()
    expect(anna.get_by_role("radio", name="absent")).to_be_checked()
    page.reload()
    tap(page, people["Anna"], "present")
    anna.get_by_label("Why is the mark corrected?").fill("She was outside")
    anna.get_by_role("button", name="Save").click()
    nothing_waits(page)
    assert held()[0] == ("Anna", "present", None, 2)
    page.get_by_label("Search by name").fill("cwik")
    assert page.locator(".person:visible").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_by_keyboard_a_mark_counts_once_its_row_is_left(
    new_page: NewPage, trainer: User, begun: Session, people: People
) -> None:
    """Arrows pass over "late", which asks for minutes, on their way to "absent"."""
    page = new_page(trainer)
    page.goto(roster(begun))
    page.locator(f"#p-{people['Anna'].code} input[value=present]").focus()
    for key in (" ", "Tab"):
        page.keyboard.press(key)
    nothing_waits(page)
    page.locator(f"#p-{people['Zenon'].code} input[value=present]").focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    nothing_waits(page)
    assert held() == [("Anna", "present", None, 1), ("Zenon", "absent", None, 1)]


def test_without_network_nothing_is_lost(
    new_page: NewPage, trainer: User, begun: Session, people: People
) -> None:
    page = new_page(trainer, width=390)
    page.goto(roster(begun))
    page.get_by_role("button", name="Keep this page for use without network").click()
    page.get_by_text("it opens without network, too").wait_for()
    page.context.set_offline(True)
    tap(page, people["Anna"], "absent")
    tap(page, people["Zenon"], "present")
    page.get_by_text("There is no network.").wait_for()
    assert "Żak Anna: absent" in waiting(page)
    page.reload()
    page.get_by_text("There is no network.").wait_for()
    expect(
        page.locator(f"#p-{people['Anna'].code}").get_by_role("radio", name="absent")
    ).to_be_checked()
    # Put right before it is sent: two entries, in order, the second a correction.
    tap(page, people["Anna"], "present")
    page.locator(f"#p-{people['Anna'].code} .correct input").fill("A wrong tap")
    page.locator(f"#p-{people['Anna'].code} [data-part=save]").click()
    assert held() == []
    page.context.set_offline(False)
    nothing_waits(page)
    assert held() == [("Anna", "present", None, 2), ("Zenon", "present", None, 1)]


def test_an_answer_that_is_lost_marks_once(
    new_page: NewPage, trainer: User, begun: Session, people: People
) -> None:
    page = new_page(trainer, width=390)
    page.goto(roster(begun))
    sent: list[str] = []

    def drop_the_first(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        sent.append(route.request.post_data or "")
        if len(sent) == 1:
            route.fetch()  # the server has committed it
            route.abort()
        elif len(sent) == 2:
            route.fulfill(status=503, body="restarting")
        else:
            route.continue_()

    page.route(f"**{roster(begun)}", drop_the_first)
    tap(page, people["Anna"], "present")
    page.get_by_text("There is no network.").wait_for()
    assert held() == [("Anna", "present", None, 1)]
    page.get_by_role("button", name="Send now").click()
    page.get_by_text("The server does not answer.").wait_for()
    page.get_by_role("button", name="Send now").click()
    nothing_waits(page)
    assert len(sent) == 3
    assert held() == [("Anna", "present", None, 1)]
    assert (Receipt.objects.count(), Entry.objects.count()) == (1, 1)


def test_two_trainers_at_one_list(
    new_page: NewPage,
    axe: Callable[[Page], None],
    trainer: User,
    coordinator: User,
    begun: Session,
    people: People,
) -> None:
    one, two = new_page(trainer, width=390), new_page(coordinator)
    one.goto(roster(begun))
    two.goto(roster(begun))
    tap(two, people["Anna"], "absent")
    nothing_waits(two)
    tap(one, people["Anna"], "present")
    one.get_by_text("you say present; on record is absent").wait_for()
    axe(one)
    # The rest are marked without touching Anna.
    assert held() == [("Anna", "absent", None, 1)]
    with one.expect_navigation():
        one.get_by_role("link", name="Open the list").click()
    tap(one, people["Anna"], "present")
    one.get_by_label("Why is the mark corrected?").fill("She is here")
    one.locator("[data-part=save]").click()
    expect(one.locator(f"#p-{people['Anna'].code} [data-note]")).to_have_text("saved")
    assert held() == [("Anna", "present", None, 2)]
    one.get_by_role("button", name="Remove").click()
    one.get_by_role("button", name="Remove it without sending?").click()
    nothing_waits(one)


def test_the_queue_belongs_to_who_is_signed_in(
    new_page: NewPage,
    signed_in: Callable[[User], object],
    trainer: User,
    coordinator: User,
    begun: Session,
    people: People,
) -> None:
    page = new_page(trainer, width=390)
    page.goto(roster(begun))
    hers = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    tap(page, people["Anna"], "present")
    page.get_by_text("You are signed out.").wait_for()
    expect(page.get_by_role("link", name="Sign in").last).to_be_visible()
    client = signed_in(coordinator)
    session_id = client.cookies["sessionid"].value  # type: ignore[attr-defined]
    # Her page is still open when another signs in: nothing is sent in her name.
    site = page.evaluate("location.origin")
    page.context.add_cookies([{"name": "sessionid", "value": session_id, "url": site}])
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(300)
    page.goto(roster(begun))
    expect(page.locator("[data-queue-list]")).to_be_hidden()
    assert held() == []
    page.context.add_cookies(hers)  # type: ignore[arg-type]
    page.goto("/en/today/")
    nothing_waits(page)
    assert Mark.objects.get().marked_by == "Tamara Tyl"


def test_what_is_kept_is_forgotten_at_sign_out(
    new_page: NewPage, trainer: User, begun: Session, people: People
) -> None:
    page = new_page(trainer)
    page.goto(roster(begun))
    page.get_by_role("button", name="Keep this page for use without network").click()
    page.get_by_text("it opens without network, too").wait_for()
    kept = (
        "caches.keys().then((all) => all.filter((one) => one.includes('kept')).length)"
    )
    assert page.evaluate(kept) == 1
    # Other pages are never kept.
    page.goto("/en/today/")
    paths = """caches.keys().then(async ([name]) => (await (await caches.open(name)).keys())
        .map((one) => new URL(one.url).pathname).filter((one) => !one.startsWith('/static/')))"""
    assert page.evaluate(paths) == [roster(begun)]
    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/en/")
    until(page, f"{kept}.then((count) => count === 0)")


def test_what_is_kept_is_forgotten_when_another_signs_in(
    new_page: NewPage,
    signed_in: Callable[[User], object],
    trainer: User,
    coordinator: User,
    begun: Session,
    people: People,
) -> None:
    page = new_page(trainer)
    page.goto(roster(begun))
    page.get_by_role("button", name="Keep this page for use without network").click()
    page.get_by_text("it opens without network, too").wait_for()
    client = signed_in(coordinator)
    session_id = client.cookies["sessionid"].value  # type: ignore[attr-defined]
    site = page.evaluate("location.origin")
    page.context.add_cookies([{"name": "sessionid", "value": session_id, "url": site}])
    # The very page, before anything is forgotten: it is not put in the place of hers.
    page.add_init_script("caches.delete = async () => false")
    page.goto(roster(begun))
    kept = """caches.keys().then(async ([name]) => {
        const found = await (await caches.open(name)).match(location.pathname, {ignoreVary: true});
        return (await found.text()).includes(`data-owner="${name.slice(11)}"`);
    })"""
    assert page.evaluate(kept) is True
    # Any page of the other's, also one that nobody can keep.
    page = page.context.new_page()
    page.goto("/en/today/")
    until(
        page,
        f"caches.match('{roster(begun)}', {{ignoreVary: true}}).then((found) => !found)",
    )


def test_a_sheet_is_typed_by_keys_alone(
    new_page: NewPage,
    axe: Callable[[Page], None],
    call: Call,
    krakow: Organisation,
    trainer: User,
    begun: Session,
) -> None:
    for number in range(22):
        person = make_nomination(call, krakow, "Ewa", f"Nowak{chr(97 + number)}")
        take_seat(call, 20 + number, person)
    page = new_page(trainer)
    page.goto(f"{roster(begun)}sheet/")
    axe(page)
    began = time.monotonic()
    for number in range(25):
        if number % 5 == 2:
            page.keyboard.press("l")
            page.keyboard.type("15")
        else:
            page.keyboard.press("14p"[number % 3])
        if number < 24:
            page.keyboard.press("Enter" if number % 2 else "ArrowDown")
    # One line up, and mended before anything is saved.
    page.keyboard.press("ArrowUp")
    page.keyboard.press("e")
    page.keyboard.press("Control+Enter")
    page.get_by_text("25 people are marked.").wait_for()
    assert time.monotonic() - began < 120
    kinds = list(
        Mark.objects.order_by("offer__nomination__sort_name").values_list(
            "kind", "minutes", "way"
        )
    )
    assert (len(kinds), kinds[2], kinds[23], kinds[24]) == (
        25,
        ("late", 15, "sheet"),
        ("excused", None, "sheet"),
        ("present", None, "sheet"),
    )


def test_a_phone_checks_in_without_network(
    new_page: NewPage,
    axe: Callable[[Page], None],
    begun: Session,
    people: People,
    now: datetime,
) -> None:
    page = new_page(width=390)
    code = checkin.code(begun, timezone.now())
    page.goto(f"/en/check-in/{begun.pk}/{code}/")
    axe(page)
    page.get_by_label("Your code").fill(people["Anna"].code)
    page.get_by_label("Family name").fill("Wrong")
    page.get_by_role("button", name="I am here").click()
    page.get_by_text("Nobody with this code and family name").wait_for()
    page.get_by_label("Family name").fill("Zak")
    page.context.set_offline(True)
    page.get_by_role("button", name="I am here").click()
    page.get_by_text("There is no network.").wait_for()
    assert held() == []
    page.context.set_offline(False)
    page.get_by_role("heading", name="You are on the list").wait_for()
    axe(page)
    assert held() == [("Anna", "present", None, 1)]
    assert abs(Mark.objects.get().noted_at - now) < timedelta(minutes=1)


def test_the_screen_changes_by_itself(
    new_page: NewPage, axe: Callable[[Page], None], trainer: User, begun: Session
) -> None:
    page = new_page(trainer)
    asked: list[str] = []
    page.on("request", lambda r: asked.append(r.headers.get("hx-request", "")))
    page.goto(f"{roster(begun)}screen/")
    expect(page.locator("svg.qr")).to_be_visible()
    axe(page)
    with page.expect_response(lambda r: r.request.headers.get("hx-request") == "true"):
        pass
    expect(page.locator("svg.qr")).to_be_visible()


@pytest.mark.parametrize("way", ("", "sheet/"))
def test_without_script(
    new_page: NewPage, trainer: User, begun: Session, people: People, way: str
) -> None:
    page = new_page(trainer, script=False)
    page.goto(f"{roster(begun)}{way}")
    anna = page.locator(f"#p-{people['Anna'].code}")
    anna.get_by_role("radio", name="late").check(force=True)
    anna.get_by_role("spinbutton").fill("9")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_text("1 person is marked.").wait_for()
    assert held() == [("Anna", "late", 9, 1)]


def test_a_phone_checks_in_without_script(
    new_page: NewPage, begun: Session, people: People
) -> None:
    page = new_page(width=390, script=False)
    page.goto(f"/check-in/{begun.pk}/{checkin.code(begun, timezone.now())}/")
    page.get_by_label("Your code").fill(people["Anna"].code)
    page.get_by_label("Family name").fill("Żak")
    page.get_by_role("button", name="I am here").click()
    page.get_by_text("You are checked in. Thank you.").wait_for()
    assert held() == [("Anna", "present", None, 1)]
