"""From a city's draft to another city's adoption; from a changed handbook to amber and back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.library.models import Adoption, EditionVersion, PracticeVersion
from tests.fixtures.browser import NewPage
from tests.library.conftest import TEXTS

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SLUG = "neighbours-mornings-in-the-library"


def press(page: Page, name: str) -> None:
    """Press a button or follow a link by its words."""
    page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    ).first.click()


def described(page: Page) -> None:
    """Describe a practice, first with too few words, as people do."""
    page.goto("/en/library/")
    press(page, "Describe a practice")
    for name in TEXTS:
        page.locator(f"[name={name}]").fill(TEXTS[name])
    summary = page.locator("[name=summary]")
    summary.fill("Much too short")
    expect(page.locator(".words.off")).to_have_text("Words: 3 (75–100)")
    page.get_by_label("culture and sport").check()
    page.get_by_label("all inhabitants").check()
    page.get_by_label("Place").fill("Kraków")
    page.get_by_label("Since").fill("2020-03-01")
    press(page, "Save")
    page.get_by_text("What is still missing").wait_for()
    press(page, "Change the description")
    page.locator("[name=summary]").fill(TEXTS["summary"])
    expect(page.locator(".words.off")).to_have_count(0)
    press(page, "Save")
    press(page, "Submit for review")
    press(page, "Submit")
    page.get_by_text("in review", exact=True).wait_for()


def asked(page: Page, *names: str) -> None:
    """Ask for reviews."""
    page.goto(f"/en/library/practices/{SLUG}/")
    for name in names:
        press(page, "Ask a reviewer")
        page.get_by_label("Reviewer").select_option(label=name)
        press(page, "Ask")


def reviewed(page: Page) -> None:
    """Give a review."""
    page.goto("/en/library/")
    press(page, "Review")
    page.locator(".scores fieldset").nth(4).wait_for()
    for fieldset in page.locator(".scores fieldset").all():
        fieldset.get_by_label("4", exact=True).check()
    page.get_by_label("publish", exact=True).check()
    page.get_by_label("Comment for the city").fill("Clear, and to be repeated.")
    page.get_by_label("I had no part in this practice").check()
    press(page, "Give the review")
    page.get_by_text("Your review is kept as you gave it").wait_for()


def test_a_practice_is_reviewed_published_and_adopted(
    new_page: NewPage,
    axe: Callable[[Page], None],
    city: User,
    coordinator: User,
    partner: User,
    secretariat: User,
    other_city: User,
) -> None:
    described(new_page(city))
    chief = new_page(coordinator)
    asked(chief, "Bob Brown", "Sabina Sowa")
    for reviewer in (partner, secretariat):
        reviewed(new_page(reviewer))
    chief.goto(f"/en/library/practices/{SLUG}/")
    press(chief, "Publish")
    press(chief, "Publish")
    assert PracticeVersion.objects.get().state == "published"
    # Another city, on a phone and without script.
    guest = new_page(other_city, width=390, script=False)
    guest.goto(f"/en/practices/{SLUG}/")
    press(guest, "We have taken this up")
    guest.get_by_label("Since").fill("2026-01-10")
    guest.get_by_label("did not work").check()
    guest.get_by_label("What did you change?").fill("Evenings instead of mornings.")
    guest.get_by_label("What came of it?").fill("Nobody came so late.")
    press(guest, "Tell everybody")
    reader = new_page()
    reader.goto(f"/en/practices/{SLUG}/")
    expect(reader.locator(".chain")).to_contain_text("Nobody came so late.")
    assert Adoption.objects.get().reports.get().outcome == "failed"
    axe(reader)


ENGLISH = (("Welcome", "Say your name."), ("Goodbye", "Say what comes next."))


def written(page: Page, *sections: tuple[str, str]) -> None:
    """Write the sections of a draft, and hand it over."""
    for number, (title, text) in enumerate(sections, 1):
        page.locator(f"#section-{number}-title").fill(title)
        page.locator(f"#section-{number}-text").fill(text)
    press(page, "Save")
    press(page, "Hand over for approval")


def approved(page: Page, version: EditionVersion) -> None:
    page.goto(f"/en/library/versions/{version.pk}/")
    press(page, "Approve and publish")
    press(page, "Publish")


def newest() -> EditionVersion:
    return EditionVersion.objects.latest("pk")


def sent_out(page: Page, to: Path) -> str:
    """Download the translation, and return what is in the file."""
    with page.expect_download() as found:
        press(page, "Download XLIFF")
    found.value.save_as(to)
    return to.read_text(encoding="utf-8")


def sent_back(page: Page, file: Path, content: str) -> None:
    """Send a file back, as a translator would."""
    file.write_text(content, encoding="utf-8")
    press(page, "Send XLIFF back")
    page.get_by_label("XLIFF file").set_input_files(file)
    press(page, "Send")


def translated(content: str, words: dict[str, str]) -> str:
    """Return a file with these translations, as a program of a translator saves it."""
    for source, target in words.items():
        before, tag, after = content.partition(f'"preserve">{source}</source>')
        # An older translation goes.
        rest = after.partition("</segment>")
        content = (
            before.rpartition('state="initial"')[0]
            + 'state="translated"'
            + before.rpartition('state="initial"')[2]
            + tag
            + f"<target>{target}</target>"
            + rest[1]
            + rest[2]
        )
    return content


def test_a_changed_handbook_turns_its_translation_amber_and_xliff_brings_it_back(
    new_page: NewPage,
    tmp_path: Path,
    partner: User,
    coordinator: User,
    krakow: Organisation,
) -> None:
    page, chief = new_page(partner), new_page(coordinator)
    page.goto("/en/library/tools/new/")
    page.get_by_label("Kind").select_option("handbook")
    page.locator("[name=name_1]").fill("First talk")
    page.get_by_label("Published by").fill("City of Kraków")
    page.get_by_label("Written in").select_option("en")
    page.get_by_label("Licence", exact=True).select_option("cc-by-4.0")
    press(page, "Add")
    press(page, "Begin a version")
    written(page, *ENGLISH)
    approved(chief, newest())
    page.goto("/en/library/tools/first-talk/")
    press(page, "Add a translation")
    page.get_by_label("Language").select_option("pl")
    page.get_by_label("Translated by").fill("Anna Nowa")
    press(page, "Add")
    page.get_by_role("button", name="Begin a version").last.click()
    file = tmp_path / "first-talk.xlf"
    words = {
        "Welcome": "Powitanie",
        "Say your name.": "Przedstaw się.",
        "Goodbye": "Pożegnanie",
        "Say what comes next.": "Powiedz, co dalej.",
    }
    sent_back(page, file, translated(sent_out(page, file), words))
    page.get_by_text("2 sections are new or changed.").wait_for()
    press(page, "Hand over for approval")
    approved(chief, newest())
    reader = new_page()
    reader.goto("/en/tools/first-talk/")
    reader.get_by_text("as the source").wait_for()
    # The handbook changes.
    page.goto("/en/library/tools/first-talk/")
    page.get_by_role("button", name="Begin a version").first.click()
    written(page, ENGLISH[0], ("Goodbye", "Say who comes next."))
    approved(chief, newest())
    reader.goto("/en/tools/first-talk/pl/")
    reader.get_by_text("changed: Goodbye").wait_for()
    # And its translation follows.
    page.goto("/en/library/tools/first-talk/")
    press(page, "Bring the translation up to date")
    out = sent_out(page, file)
    later = {"Goodbye": "Pożegnanie", "Say who comes next.": "Powiedz, kto dalej."}
    sent_back(page, file, translated(out, later))
    page.get_by_text("1 section is new or changed.").wait_for()
    sent_back(page, file, file.read_text(encoding="utf-8"))
    page.get_by_text("nothing has changed").wait_for()
    press(page, "Hand over for approval")
    approved(chief, newest())
    reader.goto("/en/tools/first-talk/pl/")
    reader.get_by_text("Powiedz, kto dalej.").wait_for()
    expect(reader.get_by_text("behind its source")).to_have_count(0)
