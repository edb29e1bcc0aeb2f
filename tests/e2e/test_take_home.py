"""
From the group's sheet on course day to the check-in a year later; from map to plan.

Each stretch is a browser of somebody else. A year cannot be waited for: the clock of the
whole product is turned, and the worker's round is made by hand.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from mosty.accounts.models import User
from mosty.audit.actors import SYSTEM
from mosty.directory.models import Organisation
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link, Message
from mosty.plans.actions import tending
from mosty.plans.models import Action, CheckIn, Plan
from mosty.programmes.models import Course
from tests.e2e.steps.walk import deliver, link_for, press, said
from tests.fixtures.browser import NewPage
from tests.plans.conftest import anna, course_link, held, plan  # noqa: F401 - fixtures
from tests.plans.linking import map_of, put

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]


@dataclass
class Clock:
    """The product's clock, which can be set forward."""

    real: Callable[[], datetime]
    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        """Return what time it is for the product."""
        return self.real() + self.ahead

    def set(self, day: date) -> None:
        """Go to the same time of another day, and make the worker's round."""
        self.ahead = timedelta(days=(day - self.real().date()).days)
        tending.tend(actor=SYSTEM, now=self.now())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock, which is right again afterwards."""
    turned = Clock(timezone.now)
    monkeypatch.setattr(timezone, "now", turned.now)
    return turned


def send_all(reader: User, clock: Clock) -> list[str]:
    """Let ``reader`` release what waits; return of which kinds it was."""
    drafts = Message.objects.filter(state=Message.State.DRAFT).order_by("pk")
    kinds = list(drafts.values_list("kind", flat=True))
    outbox.release(
        messages=drafts.values_list("pk", flat=True), actor=reader, now=clock.now()
    )
    deliver()
    return kinds


def write(page: Page, **fields: str) -> None:
    """Fill fields of the line that is open, and save it."""
    for name, text in fields.items():
        page.fill(f"[name={name}]", text)
    press(page, "Save")


def draft_together(new_page: NewPage, first: Link, second: Link) -> Plan:
    """Anna begins and types the sheet; Łucja writes at the same time; both are kept."""
    hers, his = new_page(), new_page(width=390)
    hers.goto(f"/en/link/course/{first.token}/plan/")
    press(hers, "Begin the plan")
    hers.fill("[name=new-text]", "People find their way")
    press(hers, "Add the objective")
    write(
        hers, what="Open a point", ends_on="2030-05-01", output="Visits",
        output_target="300",
    )  # fmt: skip
    said(hers, "Saved.")
    his.goto(f"/en/link/course/{second.token}/plan/")
    for page in (hers, his):
        page.get_by_role("link", name="Change: Open a point").click()
        expect(page.locator("[name=lead]")).to_be_visible()
    write(hers, lead="Office")
    said(hers, "Saved.")
    # Another field: put together. The same field: both texts, and a choice.
    write(his, risk="No room")
    said(his, "Saved, together with what others changed meanwhile.")
    for page in (hers, his):
        page.goto(f"/en/link/course/{first.token}/plan/")
        page.get_by_role("link", name="Change: Open a point").click()
        expect(page.locator("[name=lead]")).to_have_value("Office")
    write(hers, lead="Welcome office")
    said(hers, "Saved.")
    write(his, lead="School")
    both = his.locator(".both")
    expect(both).to_contain_text("Welcome office")
    expect(both).to_contain_text("School")
    press(his, "Put what is kept now into the field: Who leads")
    write(his, lead="Welcome office, school")
    said(his, "Saved.")
    row = Action.objects.get()
    assert (row.lead, row.risk, row.output_target) == (
        "Welcome office, school", "No room", 300,
    )  # fmt: skip
    return Plan.objects.get()


def sign_off(new_page: NewPage, contact: User, plan: Plan) -> None:  # noqa: F811
    """The city's contact reads it once more and signs."""
    page = new_page(contact)
    page.goto(f"/en/plans/plan/{plan.code}/")
    page.get_by_role("link", name="Sign off", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Welcome office, school")
    press(page, "Sign this plan off")
    said(page, "Signed off.")


def after_three(
    new_page: NewPage, axe: Callable[[Page], None], address: str, proof: Path
) -> None:
    """One of the group answers by the link: going on, with a file, and asks for help."""
    page = new_page(width=390)
    page.goto(link_for(address, "plan"))
    axe(page)
    page.get_by_label("going on").check()
    page.get_by_label("How much is done, in percent").fill("40")
    page.get_by_label("What happened").fill("The room is found")
    page.get_by_label("Evidence: a file").set_input_files(proof)
    page.get_by_label("Help between cities").select_option("ask")
    page.get_by_label("What help this is about").fill("Who has a guide?")
    press(page, "Send")
    expect(page.get_by_role("main")).to_contain_text("photo.txt")
    expect(page.get_by_role("main")).to_contain_text("Who has a guide?")


def after_six(
    new_page: NewPage, clock: Clock, coordinator: User, contact: User, asked: CheckIn
) -> None:
    """Nobody answers: reminded, passed on to the contact, and shown as not answered."""
    told = []
    for days in (0, 14, 28):
        clock.set(asked.due_on + timedelta(days=days))
        told.append(send_all(coordinator, clock))
    assert told == [
        ["plans.check_in"] * 2, ["plans.reminder"] * 2, ["plans.escalation"],
    ]  # fmt: skip
    assert mail.outbox[-1].to == [f"{contact.name} <{contact.email}>"]
    page = new_page(contact)
    page.goto("/en/today/")
    expect(page.get_by_role("main")).to_contain_text("Action plan: Kraków")
    clock.set(asked.due_on + timedelta(days=42))
    page = new_page(coordinator)
    page.goto("/en/plans/actions/")
    missed = page.locator(".bigs div").filter(has_text=re.compile("^not answered"))
    expect(missed.locator("dd")).to_have_text("1")


def after_a_year(
    new_page: NewPage, coordinator: User, other: User, address: str
) -> None:
    """The group tells the end; the coordinator and other cities see what came of it."""
    page = new_page()
    page.goto(link_for(address, "plan"))
    page.get_by_label("done", exact=True).check()
    page.get_by_label("What happened").fill("The point is open")
    press(page, "Send")
    expect(page.get_by_role("main")).to_contain_text("Thank you.")
    page = new_page(coordinator)
    page.goto("/en/plans/actions/?status=done")
    row = page.locator("tbody tr").filter(has_text="Open a point")
    expect(row.first).to_contain_text("done")
    row.get_by_role("link", name="Open a point").click()
    notes = page.get_by_role("main").locator(".notes").first
    expect(notes).to_contain_text(re.compile("after 3 months.*answered", re.DOTALL))
    expect(notes).to_contain_text(re.compile("after 6 months.*not answered", re.DOTALL))
    expect(page.get_by_role("main")).to_contain_text("The point is open")
    page = new_page(other)
    page.goto("/en/plans/help/")
    expect(page.get_by_role("main")).to_contain_text("Who has a guide?")


def test_from_group_sheet_to_the_check_in_after_a_year(
    new_page: NewPage,
    axe: Callable[[Page], None],
    held: Course,  # noqa: F811
    anna: Link,  # noqa: F811
    city: User,
    other_city: User,
    coordinator: User,
    clock: Clock,
    tmp_path: Path,
    now: datetime,
) -> None:
    plan = draft_together(new_page, anna, course_link("Łucja", now))  # noqa: F811
    sign_off(new_page, city, plan)
    three, six, twelve = plan.check_ins.order_by("months")
    proof = tmp_path / "photo.txt"
    proof.write_text("The room, seen from the street.")

    clock.set(three.due_on)
    assert send_all(coordinator, clock) == ["plans.check_in"] * 2
    address = Message.objects.filter(kind="plans.check_in")[0].to_email
    after_three(new_page, axe, address, proof)
    after_six(new_page, clock, coordinator, city, six)
    clock.set(twelve.due_on)
    assert send_all(coordinator, clock) == ["plans.check_in"] * 2
    after_a_year(new_page, coordinator, other_city, address)
    assert [one.answered_at is None for one in plan.check_ins.order_by("months")] == [
        False, True, False,
    ]  # fmt: skip


def test_from_map_to_plan(
    new_page: NewPage,
    axe: Callable[[Page], None],
    plan: Plan,  # noqa: F811
    krakow: Organisation,
    city: User,
    now: datetime,
) -> None:
    found = map_of(krakow, city, now)
    for name in ("Club of Neighbours", "School No. 5"):
        put(found, name, city, now)
    page = new_page(city)
    page.goto(f"/en/maps/{found.pk}/")
    page.get_by_label("Partners join this action of the plan").select_option(
        label="Write a guide"
    )
    press(page, "Add to the action: Club of Neighbours")
    said(page, "In the plan: Club of Neighbours. Partner of the action: Write a guide")
    axe(page)
    # The action stays chosen: the next actor needs one press, and a second does no harm.
    press(page, "Add to the action: School No. 5")
    said(page, "In the plan: School No. 5")
    press(page, "Add to the action: School No. 5")
    said(page, "In the plan already: School No. 5")
    row = page.locator("tbody tr").filter(has_text="Club of Neighbours").first
    expect(row).to_contain_text("Write a guide")
    page.goto(f"/en/plans/plan/{plan.code}/")
    line = page.get_by_role("region", name="Write a guide")
    expect(line).to_contain_text("Club of Neighbours; School No. 5")
