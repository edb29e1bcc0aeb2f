"""Calls in a real browser: the preview follows, rows move, with and without a script."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mosty.nominations.models import Call
from tests.factories import make_call, make_city, make_course, make_nomination
from tests.nominations.rules.samples import PART_THREE, PART_TWO

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def calls(programme, ump, krakow, lodz, now):
    """Return an open call with people nominated, and a draft of the next."""
    for name in ("Częstochowa", "Hrubieszów", "Leszno"):
        make_city(name)
    call = make_call(make_course(programme), channel=ump, rules=PART_TWO)
    for _one in range(4):
        make_nomination(call, krakow)
    call.invitations.create(
        organisation=lodz, code="LODZ", contact_email="l@example.org", sent_at=now
    )
    course = make_course(programme, slug="b", part=2)
    draft = make_call(
        course,
        slug="draft",
        channel=ump,
        rules=PART_THREE,
        state="draft",
        published_at=None,
    )
    return call, draft


def path(name: str, call: Call) -> str:
    return reverse(f"nominations:{name}", args=[call.slug])


def test_preview_follows_the_typing_and_rows_move(calls, coordinator, new_page):
    page = new_page(coordinator)
    page.goto(path("call_rules", calls[0]))
    page.get_by_label("A city nominates at least").fill("2")
    page.get_by_label("A city nominates at most").fill("3")
    english = page.locator(".preview div[lang=en]")
    expect(english.locator("ins").first).to_have_text(
        "2 or 3 people from each city. The course has 25 seats."
    )
    expect(page.locator(".preview tbody tr").nth(1)).to_have_text(
        re.compile(r"keep the rules\s*4\s*3")
    )
    page.get_by_label("A city nominates at least").fill("9")
    expect(page.locator(".preview")).to_contain_text(
        "The least a city nominates must not be above the most."
    )
    page.get_by_label("A city nominates at least").fill("2")

    page.get_by_label("Reason").fill("Fewer seats.")
    page.get_by_role("button", name="Down (1)").first.click()
    expect(page.locator("#id_priorities-1-what option:checked")).to_have_text(
        "as many different cities as possible"
    )
    page.get_by_role("button", name="Add a limit").click()
    page.get_by_label("Limit 1, for whom").select_option("gender=woman")
    page.locator("#id_quotas-0-least").fill("8")
    expect(english).to_contain_text("Limit: gender, woman: at least 8 seats.")
    expect(page.get_by_label("Reason")).to_have_value("Fewer seats.")
    page.get_by_role("button", name="Put the new rules in force").click()
    expect(page.locator(".note.success")).to_contain_text("version 2")
    rules = Call.objects.get(pk=calls[0].pk).rules
    assert (rules.least, rules.most, rules.quotas[0].least) == (2, 3, 8)
    assert rules.priorities[:2] == (PART_TWO.priorities[1], PART_TWO.priorities[0])


def test_everything_works_without_a_script(calls, coordinator, new_page):
    page = new_page(coordinator, script=False)
    page.goto(path("call_edit", calls[1]))
    page.get_by_label("Seats", exact=True).fill("20")
    page.get_by_role("button", name="Remove (5)").click()
    page.get_by_role("button", name="Add a limit").click()
    page.get_by_label("Limit 1, for whom").select_option("gender=man")
    page.locator("#id_quotas-0-most").fill("12")
    # The Enter key previews, and neither moves nor saves anything.
    page.get_by_label("Seats", exact=True).press("Enter")
    expect(page.locator(".preview")).to_contain_text(
        "Limit: gender, man: at most 12 seats."
    )
    expect(page.locator(".preview")).to_contain_text("The course has 20 seats.")
    page.get_by_role("button", name="Save the draft").click()
    rules = Call.objects.get(pk=calls[1].pk).rules
    assert (rules.seats, len(rules.priorities), rules.quotas[0].most) == (20, 4, 12)


def test_mistakes_are_listed_on_top_and_lead_to_their_fields(
    calls, coordinator, new_page, axe
):
    page = new_page(coordinator)
    page.goto(path("call_rules", calls[0]))
    page.get_by_label("Seats", exact=True).fill("0")
    page.get_by_role("button", name="Put the new rules in force").click()
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    axe(page)
    summary.get_by_role("link", name="Seats: Enter a whole number").click()
    expect(page.get_by_label("Seats", exact=True)).to_be_focused()
    expect(summary).to_contain_text("Reason: This field is required.")
