"""The core of nominating and accepting works where scripts are off."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.nominations.models import Call, Nomination
from mosty.outbox.models import Link
from mosty.programmes.models import Course
from mosty.selection.actions import deciding, runs
from mosty.selection.models import Offer
from tests.e2e.steps.walk import work
from tests.factories import make_link, make_nomination
from tests.fixtures.browser import NewPage
from tests.kernel.files.samples import PDF

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_city_nominates(
    new_page: NewPage, call: Call, krakow: Organisation, city: User
) -> None:
    page = new_page(city, script=False)
    page.goto(f"/en/calls/{call.slug}/city/krakow/")
    page.get_by_role("link", name="Nominate a person").click()
    page.fill("[name=given_name]", "Anna")
    page.fill("[name=family_name]", "Kowal")
    page.click("[name=act][value=submit]")
    # What is missing is listed above the form, with links to the fields.
    summary = page.get_by_role("alert")
    summary.get_by_role("link").first.click()
    expect(page.locator("[name=email]")).to_be_focused()
    assert page.input_value("[name=family_name]") == "Kowal"
    page.fill("[name=email]", "anna@example.org")
    page.fill("[name=position]", "Inspector")
    page.select_option("[name=department]", "education")
    page.select_option("[name=level]", "middle")
    page.click("[name=act][value=submit]")
    expect(page.get_by_role("heading", level=1)).to_have_text("City: Kraków")
    expect(page.locator("ol.rules").first).to_contain_text("Anna Kowal")
    assert Nomination.objects.get().state == Nomination.State.SUBMITTED


def test_nominee_confirms(new_page: NewPage, call: Call, krakow: Organisation) -> None:
    nomination = make_nomination(call, krakow, answer=Nomination.Answer.PENDING)
    link = make_link(nomination.code)
    page = new_page(script=False)
    page.goto(f"/en/link/confirm/{link.token}/")
    page.check("[name=answer][value=confirmed]")
    page.click("main form button[type=submit]")
    expect(page.get_by_text("You have confirmed.")).to_be_visible()
    nomination.refresh_from_db()
    assert nomination.answer == Nomination.Answer.CONFIRMED


def test_coordinator_draws_and_looks_again(
    new_page: NewPage,
    call: Call,
    krakow: Organisation,
    coordinator: User,
    now: datetime,
) -> None:
    make_nomination(call, krakow, checked_at=now)
    Call.objects.update(
        closes_at=now - timedelta(days=2),
        seed="4, 8, 15",
        seed_entered_at=now - timedelta(days=1),
    )
    page = new_page(coordinator, script=False)
    page.goto(f"/en/calls/{call.slug}/selection/")
    page.get_by_role("button", name="Draw", exact=True).click()
    page.get_by_role("button", name="Cancel the calculation").click()
    expect(page.get_by_text("Cancelled. Nothing was decided.")).to_be_visible()
    page.get_by_role("link", name="Back to the selection").click()
    page.get_by_role("button", name="Draw", exact=True).click()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("It waits for its turn.")).to_be_visible()
    work()
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Proposed group")


def test_nominee_accepts_her_seat(
    new_page: NewPage,
    call: Call,
    krakow: Organisation,
    odihr: Organisation,
    unhcr: Organisation,
    coordinator: User,
    partner: User,
    now: datetime,
) -> None:
    make_nomination(call, krakow, checked_at=now)
    Call.objects.update(
        closes_at=now - timedelta(days=2),
        seed="4, 8, 15",
        seed_entered_at=now - timedelta(days=1),
    )
    call.refresh_from_db()
    run = runs.draw(call=call, actor=coordinator, now=now)
    deciding.sign(run=run, organisation=odihr, actor=coordinator, now=now)
    deciding.sign(run=run, organisation=unhcr, actor=partner, now=now)
    answer_by = now + timedelta(days=7)
    deciding.announce(run=run, answer_by=answer_by, actor=coordinator, now=now)
    link = Link.objects.get(purpose=Link.Purpose.OFFER)
    page = new_page(script=False)
    page.goto(f"/en/link/offer/{link.token}/")
    page.get_by_role("link", name="Decline").click()
    page.get_by_role("link", name="Back").click()
    assert Offer.objects.get().state == Offer.State.OPEN
    page.get_by_role("button", name="Accept the seat").click()
    expect(page.get_by_text("You have a seat in this course.")).to_be_visible()
    assert Offer.objects.get().state == Offer.State.ACCEPTED


def test_coordinator_adds_a_material_and_the_public_reads_it(
    new_page: NewPage, course: Course, coordinator: User
) -> None:
    page = new_page(coordinator, script=False)
    page.goto(f"/en/courses/{course.pk}/materials/")
    page.get_by_role("link", name="Add a file").click()
    page.click("main form button[type=submit]")
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator("[name=file]")).to_be_focused()
    handout = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": PDF}
    page.set_input_files("[name=file]", files=[handout])
    page.fill("[name=title_1]", "Partnership plan")
    page.check("[name=access][value=public]")
    page.click("main form button[type=submit]")
    expect(page.get_by_text("The material is there.")).to_be_visible()
    reader = new_page(script=False)
    reader.goto(f"/en/academy/courses/{course.slug}/")
    with reader.expect_download() as saved:
        reader.get_by_role("link", name="Partnership plan").click()
    assert saved.value.suggested_filename == "plan.pdf"
