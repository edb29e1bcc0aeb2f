"""Cities nominate, by a link and by a list; nominees answer; the secretariat checks."""

from playwright.sync_api import Page, expect

from mosty.accounts.models import User
from mosty.nominations.actions import answers
from mosty.nominations.models import Nomination
from mosty.outbox.models import Link
from tests.e2e.steps.calling import address_of
from tests.e2e.steps.walk import (
    SLUG,
    Walk,
    link_for,
    open_link,
    press,
    said,
    tab_to,
)

ANNA = "anna.kowal@krakow.example.org"
# As offices write it: a title, semicolons, Windows-1250, a column named in their way.
LIST = """Zgłoszenia do szkolenia;;;;;
;;;;;
Imię;Nazwisko;Miasto;Adres e-mail;Gdzie pracuje;Szczebel
Ewa;Nowak;Gdańsk;ewa.nowak@gdansk.example.org;Wydział Edukacji;średni
Ewa;Nowakowa;Gdańsk;ewa.nowakowa@gdansk.example.org;kultura;średni
Łucja;Żuraw;Łódź;lucja.zuraw@lodz.example.org;straż miejska;średni
Świętosław;Dźwig;Łódź;swietoslaw@lodz.example.org;współpraca z NGO;średni
"""


def nominate_by_link(walk: Walk) -> None:
    """Kraków's office nominates two people behind the link it was sent, in Polish."""
    page = walk.new_page(language="pl")
    walk.follow(page, link_for(address_of("Kraków"), "nominate"))
    city = page.url
    _new_nomination(page)
    _fill_by_keyboard(page)
    # The rule stands in words at the field, and nothing typed is lost.
    expect(page.locator(".field.wrong").first).to_contain_text("średni")
    # Mistakes are read first, though the link to the content was followed before.
    page.wait_for_load_state()
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.input_value("[name=email]") == ANNA
    assert page.input_value("[name=position]") == "Główna specjalistka"
    page.select_option("[name=level]", "middle")
    page.click("[name=act][value=submit]")
    expect(page.locator("ol.rules").first).to_contain_text("Anna Kowal")
    _draft_then_submit(page, city)
    # Both places are used: the page offers no third.
    expect(page.locator("a[href$='/new/']")).to_have_count(0)


def _new_nomination(page: Page) -> None:
    page.locator("a[href$='/new/']").click()
    expect(page.locator("[name=given_name]")).to_be_visible()
    # A link inside a page that is still loading takes the focus once more when it has.
    page.wait_for_load_state()


def _fill_by_keyboard(page: Page) -> None:
    """Fill in the form without a mouse, with a level that the call is not for."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the link that skips to the content
    page.wait_for_function("document.activeElement.id === 'main'")
    for name, text in (
        ("given_name", "Anna"),
        ("family_name", "Kowal"),
        ("email", ANNA),
    ):
        tab_to(page, f"[name={name}]")
        page.keyboard.type(text)
    tab_to(page, "[name=department]")
    page.keyboard.type("edu")
    tab_to(page, "[name=position]")
    page.keyboard.type("Główna specjalistka")
    tab_to(page, "[name=level]")
    page.keyboard.press("End")
    tab_to(page, "[name=act][value=submit]")
    page.keyboard.press("Enter")


def _draft_then_submit(page: Page, city: str) -> None:
    _new_nomination(page)
    page.fill("[name=given_name]", "Jan")
    page.fill("[name=family_name]", "Lis")
    page.click("[name=act][value=draft]")
    expect(page.locator("ol.rules").first).to_contain_text("Jan Lis")
    assert page.url == city
    page.locator("ol.rules").first.locator("li").nth(1).locator(
        "a[href$='/edit/']"
    ).click()
    page.fill("[name=email]", "jan.lis@krakow.example.org")
    page.fill("[name=position]", "Inspektor")
    page.select_option("[name=department]", "culture")
    page.select_option("[name=level]", "middle")
    page.click("[name=act][value=submit]")
    expect(page.locator("ol.rules").first.locator(".tag")).to_have_count(4)


def bring_in_list(walk: Walk, secretariat: User) -> None:
    """The secretariat brings in a list, says which column is which, and takes it over."""
    page = walk.sign_in(secretariat, f"calls/{SLUG}/imports/")
    page.set_input_files(
        "[name=file]",
        {
            "name": "zgłoszenia.csv",
            "mimeType": "text/csv",
            "buffer": LIST.replace("\n", "\r\n").encode("cp1250"),
        },
    )
    press(page, "Check the file")
    expect(page.get_by_text("Some columns are not known")).to_be_visible()
    page.select_option("[name=department]", label="Gdzie pracuje (Wydział Edukacji)")
    press(page, "Check again with these columns")
    people = page.locator("#people")
    expect(people).to_contain_text("Świętosław Dźwig")
    press(page, "Take over")
    said(page, "4 rows have been taken over.")


def confirm(walk: Walk) -> None:
    """Anna opens her link, reads what is said of her, confirms and says what she needs."""
    page = walk.new_page(language="pl", width=390)
    walk.follow(page, link_for(ANNA, "confirm"))
    expect(page.get_by_role("main")).to_contain_text("Dane służą tylko do wyboru")
    page.check("[name=answer][value=confirmed]")
    page.fill("[name=diet]", "wegetariańska")
    page.click("main form button[type=submit]")
    anna = Nomination.objects.get(email=ANNA)
    assert anna.answer == Nomination.Answer.CONFIRMED
    assert anna.needs.diet == "wegetariańska"


def let_others_confirm(walk: Walk) -> None:
    """The rest answer as Anna did; their links reach them, their clicks are the same."""
    for nomination in Nomination.objects.filter(answer=Nomination.Answer.PENDING):
        link_for(nomination.email, "confirm")
        answers.answer(
            nomination=nomination,
            confirm=True,
            diet="",
            access="",
            actor=Link.objects.get(purpose="confirm", subject=nomination.code),
            now=nomination.submitted_at,
        )


def check_all(walk: Walk, secretariat: User) -> None:
    """The secretariat checks all nominations at once, after seeing whose they are."""
    page = walk.sign_in(secretariat, f"calls/{SLUG}/nominations/")
    page.check("[name=all]")
    press(page, "Mark as checked…")
    expect(page.get_by_text("6 nominations are marked as checked")).to_be_visible()
    press(page, "Mark as checked")
    said(page, "checked")


def tell_apart(walk: Walk, secretariat: User) -> None:
    """She decides, with her reason, that two like names are two people."""
    page = walk.sign_in(secretariat, f"calls/{SLUG}/duplicates/")
    expect(page.get_by_role("heading", level=2)).to_have_text(
        "Ewa Nowak · Ewa Nowakowa"
    )
    open_link(page, "Decide")
    page.check("[name=decision][value=different]")
    page.fill("[name=reason]", "The city has confirmed it by telephone.")
    press(page, "Save the decision")
    said(page, "The decision is noted.")
