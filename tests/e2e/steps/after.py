"""The roster, the ledger, and what strangers find behind the addresses of all this."""

from io import BytesIO

from django.urls import resolve
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from mosty.accounts.models import User
from mosty.selection.models import Offer
from tests.e2e.steps.walk import Walk, open_link, press

# Pages that whoever signs in has, with nothing of others on them, or the public.
OPEN_TO_ALL = {"office:today", "nominations:call"}
# Addresses that name no row.
GENERAL = {"nominations:calls", "nominations:call_new", "selection:runs"}


def publish(walk: Walk, coordinator: User) -> None:
    """The coordinator publishes the timetable: only then does anybody else have it."""
    page = walk.sign_in(coordinator, f"courses/{walk.course}/roster/")
    page.get_by_role("navigation", name="The course").get_by_text("Timetable").click()
    press(page, "Publish the timetable")
    expect(page.get_by_role("main")).to_contain_text("version 1")


def train(walk: Walk, trainer: User) -> None:
    """The trainer opens the roster and takes the sheets and the table with her."""
    page = walk.sign_in(trainer, "today/")
    open_link(page, "See who")
    main = page.get_by_role("main")
    taken = [
        f"{offer.nomination.family_name} {offer.nomination.given_name}"
        for offer in Offer.objects.filter(state=Offer.State.ACCEPTED)
    ]
    for name in taken:
        expect(main).to_contain_text(name)
    # Neither how somebody was selected nor what she eats is a trainer's business.
    assert "wegetariańska" not in main.inner_text()
    with page.expect_download() as sheets:
        page.get_by_role("link", name="All sheets (PDF)").click()
    assert sheets.value.path().read_bytes().startswith(b"%PDF-")
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as table:
        page.get_by_role("link", name="Spreadsheet (XLSX)").click()
    book = CalamineWorkbook.from_filelike(BytesIO(table.value.path().read_bytes()))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + len(taken)


def audit(walk: Walk, auditor: User) -> None:
    """The auditor finds in the ledger what everybody did, and the trainer's downloads."""
    page = walk.sign_in(auditor, "ledger/")
    main = page.get_by_role("main")
    for who in ("Alice Adams", "Bob Brown", "Sabina Sowa", "Tamara Tyl"):
        page.goto(f"/en/ledger/?actor={who}")
        expect(main.locator("tbody")).to_contain_text(who)


def keep_out(walk: Walk, stranger: User) -> None:
    """
    Whoever is not signed in is sent to sign in; who has no role gets nothing.

    Pages that are there for everybody of some role say so (403); what belongs to a
    call is as if it were not there (404).
    """
    private = [path for path in sorted(walk.visited) if _is_private(path)]
    assert len(private) >= 20
    anonymous, nobody = walk.new_page(), walk.new_page(stranger)
    assert {path: _status(anonymous, path) for path in private} == dict.fromkeys(
        private, 302
    )
    found = {path: _status(nobody, path) for path in private}
    general = {path: 403 for path in private if resolve(path).view_name in GENERAL}
    assert found == dict.fromkeys(private, 404) | general


def _status(page: Page, path: str) -> int:
    return page.context.request.get(path, max_redirects=0).status


def _is_private(path: str) -> bool:
    return resolve(path).view_name not in OPEN_TO_ALL
