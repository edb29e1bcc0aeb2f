"""Groups by keyboard alone: made, changed after its cost was shown, printed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mosty.accounts.models import User
from mosty.audit.models import Entry
from mosty.programmes.models import Course
from mosty.selection.models import Offer
from mosty.training.models import GroupPlan
from tests.fixtures.browser import NewPage
from tests.training.groups.conftest import places

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def tab_to(page: Page, name: str, role: str = "link") -> None:
    """Press Tab until the control with this name has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]  # a role
    wanted.wait_for()
    for _n in range(80):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{name} cannot be reached")


@pytest.mark.parametrize("script", (True, False))
def test_groups_by_keyboard(
    new_page: NewPage,
    axe: Callable[[Page], None],
    trainer: User,
    led: Course,
    people: dict[str, Offer],
    *,
    script: bool,
) -> None:
    page = new_page(trainer, script=script)
    page.goto(f"/en/courses/{led.pk}/roster/")
    tab_to(page, "Groups")
    page.keyboard.press("Enter")
    tab_to(page, "Make groups")
    page.keyboard.press("Enter")

    tab_to(page, "Groups", "spinbutton")
    page.keyboard.press("Control+a")
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    # Enter in a field makes the groups, and adds no pair.
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nobody sits with the same person twice.")).to_be_visible()
    plan = GroupPlan.objects.get()
    assert (plan.groups, plan.rounds) == (4, 3)

    at = places(plan, 1)
    other = next(name for name in at if at[name] == at["Ewa"] and name != "Ewa")
    tab_to(page, "Change : Ala Nowak")
    page.keyboard.press("Enter")
    tab_to(page, "With whom, or where to", "combobox")
    page.keyboard.type(f"{other} Nowak")
    tab_to(page, "Show what it means", "button")
    page.keyboard.press("Enter")
    expect(
        page.get_by_text(f"Ala Nowak and {other} Nowak change places.")
    ).to_be_visible()
    if script:
        axe(page)
    assert places(plan, 1) == at
    tab_to(page, "Change it so", "button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The ledger keeps what it cost.")).to_be_visible()
    assert places(plan, 1) == {**at, "Ala": at[other], other: at["Ala"]}

    tab_to(page, "Name tents (PDF)")
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    assert coming.value.suggested_filename == "course-name-tents.pdf"
    assert Entry.objects.filter(verb="groups.exported").count() == 1


def test_groups_on_a_phone(
    new_page: NewPage, axe: Callable[[Page], None], trainer: User, plan: GroupPlan
) -> None:
    page = new_page(trainer, width=390, dark=True)
    for query in ("", "?view=table"):
        page.goto(f"/en/courses/{plan.course_id}/groups/{query}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
