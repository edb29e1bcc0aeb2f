"""Every page, in both languages: accessible, quiet, and all from this site."""

import pytest

from tests.e2e import pages
from tests.e2e.pages import Page
from tests.e2e.visitor import How, Visitor
from tests.structure import addresses

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]
# Wide tables, pictures, long forms, and what people open on a phone.
SMALL_AND_DARK = {
    "public-programme",
    "nominations-call",
    "account_login",
    "nominations-link_city",
    "nominations-link_nominate",
    "nominations-link_confirm",
    "selection-link_offer",
    "office-today-coordinator",
    "office-today-city",
    "nominations-desk",
    "nominations-call_edit",
    "nominations-cities",
    "nominations-nominations",
    "nominations-nomination",
    "nominations-import-waiting",
    "selection-call",
    "selection-run-sign",
    "selection-calculation-waiting",
    "selection-calculation-failed",
    "selection-costs",
    "selection-decision",
    "selection-offers",
    "selection-repair",
    "directory-territory",
    "public-course-held",
    "training-materials",
    "training-material_add",
    "evaluation-answer",
    "evaluation-compare",
    "evaluation-course",
    "evaluation-edit",
    "evaluation-results",
    "evaluation-survey",
    "programmes-course_plan",
    "programmes-sessions",
    "public-changelog",
    "training-link_course",
    "training-timetable-moved",
    "training-attendance",
    "training-attendance_session",
    "training-attendance_sheet",
    "training-check_in",
    "training-screen",
    "training-groups",
    "training-groups-table",
    "training-groups_make",
    "training-groups_change",
    "training-groups_remix",
    "infopoint-record",
    "infopoint-records",
    "infopoint-periods",
    "infopoint-correct",
    "ui-styleguide",
}

# What is there for buttons to send to, for programs to read or for people to keep.
NO_PAGES = {
    "accounts:demo_sign_in",
    "badge_issuer",
    "badge_keys",
    "badge_status",
    "evaluation:invite",
    "evaluation:picture",
    "evaluation:qr",
    "evaluation:quotes",
    "evaluation:remind",
    "evaluation:results_csv",
    "evaluation:results_xlsx",
    "evaluation:xlsform",
    "health",
    "infopoint:close",
    "nominations:call_preview",
    "nominations:city_order",
    "nominations:import_drop",
    "nominations:import_take_over",
    "nominations:import_template",
    "nominations:link_city_order",
    "nominations:nomination_check",
    "nominations:nomination_comment",
    "nominations:nomination_remind",
    "nominations:nominations_bulk",
    "nominations:nominations_csv",
    "nominations:nominations_xlsx",
    "office:retry",
    "programmes:publish",
    "programmes:publish_course",
    "public:agenda",
    "public:calendar",
    "reports:numbers_pdf",
    "robots",
    "selection:cancel",
    "selection:draw",
    "selection:make_list",
    "selection:pass_on",
    "selection:picture",
    "selection:public_copy",
    "selection:published",
    "selection:record",
    "selection:sign",
    "service_worker",
    "training:attendance_csv",
    "training:attendance_xlsx",
    "training:cancel_issuing",
    "training:certificate_logo",
    "training:certificate_logos",
    "training:certificate_pdf",
    "training:certificates_zip",
    "training:group_list",
    "training:group_sheets",
    "training:groups_hold",
    "training:issue",
    "training:link_badge",
    "training:link_badge_png",
    "training:link_calendar",
    "training:link_certificate_pdf",
    "training:link_material_file",
    "training:link_materials_zip",
    "training:material_file",
    "training:material_version",
    "training:materials_zip",
    "training:name_tents",
    "training:roster_csv",
    "training:roster_xlsx",
    "training:sheet",
    "training:sheets",
    "training:specimen",
    "ui:example_chart",
}


def test_table_has_every_page_of_ours() -> None:
    there = {address.name for address in addresses() if address.is_ours}
    named = {page.name for page in pages.ALL}
    assert there - named == NO_PAGES


@pytest.mark.parametrize("language", ("pl", "en"))
@pytest.mark.parametrize("page", pages.ALL, ids=lambda page: page.key)
def test_page(page: Page, language: str, visitor: Visitor) -> None:
    tab = visitor.open(page, How(language))

    assert visitor.violations(tab) == []
    assert tab.locator("html").get_attribute("lang") == language
    assert tab.locator("h1").count() == 1
    assert visitor.faults == []


@pytest.mark.parametrize(
    "page",
    [page for page in pages.ALL if page.key in SMALL_AND_DARK],
    ids=lambda page: page.key,
)
def test_page_on_a_phone_in_the_dark(page: Page, visitor: Visitor) -> None:
    tab = visitor.open(page, How("pl", 390, 844, dark=True))

    assert visitor.violations(tab) == []
    # Tables scroll inside their own box; the page itself never does sideways.
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert visitor.faults == []
