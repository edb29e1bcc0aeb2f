"""The pages in a real browser: by keyboard, without script, and by axe."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mosty.nominations.models import Nomination
from mosty.outbox.models import Link
from tests.fixtures.browser import too_low_for_thumbs
from tests.nominations.nominations.people import token_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.e2e]


@pytest.fixture
def pages(call, own, own_link, city):
    """Return the city's page and the nominee's own, each with its reader."""
    link = reverse("nominations:link_confirm", args=[token_of(own_link)])
    return {
        "city": (city, reverse("nominations:city", args=["call", "krakow"])),
        "confirm": (None, link),
    }


def test_a_form_with_mistakes_is_accessible_and_leads_to_them(
    pages, new_page, axe, city
):
    page = new_page(city)
    page.goto(f"{pages['city'][1]}new/")
    page.get_by_role("button", name="Submit the nomination").click()

    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    axe(page)
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Given name")).to_be_focused()


@pytest.mark.parametrize("script", (True, False))
def test_a_nominee_answers_in_a_browser(pages, new_page, own, script):
    page = new_page(script=script, width=390)
    page.goto(pages["confirm"][1])
    assert too_low_for_thumbs(page) == []
    page.get_by_label("I confirm").check()
    page.get_by_label("Diet").fill("vegan")
    page.get_by_role("button", name="Send the answer").click()

    expect(page.get_by_text("You have confirmed.")).to_be_visible()
    own.refresh_from_db()
    assert (own.answer, own.needs.diet) == ("confirmed", "vegan")


def test_a_city_nominates_through_its_link_without_script(
    call, krakow, city_link, new_page
):
    page = new_page(script=False)
    page.goto(reverse("nominations:link_city", args=[token_of(city_link)]))
    page.get_by_role("link", name="Nominate a person").click()
    page.get_by_label("Given name").fill("Żaneta")
    page.get_by_label("Family name").fill("Ćwik")
    page.get_by_label("E-mail address at work").fill("z.cwik@krakow.example")
    page.get_by_label("Kind of unit").select_option("culture")
    page.get_by_label("Position").fill("Kierowniczka")
    page.get_by_label("Level of the post").select_option("middle")
    page.get_by_role("button", name="Submit the nomination").click()

    expect(page.get_by_text("Submitted: Żaneta Ćwik.")).to_be_visible()
    assert Nomination.objects.get().state == "submitted"
    assert Link.objects.filter(purpose="confirm").count() == 1


def test_people_are_moved_by_keyboard(pages, new_page, city, own, draft):
    page = new_page(city)
    page.goto(pages["city"][1])
    page.get_by_role("button", name=re.compile("Move down.*Anna")).press("Enter")

    expect(page).to_have_url(re.compile(f"#n-{own.code}$"))
    expect(page.locator("ol.rules h3").nth(1)).to_have_text("Anna Kowalska")
