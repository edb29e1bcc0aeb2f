"""The base page around every page, the error pages, and what no template may hold."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client

import mosty
from mosty.ui.context import site
from mosty.ui.nav import Account, NavItem, here

pytestmark = pytest.mark.urls("tests.ui.urls")
TEMPLATES = sorted(Path(mosty.__file__).parent.rglob("templates/**/*.html"))


def nav(request):
    return [
        NavItem("<Today>", "/en/"),
        NavItem("Style", "/en/style/", here(request, "/en/style/")),
    ]


def long_nav(request):
    return [NavItem(f"Part {n}", f"/en/{n}/", current=n == 3) for n in range(7)]


def account(request):
    return Account("Anna", "Coordinator", (NavItem("Profile", "/me/"),))


def page(path, settings, **named):
    """Return the style guide as shown with these suppliers."""
    for name, function in named.items():
        setattr(settings, name, f"tests.ui.test_pages.{function}")
    return Client().get(path).content.decode()


def test_the_page_names_its_language_title_and_main_part(settings):
    html = page("/pl/style/", settings)
    assert re.findall('<html lang="([^"]*)"', html) == ["pl"]
    assert re.findall("<title>([^<]*)</title>", html) == ["Przewodnik po stylu · Mosty"]
    assert len(re.findall("<h1", html)) == 1
    assert re.findall('<main id="([^"]*)"', html) == ["main"]
    assert re.findall('class="skip" href="([^"]*)"', html) == ["#main"]


def test_the_menu_is_what_the_named_function_supplies(settings):
    html = page("/en/style/", settings, UI_NAV="nav")
    assert re.findall(
        r'<li><a href="(/en/[^"]*)"( aria-current="page")?>([^<]*)', html
    ) == [
        ("/en/", "", "&lt;Today&gt;"),
        ("/en/style/", ' aria-current="page"', "Style"),
    ]


def test_a_long_menu_can_be_folded_and_says_where_we_are(settings):
    html = page("/en/style/", settings, UI_NAV="long_nav")
    (fold,) = re.findall('(?s)<details class="menu menu-fold">(.*?)</details>', html)
    assert re.findall("<summary>(.*?)</summary>", fold) == [
        "Menu: <strong>Part 3</strong>"
    ]
    links = [f"/en/{n}/" for n in range(7)]
    assert re.findall('<li><a href="([^"]*)"', fold) == links
    assert "menu-fold" not in page("/en/style/", settings, UI_NAV="nav")


def test_there_is_no_menu_without_a_supplier(settings):
    settings.UI_NAV = ""
    assert page("/en/style/", settings).count("menu-bar") == 0


@pytest.mark.parametrize(
    ("path", "url", "current"),
    (
        ("/pl/", "/pl/", True),
        ("/pl/courses/", "/pl/", False),
        ("/pl/courses/2/", "/pl/courses/", True),
        ("/pl/courses-old/", "/pl/courses/", False),
    ),
)
def test_the_part_of_the_site_we_are_in(rf, path, url, current):
    assert here(rf.get(path), url) is current


@pytest.mark.parametrize(
    ("path", "expected"),
    (
        ("/pl/style/?city=x", [("en", "English", "/en/style/?city=x")]),
        ("/pl/no/such/page", [("en", "English", "/en/no/such/page")]),
        ("/health/", []),
    ),
)
def test_the_same_page_is_offered_in_the_other_language(rf, path, expected):
    from django.utils import translation

    with translation.override("pl"):
        found = site(rf.get(path))["site"].languages
    assert [(one.code, one.name, one.url) for one in found] == expected


def test_whoever_is_signed_in_is_named_with_role_and_can_sign_out(
    rf, settings, alice_like
):
    settings.UI_ACCOUNT = "tests.ui.test_pages.account"
    request = rf.get("/en/style/")
    request.user = alice_like
    found = site(request)["site"]
    assert found.account == Account(
        "Anna", "Coordinator", (NavItem("Profile", "/me/"),)
    )


def test_without_a_supplier_the_user_is_named_as_she_names_herself(
    rf, settings, alice_like
):
    settings.UI_ACCOUNT = ""
    request = rf.get("/en/style/")
    request.user = alice_like
    assert site(request)["site"].account == Account("alice")


@pytest.fixture
def alice_like():
    class User:
        is_authenticated = True

        def __str__(self):
            return "alice"

    return User()


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    (
        ("/en/none/", 404, "Page not found"),
        ("/pl/none/", 404, "Nie znaleziono strony"),
        ("/en/refused/", 403, "This is not allowed for your account"),
        ("/pl/refused/", 403, "To konto nie ma uprawnień do tej czynności"),
        ("/en/unreadable/", 400, "The request could not be read"),
        ("/pl/unreadable/", 400, "Nie udało się odczytać żądania"),
        ("/en/broken/", 500, "Something went wrong on our side"),
        ("/pl/broken/", 500, "Po naszej stronie wystąpił błąd"),
    ),
)
def test_an_error_is_explained_in_the_language_of_the_address(path, status, heading):
    response = Client(raise_request_exception=False).get(path)
    html = response.content.decode()
    assert (response.status_code, re.findall("<h1>([^<]*)</h1>", html)) == (
        status,
        [heading],
    )
    assert re.findall('<html lang="([^"]*)"', html) == [path[1:3]]


def test_a_form_without_its_token_is_explained():
    response = Client(enforce_csrf_checks=True).post("/pl/style/")
    html = response.content.decode()
    assert (response.status_code, re.findall("<h1>([^<]*)</h1>", html)) == (
        403,
        ["Formularz nie został przyjęty"],
    )


def test_the_page_for_a_broken_site_needs_no_context():
    html = get_template("500.html").render()
    assert re.findall("<h1>([^<]*)</h1>", html) == ["Something went wrong on our side"]


def test_confirming_shows_what_will_happen_and_a_way_back():
    context = {
        "heading": "Withdraw?",
        "what": "<It> is final.",
        "button": "Withdraw",
        "cancel_url": "/x/",
    }
    html = get_template("ui/confirm.html").template.render(Context(context))
    assert re.findall("<h1>([^<]*)</h1>", html) == ["Withdraw?"]
    assert re.findall("<p>([^<]*)</p>", html) == ["&lt;It&gt; is final."]
    assert re.findall('<a class="btn" href="([^"]*)">([^<]*)', html) == [
        ("/x/", "Cancel")
    ]


def test_messages_are_announced_by_weight():
    class Message:
        def __init__(self, level, level_tag, text):
            self.level, self.level_tag, self.text = level, level_tag, text

        def __str__(self):
            return self.text

    given = [
        Message(20, "info", "a"),
        Message(25, "success", "b"),
        Message(40, "error", "<c>"),
    ]
    html = Template('{% include "ui/messages.html" %}').render(
        Context({"messages": given})
    )
    assert re.findall(r'<div class="note (\w+)" role="(\w+)"><p>([^/]*)</p>', html) == [
        ("info", "status", "a"),
        ("success", "status", "b"),
        ("error", "alert", "&lt;c&gt;"),
    ]


# A block of JSON is data: browsers do not run it, whatever the policy.
@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_no_template_holds_inline_style_or_script(path):
    source = path.read_text(encoding="utf-8")
    assert (
        re.findall(
            r"""\sstyle=|<style|<script(?![^>]*\s(?:src=|type="application/(?:ld\+)?json"))|\son[a-z]+=["']|javascript:""",
            source,
        )
        == []
    )
