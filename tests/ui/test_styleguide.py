"""The style guide in a browser: every component in both languages, themes and widths."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e, pytest.mark.urls("tests.ui.urls")]


@pytest.mark.parametrize("dark", (False, True), ids=("light", "dark"))
@pytest.mark.parametrize("width", (1280, 390))
@pytest.mark.parametrize("language", ("en", "pl"))
def test_the_style_guide_is_accessible(new_page, axe, language, width, dark):
    page = new_page(language=language, width=width, dark=dark)
    page.goto(f"/{language}/style/")
    page.evaluate(
        "document.querySelectorAll('details').forEach(d => { d.open = true })"
    )

    axe(page)
    theme = page.evaluate("document.documentElement.dataset.bsTheme")
    assert theme == ("dark" if dark else "light")


@pytest.mark.parametrize(
    "path", ("style/", "none/", "refused/", "too-large/", "unreadable/", "broken/")
)
@pytest.mark.parametrize("width", (390, 320))
def test_nothing_is_wider_than_the_screen(new_page, axe, path, width):
    page = new_page(language="pl", width=width)
    page.goto(f"/pl/{path}")

    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("html").get_attribute("lang") == "pl"
    axe(page)


def test_controls_can_be_hit(new_page):
    page = new_page(width=390)
    page.goto("/en/style/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("a, button, summary, input, select, textarea")]
        .filter((e) => e.checkVisibility() && getComputedStyle(e).display !== "inline")
        .filter((e) => e.type !== "hidden" && !e.classList.contains("skip"))
        .filter((e) => { const b = e.getBoundingClientRect(); return b.width < 24 || b.height < 24 })
        .map((e) => e.outerHTML)"""
    )
    assert small == []


def test_a_table_is_a_stop_where_it_scrolls(new_page):
    page = new_page(width=1280)
    page.goto("/en/style/")
    box = page.locator(".table-scroll").first

    expect(box).to_have_attribute("tabindex", "-1")
    page.set_viewport_size({"width": 200, "height": 800})
    expect(box).to_have_attribute("tabindex", "0")


def test_the_reader_chooses_the_theme_and_it_stays(new_page):
    page = new_page()
    page.goto("/en/style/")
    page.get_by_label("Appearance").select_option("dark")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"

    page.get_by_label("Appearance").select_option("auto")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "light"


def test_without_script_the_page_is_whole(new_page):
    page = new_page(script=False)
    page.goto("/en/style/")
    assert page.get_by_label("Appearance").is_visible() is False
    page.locator("summary", has_text="Download").click()
    assert page.get_by_role("link", name="Spreadsheet (XLSX)").is_visible() is True


def test_mistakes_are_read_first_and_lead_to_their_fields(new_page):
    page = new_page()
    page.goto("/en/style/")
    assert page.evaluate("document.activeElement.id") == "error-summary"
    page.get_by_role("link", name="Part: This field is required.").click()
    assert page.evaluate("document.activeElement.id") == "id_wrong-part_0"


def test_the_pictures_load(new_page):
    page = new_page()
    page.goto("/en/style/")
    picture = page.locator("img.only-light")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('img.only-light').complete")
    assert picture.evaluate("image => image.naturalWidth > 300") is True
    assert page.locator("img.only-dark").is_visible() is False


def test_leaving_with_unsaved_edits_is_asked_about(new_page):
    page = new_page()
    page.goto("/en/style/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Needs").first.fill("lift")
    page.goto("/en/style/?city=lodz")
    assert asked == ["beforeunload"]


def test_a_second_click_sends_nothing(new_page):
    page = new_page()
    page.goto("/en/style/")
    stopped = page.evaluate(
        """() => {
          const form = document.createElement("form");
          form.method = "post";
          form.innerHTML = '<button type="submit" id="twice">x</button>';
          document.body.append(form);
          const stopped = [];
          window.addEventListener("submit", (event) => {
            stopped.push(event.defaultPrevented);
            event.preventDefault();
          });
          form.requestSubmit();
          form.requestSubmit();
          return stopped;
        }"""
    )
    assert stopped == [False, True]
    page.wait_for_function("document.getElementById('twice').disabled")


def test_paper_shows_the_content_alone(new_page):
    page = new_page(dark=True)
    page.goto("/en/style/")
    page.emulate_media(media="print")

    hidden = ("header.top", "footer", ".filters", ".btn")
    assert [page.locator(one).first.is_visible() for one in hidden] == [False] * 4
    assert (
        page.evaluate("getComputedStyle(document.querySelector('h1')).color")
        == "rgb(0, 0, 0)"
    )
